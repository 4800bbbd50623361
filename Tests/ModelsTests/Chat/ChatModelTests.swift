import HTTPClient
import TestSupport
import Testing

@testable import Models

@Suite("Chat models", .timeLimit(.minutes(1)))
struct ChatModelTests {
  /// A conversation with everything in it.
  static let conversation: [ChatMessage] = [
    .system("Answer from the passages."), .user("What walks?"),
    .assistant(
      "",
      toolCalls: [
        ToolCall(
          id: "c1", name: "search", arguments: #"{"q":"walk"}"#,
          providerData: ["google": ["thought_signature": "SIG"]])
      ]
    ),
    .tool(callID: "c1", result: "A robot."), .assistant("A robot walks."), .user("How?"),
  ]

  static let search = ChatTool(
    name: "search", description: "Finds passages.",
    parameters: [
      "type": "object", "properties": ["maxCount": ["type": "integer"], "search_text": ["type": "string"]],
      "additionalProperties": false,
    ])

  static let full = ChatRequest(
    messages: conversation, tools: [search], toolChoice: .required, temperature: 1.5, topP: 1,
    maximumTokens: 100, stop: ["END"], reasoningEffort: "low")

  @Test(
    "OpenAI's interface gets what the model takes",
    arguments: [
      (
        "gpt-5.4-mini", true, ["max_completion_tokens", "reasoning_effort"],
        ["temperature", "top_p", "stop", "max_tokens"]
      ),
      (
        "gpt-4o", true, ["max_completion_tokens", "temperature", "top_p", "stop"],
        ["reasoning_effort", "max_tokens"]
      ),
      (
        "llama3.2", false, ["max_tokens", "temperature", "top_p", "stop", "reasoning_effort"],
        ["max_completion_tokens"]
      ),
    ])
  func request(_ name: String, _ isOriginal: Bool, _ present: [String], _ absent: [String]) async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = isOriginal
      $0.models = [name]
    }
    let model = OpenAIChatModel(
      .init(model: name), endpoint: .of(fake, isOriginal ? .openAI : .compatible), client: testClient)
    let reply = try await model.complete(Self.full)
    #expect(
      reply
        == ChatReply(
          text: "Hello.", usage: Usage(promptTokens: 9, completionTokens: 3, cachedTokens: 4), finish: .stop))
    #expect(fake.provider.violations == [])
    let body = try #require(fake.provider.bodies("/v1/chat/completions").first)
    for member in present { #expect(body[member] != nil, "\(member) is missing") }
    for member in absent { #expect(body[member] == nil, "\(member) was sent") }
    #expect(body["tool_choice"] == "required")
    #expect(body["stream_options"] == ["include_usage": true])
    #expect(body["messages"]?[0]?["role"] == (isOriginal ? "developer" : "system"))
    #expect(
      body["messages"]?[2]?["tool_calls"]?[0]?["extra_content"] == ["google": ["thought_signature": "SIG"]])
    #expect(
      body["tools"]?[0]?["function"]?["parameters"] == [
        "type": "object", "properties": ["maxCount": ["type": "integer"], "search_text": ["type": "string"]],
        "additionalProperties": false,
      ])
  }

  @Test("a plain question sends nothing that was not asked for")
  func minimal() async throws {
    let fake = try FakeOpenAI()
    let model = OpenAIChatModel(endpoint: .of(fake), client: testClient)
    _ = try await model.complete(ChatRequest(messages: [.user("Hi")]))
    let members = fake.provider.bodies("/v1/chat/completions").first?.members?.keys.sorted()
    #expect(members == ["messages", "model", "stream", "stream_options"])
    #expect(model.name == "gpt-5.4-mini" && model.window == 272_000)
  }

  @Test("Cohere gets its own names and limits")
  func cohere() async throws {
    let fake = try FakeCohere()
    let model = CohereChatModel(endpoint: .of(fake), client: testClient)
    var request = Self.full
    request.stop = ["1", "2", "3", "4", "5", "6"]
    request.messages[2] = .assistant("", toolCalls: [ToolCall(id: "c1", name: "search", arguments: "{}")])
    let reply = try await model.complete(request)
    #expect(
      reply == ChatReply(text: "Hello.", usage: Usage(promptTokens: 9, completionTokens: 3), finish: .stop))
    #expect(fake.provider.violations == [])
    let body = try #require(fake.provider.bodies("/v2/chat").first)
    #expect(body["temperature"] == 1 && body["p"] == 0.99)
    #expect(body["tool_choice"] == "REQUIRED")
    #expect(body["stop_sequences"]?.elements?.count == 5)
  }

  @Test("Cohere's frames need no `event:` lines")
  func cohereWithoutEvents() async throws {
    let fake = try FakeCohere { $0.namesEvents = false }
    let reply = try await CohereChatModel(endpoint: .of(fake), client: testClient)
      .complete(ChatRequest(messages: [.user("Hi")]))
    #expect(reply.text == "Hello.")
  }

  @Test("Gemini is asked under its own address, model and key")
  func gemini() async throws {
    let fake = try FakeOpenAI(key: "AIzaTest") {
      $0.isOriginal = false
      $0.basePath = "/v1beta/openai"
      $0.models = ["gemini-3.6-flash"]
    }
    let endpoint = ProviderEndpoint.gemini(baseURL: fake.baseURL + "/") { "AIzaTest" }
    let model = OpenAIChatModel(endpoint: endpoint, client: testClient)
    #expect(try await model.complete(Self.full).text == "Hello.")
    #expect(fake.provider.violations == [])
    #expect(fake.provider.requests.map(\.target) == ["/v1beta/openai/chat/completions"])
  }

  @Test("parameters that a server refuses are left out from then on")
  func quirks() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.models = ["m"]
      $0.refused = ["stream_options", "temperature", "top_p", "max_tokens", "tool_choice"]
    }
    let model = OpenAIChatModel(.init(model: "m"), endpoint: .of(fake, .compatible), client: testClient)
    #expect(try await model.complete(Self.full).text == "Hello.")
    #expect(try await model.complete(Self.full).text == "Hello.")
    // Five refusals, then both answers.
    #expect(fake.provider.requests.count == 7)
    #expect(fake.provider.violations == [])
  }

  @Test("the key is read afresh for each request")
  func freshKey() async throws {
    let fake = try FakeOpenAI(key: "second")
    let keys = FakeKeys(["first\n", "second\n", nil])
    let model = OpenAIChatModel(endpoint: .test(.openAI, fake.baseURL) { keys.present }, client: testClient)
    let request = ChatRequest(messages: [.user("Hi")])
    fake.provider.misbehave(.answer(FakeOpenAI.error(401, code: "invalid_api_key")))
    #expect(await modelError { _ = try await model.complete(request) }?.kind == .authentication)
    keys.next()
    #expect(try await model.complete(request).text == "Hello.")
    keys.next()
    let error = await modelError { _ = try await model.complete(request) }
    #expect(error?.kind == .authentication)
    #expect(error?.hint.contains("OPENAI_API_KEY") == true)
    #expect(fake.provider.requests.count == 2, "without a key nothing is sent")
  }

  @Test("a server of one's own needs no key")
  func noKey() async throws {
    let seen = Signal()
    let server = try LocalServer { request, connection in
      if request.header("Authorization") == nil { seen.raise() }
      connection.respond(LocalResponse("data: [DONE]\n\n", type: "text/event-stream"))
    }
    let endpoint = ProviderEndpoint.openAI(baseURL: server.url + "/v1") { nil }
    _ = try await OpenAIChatModel(endpoint: endpoint, client: testClient).complete(
      ChatRequest(messages: [.user("x")]))
    #expect(seen.isRaised)
  }

  @Test("a model that is gone is answered with those that the key can use")
  func modelNotFound() async throws {
    let fake = try FakeOpenAI()
    let model = OpenAIChatModel(.init(model: "gpt-5-mini"), endpoint: .of(fake), client: testClient)
    let error = await modelError { _ = try await model.complete(ChatRequest(messages: [.user("x")])) }
    #expect(error?.kind == .modelNotFound)
    #expect(error?.message.contains("The key can use: gpt-5.4-mini, gpt-5.4, gpt-4o.") == true)
    #expect(error?.hint == "Set OPENAI_MODEL, which is 'gpt-5-mini', to a model that the key can use.")

    let cohere = try FakeCohere()
    let old = CohereChatModel(model: "command", endpoint: .of(cohere), client: testClient)
    let gone = await modelError { _ = try await old.complete(ChatRequest(messages: [.user("x")])) }
    #expect(gone?.message.hasSuffix("The key can use: command-a-03-2025.") == true)
  }

  @Test("pieces arrive as they are sent, and leaving early stops the provider's work")
  func streaming() async throws {
    let (readFirst, left) = (Signal(), Signal())
    let server = try LocalServer { _, connection in
      connection.beginChunks(LocalResponse("", type: "text/event-stream"))
      connection.chunk("data: \(FakeOpenAI.chunk(["content": "one"]))\n\n")
      while !readFirst.isRaised, !connection.waitForPeerToClose(milliseconds: 1) {}
      connection.chunk("data: \(FakeOpenAI.chunk(["content": "two"]))\n\n")
      connection.waitForPeerToClose()
      left.raise()
    }
    let endpoint = ProviderEndpoint.openAI(baseURL: server.url) { nil }
    let model = OpenAIChatModel(endpoint: endpoint, client: testClient)
    var seen: [ChatEvent] = []
    for try await event in model.stream(ChatRequest(messages: [.user("x")])) {
      seen.append(event)
      readFirst.raise()
      if seen.count == 2 { break }
    }
    #expect(seen == [.textDelta("one"), .textDelta("two")])
    await left.wait()
  }

  @Test("cancelling the task that reads ends the answer and the request")
  func cancellation() async throws {
    let (arrived, left) = (Signal(), Signal())
    let server = try LocalServer { _, connection in
      arrived.raise()
      connection.waitForPeerToClose()
      left.raise()
    }
    let endpoint = ProviderEndpoint.openAI(baseURL: server.url) { nil }
    let task = Task {
      await modelError {
        _ = try await OpenAIChatModel(endpoint: endpoint, client: testClient)
          .complete(ChatRequest(messages: [.user("x")]))
      }
    }
    await arrived.wait()
    task.cancel()
    #expect(await task.value?.kind == .cancelled)
    await left.wait()
  }

  @Test("lists models without asking for an answer")
  func listing() async throws {
    let fake = try FakeOpenAI()
    let model = OpenAIChatModel(endpoint: .of(fake), client: testClient)
    #expect(try await model.availableModels(deadline: nil) == ["gpt-5.4-mini", "gpt-5.4", "gpt-4o"])
    #expect(fake.provider.violations == [])
  }
}

/// Keys that change as the test goes on.
final class FakeKeys: Sendable {
  private let keys: [String?]
  private let position = Counter()

  init(_ keys: [String?]) { self.keys = keys }

  var present: String? { keys[position.value] }
  func next() { position.increase() }
}
