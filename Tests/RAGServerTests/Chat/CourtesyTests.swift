import Models
import TestSupport
import Testing

@testable import RAGServer

/// Greetings and thanks over every protocol.
@Suite struct CourtesyTests {
  private let hello =
    "Hello! I answer questions from “Arm”, “Eye” and “Leg”, and each sentence says where it comes from."

  private func content(_ events: [JSONValue]) -> String {
    events.compactMap { $0["choices"]?.array?.first?["delta"]?["content"]?.string }.joined()
  }

  @Test func `a greeting is returned over every protocol, streamed or not, and the chat model is not asked`()
    async throws
  {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["Ahoy [1]."])
    }
    try await withRAGServer(configure: asking(fake)) { server in
      for (path, body) in [
        ("/api/chat", #""message": "Hello!""#), ("/api/chat", #""message": "Hello!", "user_id": "ann""#),
        ("/chat", #""prompt": "Hello!""#),
      ] {
        let reply = try await server.post(path, "{\(body)}").json(JSONValue.self)
        #expect(reply["answer"] == .string(hello) && reply["response"] == .string(hello), "\(path)")
        #expect(reply["answered"] == true && reply["low_confidence"] == false && reply["citations"] == [])
        let events = try await server.post(path, "{\(body), \"stream\": true}").events
        #expect(events.filter { $0.type == "delta" }.compactMap { $0.json["text"]?.string }.joined() == hello)
        #expect(events.last?.type == "done" && events.last?.json["answer"] == .string(hello))
      }
      let session =
        try await server.post("/api/chat/sessions", "{}").json(JSONValue.self)["session_id"]?.string ?? ""
      let inSession = try await server.post(
        "/api/chat/chat", #"{"session_id": "\#(session)", "message": "Hello!"}"#)
      #expect(try inSession.json(JSONValue.self)["answer"] == .string(hello))

      let question = #""model": "footnote", "messages": [{"role": "user", "content": "Hello!"}]"#
      let completion = try await server.post("/v1/chat/completions", "{\(question)}").json(JSONValue.self)
      let choice = try #require(completion["choices"]?.array?.first)
      #expect(choice["message"]?["content"] == .string(hello) && choice["finish_reason"] == "stop")
      let chunks = try await server.post("/v1/chat/completions", "{\(question), \"stream\": true}").events
      #expect(content(chunks.map(\.json)) == hello && chunks.last?.data == "[DONE]")

      let response = try await server.post("/v1/responses", #"{"model": "footnote", "input": "Hello!"}"#)
        .json(JSONValue.self)
      let said = response["output"]?.array?.first?["content"]?.array?.first
      #expect(said?["text"] == .string(hello) && response["status"] == "completed")

      let (_, items) = try await ChatKitClient(server).begin("Hello!")
      let item = items.last { $0["item"]?["type"] == "assistant_message" }?["item"]
      #expect(item?["content"]?.array?.first?["text"] == .string(hello))

      let call = """
        {"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"Hello!"}}}
        """
      let asked = try await server.post("/mcp", call).json(JSONValue.self)
      #expect(asked["result"]?["structuredContent"]?["answer"] == .string(hello))
      #expect(fake.provider.bodies("/v1/chat/completions").isEmpty)
    }
  }

  @Test func `courtesies are no refusals, no gaps, and suggest what to begin with`() async throws {
    let settings = ["ADMIN_API_KEY": "secret", "RATE_LIMIT": "off"]
    let documents = ["leg.md": "# Leg\n\n## How far does a knee bend?\n\nThe knee bends by 120 degrees."]
    try await withRAGServer(documents, configure: environment(settings)) { server in
      for message in ["hello", "thanks!", "what can you do?", "Danke schön!"] {
        let reply = try await server.post("/api/chat", #"{"message": "\#(message)"}"#).json(JSONValue.self)
        #expect(reply["answered"] == true, "\(reply)")
      }
      let refused = try await server.post("/api/chat", #"{"message": "Who won the 2014 world cup?"}"#)
      #expect(try refused.json(JSONValue.self)["answered"] == false)
      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(metrics.value("footnote_answers_total", ["kind": "courtesy"]) == 4)
      #expect(metrics.value("footnote_answers_total", ["kind": "refused"]) == 1)
      let gaps = try await server.send("GET", "/api/analytics/gaps", headers: ["X-API-Key: secret"])
        .json(JSONValue.self)
      #expect(gaps["questions"] == 1, "\(gaps)")
      let next = try await server.send("GET", "/api/suggestions?after=hello").json(JSONValue.self)
      #expect(next["suggestions"]?.array?.first?["question"] == "How far does a knee bend?")
    }
  }
}
