import Commands
import FoundationEssentials
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct RecordRemovalTests {
  private let day = 86_400.0

  private func add(_ id: String, _ kind: String, age: Double, to server: RAGServerFixture) async throws {
    try await server.application.state.records.add(
      Record(
        id: id, kind: kind, createdAt: Date(timeIntervalSinceNow: -age * day),
        content: ["question": "How heavy is the arm?"]))
  }

  private func exists(_ id: String, on server: RAGServerFixture) async throws -> Bool {
    try await server.application.state.records.record(id) != nil
  }

  @Test(arguments: [
    ([:], 90), (["RECORD_RETENTION": "7d"], 7), (["RECORD_RETENTION": "30"], 30),
    (["RECORD_RETENTION": "off"], nil), (["RECORD_RETENTION": "0"], nil), (["RECORD_RETENTION": "NONE"], nil),
  ])
  func `records are kept for days, or for ever`(environment: [String: String], days: Double?) throws {
    let retention = try RetentionSetting.read(Settings(environment: environment))
    #expect(retention.age == days.map { $0 * day } && retention.reportBytes == 64 << 20)
  }

  @Test(arguments: ["90s", "1h", "-1", "1.5d", "d", "90 days", "36501"])
  func `anything else is refused by name`(value: String) {
    let error = #expect(throws: UsageError.self) {
      try RetentionSetting.read(Settings(environment: ["RECORD_RETENTION": value]))
    }
    #expect(error?.message.contains("RECORD_RETENTION needs a number of days such as 90d, or 'off'") == true)
  }

  @Test func `a server removes old records when it starts, and says how many`() async throws {
    try await withRAGServer { server in
      await server.application.removal.stop()
      try await add("old", Record.Kind.question, age: 91, to: server)
      try await add("new", Record.Kind.question, age: 89, to: server)
      try await add("said", Record.Kind.feedback, age: 91, to: server)
      await server.application.stop(within: .zero)
      try await server.again { server in
        let start = ContinuousClock.now
        while !server.messages.text.contains("Removed 1 old record."), .now - start < .seconds(20) {
          try await Task.sleep(for: .milliseconds(10))
        }
        #expect(server.messages.text.contains("Removed 1 old record."))
        #expect(try await !exists("old", on: server))
        #expect(try await exists("new", on: server))
        #expect(try await exists("said", on: server))
      }
    }
  }

  @Test func `the setting is read anew, and one that cannot be read removes nothing`() async throws {
    try await withTemporaryDirectory { directory in
      let file = directory + "/.env"
      try write("RECORD_RETENTION=off\nRATE_LIMIT=off\n", to: file)
      try await withRAGServer(configure: setting(\.settings, Settings(environment: [:], file: file))) {
        server in
        await server.application.removal.stop()
        try await add("old", Record.Kind.usage, age: 400, to: server)
        await server.application.removal.run()
        #expect(try await exists("old", on: server))
        try write("RECORD_RETENTION=never-ever\nRATE_LIMIT=off\n", to: file)
        for _ in 0..<2 { await server.application.removal.run() }
        #expect(try await exists("old", on: server))
        try write("RECORD_RETENTION=365d\nRATE_LIMIT=off\n", to: file)
        await server.application.removal.run()
        #expect(try await !exists("old", on: server))
        await server.application.stop(within: .zero)
        let complaints = server.messages.text.split(separator: "\n").count {
          $0.contains("Old records cannot be removed: RECORD_RETENTION in ")
        }
        #expect(complaints == 1, "what lasts is said once")
      }
    }
  }

  @Test func `what pages report is counted`() async throws {
    try await withRAGServer { server in
      await server.application.removal.stop()
      _ = try await server.post("/api/errors", #"{"message": "x"}"#)
      _ = try await server.post("/api/analytics/message", #"{"n": 12}"#)
      #expect(server.application.reports.count == 16 + 9 + 2 * RecordRetention.overhead)
      await server.application.removal.run()
      #expect(server.application.reports.count == 0)
    }
  }

  @Test func `a conversation that is removed leaves no question behind`() async throws {
    try await withRAGServer { server in
      let records = server.application.state.records
      for (user, question) in [("ann", "How far does the knee bend?"), ("bob", "What is an eye?")] {
        let reply = try await server.post(
          "/api/chat", #"{"message": "\#(question)", "user_id": "\#(user)"}"#
        ).json(ChatReply.self)
        _ = try await server.post(
          "/api/feedback", #"{"message_id": "\#(reply.messageID)", "rating": "down", "comment": "no"}"#)
        if user == "ann" {
          let path = "/api/conversations/\(reply.conversationID)?user_id=ann"
          #expect(try await records.count(RecordQuery(kind: Record.Kind.feedback)) == 1)
          #expect(try await server.send("DELETE", path).status == 200)
        }
      }
      let asked = try await records.records(RecordQuery(kind: Record.Kind.question))
      #expect(asked.map { $0.content["question"] } == ["What is an eye?"])
      #expect(try await records.count(RecordQuery(kind: Record.Kind.feedback)) == 1)
    }
  }
}
