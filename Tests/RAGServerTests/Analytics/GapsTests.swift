import Answering
import Commands
import FoundationEssentials
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct GapsTests {
  private static let key = "admin-key-of-the-tests"
  private static let admin = ["Authorization: Bearer \(key)"]
  private let configure = setting(\.settings, Settings(environment: ["ADMIN_API_KEY": key]))

  private func note(
    _ question: String, answered: Bool, confidence: Double, message: String, in records: any RecordStore
  ) async throws {
    try await records.add(
      Record(
        id: "question-\(message)", kind: Record.Kind.question, createdAt: Date(), subject: message,
        content: [
          "question": .string(question), "answered": .bool(answered), "confidence": .number(confidence),
        ]))
  }

  @Test func `refused, unsure and disliked questions are reported to the administrator`() async throws {
    try await withRAGServer(configure: configure) { server in
      let records = server.application.state.records
      try await note("How heavy is the arm?", answered: false, confidence: 0.1, message: "m1", in: records)
      try await note("How heavy is the arm", answered: true, confidence: 0.4, message: "m2", in: records)
      try await note("Who painted the leg blue?", answered: true, confidence: 0.9, message: "m3", in: records)
      try await note("What is an eye?", answered: true, confidence: 0.9, message: "m4", in: records)
      try await records.add(
        Record(
          id: "feedback-m3", kind: Record.Kind.feedback, createdAt: Date(), subject: "m3",
          content: ["message": "m3", "rating": -1]))
      try await records.add(
        Record(
          id: "feedback-m4", kind: Record.Kind.feedback, createdAt: Date(), subject: "m4",
          content: ["message": "m4", "rating": 1]))

      let report = try await server.send("GET", "/api/analytics/gaps", headers: Self.admin).json(
        GapReport.self)
      #expect(report.questions == 3)
      #expect(report.groups.map(\.count) == [2, 1])
      #expect(report.groups.first?.reasons == ["refused": 1, "low_confidence": 1])
      #expect(report.groups.last?.question == "Who painted the leg blue?")
      let text = GapsCommand.text(of: report)
      #expect(text.hasPrefix("2x  ") && text.contains("(1 refused, 1 unsure)"))
      let later = try await server.send(
        "GET", "/api/analytics/gaps?since=4000000000", headers: Self.admin
      ).json(GapReport.self)
      #expect(later.groups.isEmpty)
    }
  }

  @Test func `nobody else reads them`() async throws {
    try await withRAGServer(configure: configure) { server in
      let reply = try await server.send("GET", "/api/analytics/gaps")
      #expect(reply.status == 401)
    }
  }
}
