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
      try await note("How heavy is the arm", answered: true, confidence: 0.35, message: "m2", in: records)
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
      #expect(report.leftOut == 0 && report.groups.first?.lastAsked?.hasSuffix("Z") == true)
      let recent = try await server.send(
        "GET", "/api/analytics/gaps?days=1&limit=1", headers: Self.admin
      ).json(GapReport.self)
      #expect(recent.questions == 3 && recent.groups.count == 1)
      let later = try await server.send(
        "GET", "/api/analytics/gaps?since=4000000000", headers: Self.admin
      ).json(GapReport.self)
      #expect(later.groups.isEmpty)
    }
  }

  @Test func `a question that was refused and disliked is one question`() async throws {
    try await withRAGServer(configure: configure) { server in
      let records = server.application.state.records
      try await note("How heavy is the arm?", answered: false, confidence: 0.1, message: "m1", in: records)
      try await records.add(
        Record(
          id: "feedback-m1", kind: Record.Kind.feedback, createdAt: Date(), subject: "m1",
          content: ["message": "m1", "rating": -1]))
      let report = try await server.send("GET", "/api/analytics/gaps", headers: Self.admin).json(
        GapReport.self)
      #expect(report.questions == 1 && report.groups.first?.count == 1)
      #expect(report.groups.first?.reasons == ["refused": 1, "disliked": 1])
    }
  }

  @Test func `what people wrote is shown without what could take hold of a terminal`() {
    var report = GapReport.example
    report.groups[0].question = "How \u{1B}[2J\nheavy\u{202E}?"
    let text = GapsCommand.text(of: report)
    #expect(
      text
        == "1x  How \u{FFFD}[2J heavy\u{FFFD}?  (1 refused)\n7 questions of rarer wording were not grouped.\n"
    )
  }

  @Test func `nobody else reads them`() async throws {
    try await withRAGServer(configure: configure) { server in
      let reply = try await server.send("GET", "/api/analytics/gaps")
      #expect(reply.status == 401)
    }
  }
}

extension GapReport {
  fileprivate static var example: GapReport {
    GapReport(
      questions: 8, leftOut: 7,
      groups: [Group(question: "How heavy?", count: 1, reasons: ["refused": 1], examples: [])])
  }
}
