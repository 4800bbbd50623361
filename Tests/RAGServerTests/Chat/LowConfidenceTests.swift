import FoundationEssentials
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

/// Answers that the documents may not hold.
@Suite struct LowConfidenceTests {
  private let question = "How far does the knee joint bend the leg?"
  /// Cites a source that says nothing of it.
  private static let unsure = ["Penguins live in the cold seas of the south [1]."]
  private static let sure = ["The knee joint bends the leg by 120 degrees [1]."]

  private func withServer(
    _ answer: [String], _ body: (RAGServerFixture) async throws -> Void
  ) async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(answer)
    }
    try await withRAGServer(configure: asking(fake, ["ADMIN_API_KEY": "secret"]), body)
  }

  @Test(arguments: [(unsure, true), (sure, false)])
  func `every reply says whether its confidence is low, and so does the stored one`(
    answer: [String], isLow: Bool
  ) async throws {
    try await withServer(answer) { server in
      let reply = try await server.post("/api/chat", #"{"message": "\#(question)"}"#).json(JSONValue.self)
      let confidence = try #require(reply["confidence"]?.double)
      #expect(reply["answered"] == true && (confidence < 0.4) == isLow, "\(confidence)")
      #expect(reply["low_confidence"] == .bool(isLow) && reply["answer"] == .string(answer[0]))
      let id = try #require(reply["conversation_id"]?.string)
      let stored = try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)
      #expect(stored["messages"]?.array?.map { $0["low_confidence"] } == [nil, .bool(isLow)])

      let events = try await server.post("/api/chat", #"{"message": "\#(question)", "stream": true}"#).events
      #expect(events.last?.json["low_confidence"] == .bool(isLow))

      let body = #""model": "footnote", "messages": [{"role": "user", "content": "\#(question)"}]"#
      let completion = try await server.post("/v1/chat/completions", "{\(body)}").json(JSONValue.self)
      #expect(completion["low_confidence"] == .bool(isLow))
      #expect(
        completion["choices"]?.array?.first?["message"]?["content"] == .string(answer[0]), "no prose is added"
      )
      let response = try await server.post(
        "/v1/responses", #"{"model": "footnote", "input": "\#(question)"}"#
      ).json(JSONValue.self)
      #expect(response["low_confidence"] == .bool(isLow))
      #expect(response["output"]?.array?.first?["content"]?.array?.first?["text"] == .string(answer[0]))

      let (_, items) = try await ChatKitClient(server).begin(question)
      let notices = items.filter { $0["type"] == "notice" }.map { $0["message"] }
      #expect(notices.contains("The documents may not answer this.") == isLow)

      let call = """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"\(question)"}}}
        """
      let asked = try await server.post("/mcp", call).json(JSONValue.self)["result"]
      #expect(asked?["structuredContent"]?["low_confidence"] == .bool(isLow))

      let gaps = try await server.send("GET", "/api/analytics/gaps", headers: ["X-API-Key: secret"])
        .json(JSONValue.self)
      #expect(gaps["groups"]?.array?.first?["reasons"]?["low_confidence"] == (isLow ? 6 : nil), "\(gaps)")
    }
  }

  @Test(
    arguments: [
      (["answered": true, "confidence": 0.2, "citations": [["number": 1]]], true),
      (["answered": true, "confidence": 0, "citations": [["number": 1]], "low_confidence": false], false),
      (["answered": true, "confidence": 0.5, "citations": [["number": 1]]], false),
      (["answered": false, "confidence": 0.1, "citations": []], false),
      (["answered": true, "confidence": 0, "citations": [["number": 1]], "stopped": true], false),
      // What a tool did.
      (["answered": true, "confidence": 0.25, "citations": []], false), (.null, false),
    ] as [(JSONValue, Bool)])
  func `answers that were stored before they said so say it too`(detail: JSONValue, isLow: Bool) async throws
  {
    try await withRAGServer { server in
      let conversations = server.application.state.conversations
      _ = try await conversations.open(
        Conversation(id: "c-1", owner: .named("ann"), title: nil, createdAt: Date()))
      let message = StoredMessage(id: "m-1", role: .assistant, text: "So.", createdAt: Date(), detail: detail)
      try await conversations.append([message], to: "c-1")
      let read = try await server.send("GET", "/api/conversations/c-1?user_id=ann").json(JSONValue.self)
      #expect(read["messages"]?.array?.first?["low_confidence"] == .bool(isLow), "\(read)")
    }
  }

  @Test func `a refusal and what a tool did are not of low confidence`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.framesByRound = [
        [
          FakeOpenAI.chunk([
            "tool_calls": [
              [
                "index": 0, "id": "c0", "type": "function",
                "function": ["name": "add_task", "arguments": #"{"title":"Oil the knee"}"#],
              ]
            ]
          ]), FakeOpenAI.chunk([:], finish: "tool_calls"), "[DONE]",
        ], FakeOpenAI.frames(["I have added it."]),
      ]
    }
    try await withRAGServer(configure: asking(fake, ["ADMIN_API_KEY": "secret"])) { server in
      let body = #"{"message": "Add a task to oil the knee", "user_id": "ann"}"#
      let reply = try await server.post("/api/chat", body).json(JSONValue.self)
      #expect(reply["answered"] == true && reply["low_confidence"] == false)
      let gaps = try await server.send("GET", "/api/analytics/gaps", headers: ["X-API-Key: secret"])
        .json(JSONValue.self)
      #expect(gaps["questions"] == 0, "\(gaps)")
    }
    try await withRAGServer { server in
      let reply = try await server.post("/api/chat", #"{"message": "Who won the 2014 world cup?"}"#)
        .json(JSONValue.self)
      #expect(reply["answered"] == false && reply["low_confidence"] == false)
    }
  }
}
