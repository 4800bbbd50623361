import Commands
import FoundationEssentials
import TestSupport
import Testing

// Models has a type ChatReply too.
import enum Models.JSONValue
import struct Models.Usage

@testable import RAGServer

@Suite struct ConversationTests {
  private let administrator = ["ADMIN_API_KEY": "letmein"]

  private func fake() throws -> FakeOpenAI {
    try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends by 120 degrees [1]."])
    }
  }

  private func chat(
    _ server: RAGServerFixture, _ message: String, _ extra: String = ""
  ) async throws -> ChatReply {
    let response = try await server.post("/api/chat", #"{"message": "\#(message)"\#(extra)}"#)
    #expect(response.status == 200, "\(response.text)")
    return try response.json(ChatReply.self)
  }

  /// What the chat model was sent last.
  private func prompt(_ fake: FakeOpenAI) -> [String] {
    let messages = fake.provider.bodies("/v1/chat/completions").last?["messages"]?.elements ?? []
    return messages.compactMap { $0["content"]?.string }
  }

  @Test func `a user's thread is remembered, over a restart too, and reaches the model`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let first = try await chat(server, "What is the knee joint?", #", "user_id": "ann""#)
      await server.application.stop(within: .zero)
      try await server.again(configure: asking(fake)) { server in
        let second = try await chat(server, "And how far does the knee bend?", #", "user_id": "ann""#)
        #expect(second.conversationID == first.conversationID)
        #expect(second.answer == "It bends by 120 degrees [1]." && second.model == "gpt-5.4-mini")
        #expect(
          second.usage == Usage(promptTokens: 9, completionTokens: 3, cachedTokens: 4) && !second.degraded)
        let prompt = prompt(fake)
        #expect(prompt.count == 4 && prompt[1] == "What is the knee joint?")
        #expect(prompt[2] == "It bends by 120 degrees.", "without the mark, which means another source now")
        let other = try await chat(server, "And the knee?", #", "user_id": "bob""#)
        #expect(other.conversationID != first.conversationID && self.prompt(fake).count == 2)
      }
    }
    #expect(fake.provider.violations == [])
  }

  @Test func `a conversation goes on under its id, and strangers without one never meet`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let first = try await chat(server, "What is the knee joint?")
      _ = try await chat(server, "And the elbow joint?")
      #expect(prompt(fake).count == 2, "another stranger's words are not shown")
      let second = try await chat(server, "So it bends?", #", "conversation_id": "\#(first.conversationID)""#)
      #expect(second.conversationID == first.conversationID && prompt(fake).count == 4)
    }
  }

  @Test func `a conversation of somebody else is not found`() async throws {
    try await withRAGServer { server in
      let own = try await chat(server, "knee", #", "user_id": "ann""#).conversationID
      for extra in ["", #", "user_id": "bob""#] {
        let response = try await server.post(
          "/api/chat", #"{"message": "knee", "conversation_id": "\#(own)"\#(extra)}"#)
        #expect(response.status == 404)
        #expect(try response.failure().code == "conversation_not_found")
      }
      #expect(try await server.send("GET", "/api/conversations/\(own)").status == 404)
      #expect(try await server.send("DELETE", "/api/conversations/\(own)?user_id=bob").status == 404)
      #expect(try await server.send("GET", "/api/conversations/\(own)?user_id=ann").status == 200)
      #expect(try await server.send("GET", "/api/conversations/nothing").status == 404)
    }
  }

  @Test func `a conversation can be read and removed`() async throws {
    try await withRAGServer { server in
      let reply = try await chat(server, "How far does the knee joint bend the leg?")
      let path = "/api/conversations/\(reply.conversationID)"
      let read = try await server.send("GET", path).json(JSONValue.self)
      let messages = try #require(read["messages"]?.array)
      #expect(messages.map { $0["role"] } == ["user", "assistant"])
      #expect(messages[1]["content"]?.string == reply.answer && messages[1]["id"]?.string == reply.messageID)
      #expect(messages[1]["citations"]?.array?.first?["quote"]?.string == reply.citations.first?.quote)
      #expect(read["title"] == "How far does the knee joint bend the leg?" && read["message_count"] == 2)
      #expect(try await server.send("GET", "/api/conversations").json(JSONValue.self)["conversations"] == [])
      #expect(try await server.send("DELETE", path).status == 200)
      #expect(try await server.send("GET", path).status == 404)
      let again = try await chat(server, "knee", #", "conversation_id": "\#(reply.conversationID)""#)
      #expect(again.conversationID == reply.conversationID)
    }
  }

  @Test func `the export gives each user's exchanges, to administrators only`() async throws {
    let settings = Settings(environment: administrator)
    try await withRAGServer(configure: setting(\.settings, settings)) { server in
      #expect(try await server.send("GET", "/api/conversations/export").status == 401)
      let key = ["X-API-Key: letmein"]
      #expect(
        try await server.send("GET", "/api/conversations/export", headers: key).json(JSONValue.self) == [:])
      let first = try await chat(server, "knee \\\"one\\\"", #", "user_id": "ann""#)
      _ = try await chat(server, "elbow", #", "user_id": "ann""#)
      _ = try await chat(server, "camera")
      let export = try await server.send("GET", "/api/conversations/export", headers: key).json(
        JSONValue.self)
      guard case .object(let users) = export else { return #expect(Bool(false), "\(export)") }
      #expect(users.keys.sorted() == ["ann", "anonymous"])
      let entries = try #require(users["ann"]?.array)
      #expect(entries.map { $0["user"] } == ["knee \"one\"", "elbow"])
      #expect(entries[0]["bot"]?.string == first.answer)
      #expect(entries[0]["timestamp"]?.string?.hasSuffix("Z") == true)
    }
  }

  @Test func `a session is begun first, and an unknown one is told`() async throws {
    try await withRAGServer { server in
      let session = try await server.post("/api/chat/sessions", "{}").json(JSONValue.self)
      let id = try #require(session["session_id"]?.string)
      #expect(session["created_at"]?.string?.hasSuffix("Z") == true)
      let response = try await server.post(
        "/api/chat/chat", #"{"session_id": "\#(id)", "message": "How far does the knee joint bend the leg?"}"#
      )
      let reply = try response.json(ChatReply.self)
      #expect(reply.sessionID == id && reply.answered && reply.response == reply.answer)
      _ = try await server.post("/api/chat/chat", #"{"session_id": "\#(id)", "message": "And the elbow?"}"#)
      let stored = try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)
      #expect(stored["title"] == "How far does the knee joint bend the leg?", "its first message, once")
      let unknown = try await server.post("/api/chat/chat", #"{"session_id": "nope", "message": "knee"}"#)
      #expect(unknown.status == 404)
      #expect(try unknown.failure().code == "session_not_found")
      #expect(try await server.post("/api/chat/chat", #"{"message": "knee"}"#).status == 400)
    }
  }

  @Test func `a hundred and twenty messages are fitted to a small window`() async throws {
    // An unknown model of a server at Ollama's size: the window is 8,192 tokens.
    let fake = try fake()
    try await withRAGServer(configure: asking(fake, ["OPENAI_MODEL": "gpt-4o"])) { server in
      let long = String(repeating: "Tell me more about the knee joint of the robot. ", count: 160)
      let id = UUID().uuidString
      var last: ChatReply?
      for _ in 0..<3 {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for _ in 0..<20 {
            group.addTask { _ = try await chat(server, long, #", "conversation_id": "\#(id)""#) }
          }
          try await group.waitForAll()
        }
      }
      last = try await chat(server, "How far does the knee bend?", #", "conversation_id": "\#(id)""#)
      #expect(last?.answered == true && last?.degraded == false)
      let sent = prompt(fake)
      let characters = sent.map(\.count).reduce(0, +)
      #expect(characters < 100_000 && sent.count > 8, "\(sent.count) messages, \(characters) characters")
      #expect(sent[1].hasPrefix("Earlier in this conversation I asked:"))
    }
  }

  @Test func `messages that come at once in one conversation are each followed by their own answer`()
    async throws
  {
    try await withRAGServer { server in
      let id = UUID().uuidString
      try await withThrowingTaskGroup(of: (String, String).self) { group in
        for number in 0..<50 {
          group.addTask {
            let message = "knee question \(number)"
            return (message, try await chat(server, message, #", "conversation_id": "\#(id)""#).messageID)
          }
        }
        var answers: [String: String] = [:]
        for try await (message, answer) in group { answers[message] = answer }
        let read = try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)
        let messages = try #require(read["messages"]?.array)
        #expect(messages.count == 100 && answers.count == 50)
        for index in stride(from: 0, to: messages.count, by: 2) {
          let question = try #require(messages[index]["content"]?.string)
          #expect(messages[index]["role"] == "user" && messages[index + 1]["id"]?.string == answers[question])
        }
      }
    }
  }

  @Test func `a rating is kept with its answer, the last one counts`() async throws {
    try await withRAGServer { server in
      let reply = try await chat(server, "knee")
      func rate(_ body: String) async throws -> Int { try await server.post("/api/feedback", body).status }
      #expect(try await rate(#"{"message_id": "\#(reply.messageID)", "rating": "up"}"#) == 200)
      #expect(
        try await rate(#"{"message_id": "\#(reply.messageID)", "rating": -1, "comment": "No."}"#) == 200)
      #expect(try await rate(#"{"message_id": "\#(reply.messageID)", "rating": 3}"#) == 400)
      #expect(try await rate(#"{"message_id": "nothing", "rating": 1}"#) == 404)
      let record = try #require(
        try await server.application.state.records.record("feedback-\(reply.messageID)"))
      #expect(record.content == ["message": .string(reply.messageID), "rating": -1, "comment": "No."])
    }
  }

  @Test func `questions and costs are recorded`() async throws {
    let fake = try fake()
    try await withRAGServer(configure: asking(fake)) { server in
      let reply = try await chat(server, "How far does the knee joint bend the leg?")
      let records = server.application.state.records
      let question = try #require(try await records.record("question-\(reply.messageID)"))
      #expect(question.content["answered"] == true && question.content["degraded"] == false)
      #expect(question.content["question"] == "How far does the knee joint bend the leg?")
      let usage = try #require(try await records.record("usage-\(reply.messageID)"))
      #expect(usage.content["model"] == "gpt-5.4-mini" && usage.content["prompt_tokens"] == 9)
      guard case .number(let cost)? = usage.content["cost"] else { return #expect(Bool(false), "no cost") }
      #expect(abs(cost - (5 * 0.75 + 4 * 0.075 + 3 * 4.5) / 1e6) < 1e-12)
    }
  }
}
