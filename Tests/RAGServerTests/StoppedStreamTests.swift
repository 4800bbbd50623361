import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import RAGServer

/// A server that is told to stop while answers are being written.
@Suite(.timeLimit(.minutes(1))) struct StoppedStreamTests {
  private static let question = "How far does the knee joint bend the leg?"

  /// A provider that sends one sentence, says so, and then nothing until its client leaves.
  private func provider(_ isHalfway: Signal) throws -> LocalServer {
    try LocalServer { _, connection in
      connection.beginChunks(LocalResponse("", type: "text/event-stream"))
      let frames = FakeOpenAI.frames(["The knee joint bends the leg by 120 degrees [1]. ", "It never"])
      for frame in frames.prefix(3) { connection.chunk("data: \(frame)\n\n") }
      isHalfway.raise()
      connection.waitForPeerToClose()
    }
  }

  /// Sends a request, stops the server once the answer is halfway, and gives what the client got, and the server.
  private func stopped(
    _ path: String, _ body: String,
    _ check: (_ response: RawResponse, _ server: RAGServerFixture) async throws -> Void
  ) async throws {
    let isHalfway = Signal()
    let provider = try provider(isHalfway)
    let settings = Settings(environment: [
      "OPENAI_BASE_URL": provider.url + "/v1", "OPENAI_API_KEY": "k",
    ])
    let configure = setting(\.settings, settings)
    try await withRAGServer(configure: configure) { server in
      async let answered = server.post(path, body)
      await isHalfway.wait()
      let start = ContinuousClock.now
      await server.application.stop(within: .milliseconds(1200))
      let response = try await answered
      #expect(.now - start < .seconds(4))
      try await server.again(configure: configure) { try await check(response, $0) }
    }
  }

  @Test func `a stream ends with an error that says so, and what was read of the answer is kept`()
    async throws
  {
    let body = #"{"message": "\#(Self.question)", "stream": true}"#
    try await stopped("/api/chat", body) { response, server in
      // Every event is whole.
      let events = response.events
      #expect(events.first?.type == "start" && events.contains { $0.type == "delta" })
      #expect(!events.contains { $0.type == "done" })
      let last = try #require(events.last)
      #expect(last.type == "error" && last.json["error"]?["code"] == "server_stopping", "\(response.text)")
      #expect(last.json["error"]?["hint"]?.string?.hasPrefix("Send the message again") == true)
      let id = events.first?.json["conversation_id"]?.string ?? ""
      let stored = try await server.send("GET", "/api/conversations/\(id)").json(JSONValue.self)
      let messages = stored["messages"]?.array ?? []
      #expect(messages.count == 2 && messages.first?["content"]?.string == Self.question)
      #expect(messages.last?["content"]?.string?.hasPrefix("The knee joint bends the leg") == true)
      #expect("\(messages)".contains("stopped"))
    }
  }

  @Test func `a stream of OpenAI's ends with its kind of error`() async throws {
    let messages = #"[{"role": "user", "content": "\#(Self.question)"}]"#
    let body = #"{"model": "footnote", "messages": \#(messages), "stream": true}"#
    try await stopped("/v1/chat/completions", body) { response, _ in
      let events = response.events
      #expect(events.count > 1 && !events.contains { $0.data == "[DONE]" })
      #expect(events.last?.json["error"]?["code"] == "server_stopping", "\(response.text)")
      #expect(events.last?.json["error"]?["type"] == "server_error")
    }
  }

  @Test func `a response's stream ends with the error and the response that failed`() async throws {
    let body = #"{"model": "footnote", "input": "\#(Self.question)", "stream": true}"#
    try await stopped("/v1/responses", body) { response, _ in
      let events = checkedEvents(response)
      #expect(events.suffix(2).map { $0["type"] } == ["error", "response.failed"], "\(response.text)")
      #expect(events.dropLast().last?["code"] == "server_stopping")
      #expect(events.dropLast().last?["message"]?.string?.contains("Send the message again") == true)
      let failed = try #require(events.last?["response"])
      #expect(failed["status"] == "failed" && failed["error"]?["code"] == "server_error")
    }
  }

  @Test(arguments: [
    ("/api/chat", #"{"message": "\#(Self.question)"}"#),
    (
      "/v1/chat/completions",
      #"{"model": "footnote", "messages": [{"role": "user", "content": "\#(Self.question)"}]}"#
    ),
    ("/v1/responses", #"{"model": "footnote", "input": "\#(Self.question)"}"#),
  ])
  func `an answer that is given as a whole is an error that says when to ask again`(
    path: String, body: String
  ) async throws {
    try await stopped(path, body) { response, _ in
      #expect(response.status == 503 && response.text.contains("server_stopping"), "\(response.text)")
    }
  }
}
