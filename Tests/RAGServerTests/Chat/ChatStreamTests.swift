import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct ChatStreamTests {
  private let body = #"{"message": "How far does the knee joint bend the leg?", "stream": true}"#

  private func text(_ events: [ServerEvent]) -> String {
    events.reduce(into: "") { text, event in
      let piece = event.json["text"]?.string ?? ""
      if event.type == "delta" { text += piece }
      if event.type == "replace" { text = piece }
    }
  }

  @Test func `an answer comes in pieces, then its citations, then the whole reply`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends", " by 120", " degrees [", "1", "], they say [8", "]."])
    }
    try await withRAGServer(configure: asking(fake)) { server in
      let response = try await server.post("/api/chat", body)
      #expect(response.status == 200 && response.header("Content-Type") == "text/event-stream")
      let events = response.events
      #expect(events.first?.type == "start" && events.last?.type == "done")
      let done = try #require(events.last?.json)
      #expect(done["answer"] == "It bends by 120 degrees [1], they say.")
      #expect(text(events) == done["answer"]?.string)
      #expect(events.count { $0.type == "delta" } >= 4)
      let citations = try #require(events.first { $0.type == "citations" }?.json["citations"]?.array)
      #expect(citations.count == 1 && done["citations"] == .array(citations))
      #expect(events[0].json["conversation_id"] == done["conversation_id"])
      #expect(events[0].json["message_id"] == done["message_id"])
      let stored = try await server.send("GET", "/api/conversations/\(done["conversation_id"]?.string ?? "")")
      #expect(try stored.json(JSONValue.self)["messages"]?.array?.count == 2)
    }
  }

  @Test func `a model that fails in the middle is replaced, and the reply says why`() async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    let start = FakeOpenAI.frames(["It bends by "])[..<2].map { "data: \($0)\n\n" }.joined()
    try await withRAGServer(configure: asking(fake)) { server in
      fake.provider.misbehave(.answer(LocalResponse(start, type: "text/event-stream")))
      let events = try await server.post("/api/chat", body).events
      #expect(events.contains { $0.type == "delta" && $0.json["text"] == "It bends by" })
      #expect(events.contains { $0.type == "replace" })
      let done = try #require(events.last)
      #expect(done.type == "done" && done.json["degraded"] == true)
      #expect(done.json["degraded_reason"]?["code"] == "unavailable")
      #expect(text(events) == done.json["answer"]?.string)
      #expect(text(events).contains("The knee joint bends the leg by 120 degrees. [1]"))
    }
  }

  @Test func `without fallback an error ends the stream`() async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    try await withRAGServer(configure: asking(fake, ["FALLBACK": "off"])) { server in
      fake.provider.misbehave(.answer(FakeOpenAI.error(401, code: "invalid_api_key")))
      let events = try await server.post("/api/chat", body).events
      let last = try #require(events.last)
      #expect(last.type == "error" && last.json["error"]?["code"] == "authentication")
      #expect(last.json["error"]?["hint"]?.string?.contains("OPENAI_API_KEY") == true)
      #expect(!events.contains { $0.type == "done" })
      let id = events[0].json["conversation_id"]?.string ?? ""
      let stored = try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)
      #expect(stored["messages"] == [], "what was not answered is not kept")
    }
  }

  @Test(arguments: [
    ("/api/chat", #"{"message": "knee", "stream": true}"#),
    (
      "/v1/chat/completions",
      #"{"model": "footnote", "stream": true, "messages": [{"role": "user", "content": "knee"}]}"#
    ),
    ("/v1/responses", #"{"model": "footnote", "stream": true, "input": "knee"}"#),
  ])
  func `when the client leaves, the provider's work stops`(path: String, body: String) async throws {
    let closed = Signal()
    let provider = try FakeOpenAI.endless(untilClosed: closed)
    let settings = Settings(environment: [
      "OPENAI_BASE_URL": provider.url + "/v1", "OPENAI_API_KEY": "k",
    ])
    try await withRAGServer(configure: setting(\.settings, settings)) { server in
      let port = server.port
      try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port)
        try client.send(
          "POST \(path) HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = try client.readUntil("word")
        client.resetOnClose()
        client.close()
      }
      await closed.wait()
    }
  }

  @Test func `what a client has read of an answer before it left is kept, marked as stopped`() async throws {
    let provider = try LocalServer { _, connection in
      connection.beginChunks(LocalResponse("", type: "text/event-stream"))
      let start = FakeOpenAI.frames(["The knee joint bends the leg ", "by 120 degrees [1]. ", "It never"])
      for frame in start.prefix(4) { connection.chunk("data: \(frame)\n\n") }
      for _ in 0..<2000 where !connection.waitForPeerToClose(milliseconds: 5) {
        connection.chunk("data: \(FakeOpenAI.chunk(["content": " ends"]))\n\n")
      }
    }
    let settings = Settings(environment: [
      "OPENAI_BASE_URL": provider.url + "/v1", "OPENAI_API_KEY": "k",
    ])
    try await withRAGServer(configure: setting(\.settings, settings)) { server in
      let (port, body) = (server.port, body)
      let head = try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port)
        try client.send(
          "POST /api/chat HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        let head = try client.readUntil("never")
        client.resetOnClose()
        client.close()
        return head
      }
      let line = try #require(head.split(separator: "\n").first { $0.contains("conversation_id") })
      let start = try JSONValue(parsing: line.drop { $0 != "{" }.utf8)
      let id = start["conversation_id"]?.string ?? ""
      // The server notices when it writes again; then both messages are stored at once.
      var messages: [JSONValue] = []
      for _ in 0..<400 where messages.isEmpty {
        messages =
          try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)["messages"]?.array
          ?? []
        if messages.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
      }
      #expect(messages.count == 2)
      let reply = try #require(messages.last)
      let text = reply["content"]?.string ?? ""
      #expect(text.hasPrefix("The knee joint bends the leg by 120 degrees [1]. It never"))
      #expect(reply["id"] == start["message_id"] && "\(reply)".contains("stopped"))
      #expect("\(reply)".contains("leg.md"), "what its numbers mean is kept as well")
    }
  }

  @Test func `a sentence that no source supports is told in the reply, or left out`() async throws {
    for (setting, kept) in [("mark", true), ("drop", false)] {
      let fake = try FakeOpenAI {
        $0.isOriginal = false
        $0.frames = FakeOpenAI.frames([
          "The knee joint bends the leg by 120 degrees [1]. ", "Penguins live in the cold ",
          "seas of the south.",
        ])
      }
      try await withRAGServer(configure: asking(fake, ["UNSUPPORTED": setting])) { server in
        let events = try await server.post("/api/chat", body).events
        let done = try #require(events.last?.json)
        #expect(done["answer"]?.string?.contains("Penguins") == kept)
        #expect(text(events) == done["answer"]?.string)
        #expect(done["dropped_sentences"] == .integer(kept ? 0 : 1))
        #expect(done["sentences"]?.array?.map { $0["supported"] == true } == (kept ? [true, false] : [true]))
      }
    }
  }

  @Test func `tokens of the question's rewriting are added to the exchange's`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["How far does the knee joint bend?"])
    }
    try await withRAGServer(configure: asking(fake)) { server in
      let first = try await server.post("/api/chat", #"{"message": "What is the knee joint?"}"#)
        .json(JSONValue.self)
      #expect(first["usage"]?["prompt_tokens"] == 9 && first["rewritten_question"] == nil)
      let id = first["conversation_id"]?.string ?? ""
      let second = try await server.post(
        "/api/chat", #"{"message": "How far does it bend?", "conversation_id": "\#(id)"}"#
      ).json(JSONValue.self)
      #expect(second["rewritten_question"] == "How far does the knee joint bend?")
      #expect(second["usage"]?["prompt_tokens"] == 18 && second["usage"]?["completion_tokens"] == 6)
      let costs = [first, second].map { reply -> Double in
        if case .number(let cost)? = reply["cost"] { cost } else { 0 }
      }
      #expect(costs[0] > 0 && abs(costs[1] - 2 * costs[0]) < 1e-9)
    }
  }

  @Test func `sessions and cookies stream as well`() async throws {
    try await withRAGServer { server in
      let session =
        try await server.post("/api/chat/sessions", "{}").json(JSONValue.self)["session_id"]?.string ?? ""
      let events = try await server.post(
        "/api/chat/chat", #"{"session_id": "\#(session)", "message": "knee joint", "stream": true}"#
      ).events
      #expect(events.last?.type == "done" && events.last?.json["session_id"]?.string == session)
      let cookie = try await server.post("/chat", #"{"prompt": "knee joint", "stream": true}"#)
      #expect(cookie.events.last?.type == "done" && cookie.header("Set-Cookie") != nil)
    }
  }
}
