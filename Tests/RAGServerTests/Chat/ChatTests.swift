import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatTests {
  private let question = "How far does the knee joint bend the leg?"

  @Test(arguments: CorpusKind.testable)
  func `an answer cites the exact sentence it is made of`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind) { server in
      let response = try await server.post("/api/chat", #"{"message": "\#(question)", "user_id": "ann"}"#)
      #expect(response.status == 200)
      let reply = try response.json(ChatReply.self)
      #expect(reply.answered && reply.confidence > 0.35 && reply.milliseconds > 0)
      #expect(reply.answer.contains("The knee joint bends the leg by 120 degrees. [1]"))
      #expect(reply.response == reply.answer && reply.toolCalls.isEmpty)
      let citation = try #require(reply.citations.first)
      #expect(citation.quote == "The knee joint bends the leg by 120 degrees.")
      #expect(citation.document.hasSuffix("leg.md"))
      #expect(reply.conversationID.hasPrefix("thread-"), "each user has one thread")
      let members = [
        "answer", "response", "conversation_id", "citations", "tool_calls", "answered", "confidence",
        "milliseconds",
      ]
      for member in members { #expect(response.text.contains(#""\#(member)":"#)) }
    }
  }

  @Test(arguments: [
    ("/api/chat", #""message": "Q""#), ("/api/chat/chat", #""message": "Q", "session_id": "S""#),
    ("/chat", #""prompt": "Q""#),
    ("/v1/chat/completions", #""model": "footnote", "messages": [{"role": "user", "content": "Q"}]"#),
    ("/v1/responses", #""model": "footnote", "input": "Q""#),
  ])
  func `only documents that the filter lets through answer, whichever way one asks`(
    path: String, members: String
  )
    async throws
  {
    try await withRAGServer { server in
      let session = try await server.post("/api/chat/sessions", "{}").json(JSONValue.self)["session_id"]?
        .string
      let filters = [
        (#"{"collections": ["default"]}"#, true), (#"{"collections": ["other"]}"#, false),
        (#"{"tags": ["none"]}"#, false), (#"{"source_prefix": "\#(server.directory)/docs/l"}"#, true),
        ("null", true),
      ]
      let body = members.replacing("Q", with: question).replacing("\"S\"", with: "\"\(session ?? "")\"")
      for (filter, answered) in filters {
        let reply = try await server.post(path, #"{\#(body), "filter": \#(filter)}"#)
        #expect(try reply.json(JSONValue.self)["answered"] == .bool(answered), "\(filter) \(reply.text)")
      }
      let refused = try await server.post(path, #"{\#(body), "filter": {"collection": "a"}}"#)
      #expect(refused.status == 400 && refused.text.contains("filter.collection: not known here"))
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a question that no document answers is not answered`(kind: CorpusKind) async throws {
    try await withRAGServer([:], on: kind) { server in
      let reply = try await server.post("/api/chat", #"{"message": "Who won?"}"#).json(ChatReply.self)
      #expect(!reply.answered && reply.citations.isEmpty && reply.confidence == 0)
      #expect(reply.answer == "The documents do not answer this question.")
    }
  }

  @Test
  func `a conversation keeps its name unless a stranger could come upon it, and each new one gets its own`()
    async throws
  {
    try await withRAGServer { server in
      func conversation(_ extra: String) async throws -> String {
        try await server.post("/api/chat", #"{"message": "knee"\#(extra)}"#)
          .json(ChatReply.self).conversationID
      }
      #expect(try await conversation(#", "user_id": "ann", "conversation_id": "c-7 ü""#) == "c-7 ü")
      let own = UUID().uuidString
      #expect(try await conversation(#", "conversation_id": "\#(own)""#) == own)
      let new = [
        try await conversation(""), try await conversation(#", "conversation_id": null"#),
        try await conversation(#", "conversation_id": """#),
        try await conversation(#", "conversation_id": "1""#),
        try await conversation(#", "user_id": "anonymous""#),
      ]
      #expect(Set(new).count == 5 && new.allSatisfy { UUID(uuidString: $0) != nil })
    }
  }

  @Test(arguments: [
    ("nonsense", 400, "not valid JSON"), ("{}", 400, "message: required"),
    (#"{"message": ""}"#, 400, "message: empty"),
    (#"{"message": "   "}"#, 400, "message: empty"),
    (#"{"message": ["a"]}"#, 400, "message: expected a string, found a list"),
    (#"{"message": "a", "user_id": 7}"#, 400, "user_id: expected a string, found a number"),
    (
      #"{"message": "a", "user_id": "\#(String(repeating: "a", count: 201))"}"#, 400,
      "user_id: longer than 200 characters"
    ),
    (#"{"message": "a", "user_id": "an\u0000n"}"#, 400, "user_id: has the character U+0000"),
    (
      #"{"message": "a", "user_id": "ann", "conversation_id": "a\u0000b"}"#, 400,
      "conversation_id: has the character U+0000"
    ),
    (#"{"message": "a", "conversation_id": {}}"#, 400, "conversation_id: expected a string"),
    (#"{"message": "\#(String(repeating: "a ", count: 9_000))"}"#, 400, "message: longer than 16000"),
    (#"{"message": "\#(String(repeating: "a", count: 1 << 20))"}"#, 413, "larger than 1048576 bytes"),
  ])
  func `a message that cannot be used is refused by the name of its field`(
    body: String, status: Int, message: String
  ) async throws {
    try await withRAGServer { server in
      let response = try await server.post("/api/chat", body)
      #expect(response.status == status)
      #expect(try response.failure().message.contains(message))
    }
  }

  @Test func `fifty people are answered at the same time, each their own question`() async throws {
    let documents = Dictionary(
      uniqueKeysWithValues: (0..<50).map { number in
        ("\(number).md", "# Robot \(number)\n\nThe robot number\(number) weighs \(number + 100) kilograms.")
      })
    try await withRAGServer(documents) { server in
      try await withThrowingTaskGroup(of: (Int, RawResponse).self) { group in
        for number in 0..<50 {
          group.addTask {
            let question = "How many kilograms weighs the robot number\(number)?"
            return (number, try await server.post("/api/chat", #"{"message": "\#(question)"}"#))
          }
        }
        var conversations: Set<String> = []
        for try await (number, response) in group {
          let reply = try response.json(ChatReply.self)
          conversations.insert(reply.conversationID)
          #expect(response.status == 200 && reply.answered)
          #expect(
            reply.answer.contains("number\(number) weighs \(number + 100) kilograms."), "\(reply.answer)")
        }
        #expect(conversations.count == 50)
      }
    }
  }
}
