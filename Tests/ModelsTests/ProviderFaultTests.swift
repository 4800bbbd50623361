import HTTPClient
import TestSupport
import Testing

@testable import Models

/// Every fault at every kind of model: the right error, soon, without a key in it.
@Suite("Provider faults", .timeLimit(.minutes(1)))
struct ProviderFaultTests {
  enum Subject: String, CaseIterable, Sendable {
    case openAIEmbedding, cohereEmbedding, openAIChat, geminiChat, cohereChat, cohereRerank

    var isCohere: Bool { rawValue.hasPrefix("cohere") }
    var isChat: Bool { rawValue.hasSuffix("Chat") }

    /// A provider, and one call of the model.
    func make(
      _ retrier: Retrier, timeout: Duration
    ) throws -> (provider: FakeProvider, run: () async throws -> Void) {
      let request = ChatRequest(messages: [.user("Hi")])
      switch self {
      case .openAIEmbedding:
        let fake = try FakeOpenAI()
        var configuration = OpenAIEmbeddingModel.Configuration(dimensions: 8)
        configuration.timeout = timeout
        let model = try OpenAIEmbeddingModel(
          configuration, endpoint: .of(fake), client: testClient, retrier: retrier)
        return (fake.provider, { _ = try await model.embed(["x"], as: .document) })
      case .cohereEmbedding:
        let fake = try FakeCohere()
        var configuration = CohereEmbeddingModel.Configuration(dimensions: 256)
        configuration.timeout = timeout
        let model = try CohereEmbeddingModel(
          configuration, endpoint: .of(fake), client: testClient, retrier: retrier)
        return (fake.provider, { _ = try await model.embed(["x"], as: .query) })
      case .openAIChat, .geminiChat:
        let isGemini = self == .geminiChat
        let fake = try FakeOpenAI {
          $0.isOriginal = !isGemini
          $0.models = ["gpt-5.4-mini", "gemini-3.6-flash"]
        }
        var configuration = OpenAIChatModel.Configuration()
        configuration.timeout = timeout
        let model = OpenAIChatModel(
          configuration, endpoint: .of(fake, isGemini ? .gemini : .openAI), client: testClient,
          retrier: retrier)
        return (fake.provider, { _ = try await model.complete(request) })
      case .cohereChat:
        let fake = try FakeCohere()
        let model = CohereChatModel(
          endpoint: .of(fake), client: testClient, retrier: retrier, timeout: timeout)
        return (fake.provider, { _ = try await model.complete(request) })
      case .cohereRerank:
        let fake = try FakeCohere()
        let model = CohereRerankModel(
          endpoint: .of(fake), client: testClient, retrier: retrier, timeout: timeout)
        return (fake.provider, { _ = try await model.scores(of: ["a"], for: "b") })
      }
    }

    /// A refusal in the provider's shape.
    func refusal(_ status: Int, code: String, type: String, headers: [(String, String)] = []) -> Fault {
      switch self {
      case .openAIEmbedding, .openAIChat:
        return .answer(FakeOpenAI.error(status, type: type, code: .string(code), headers: headers))
      case .geminiChat:
        let text = #"[{"error":{"code":\#(status),"message":"No.","status":"X"}}]"#
        return .answer(.json(text, status: status, headers: headers))
      case .cohereEmbedding, .cohereChat, .cohereRerank:
        return .answer(FakeCohere.error(status, "no", headers: headers))
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: ModelError.Kind
    /// What a chat's stream ends with, where it differs.
    var chatKind: ModelError.Kind?
    var delays: [Duration] = []
    var timeout: Duration = .seconds(10)
    let fault: @Sendable (Subject) -> Fault
    var testDescription: String { name }
  }

  /// Kinds that are retried bring the delay that precedes the second try.
  static let cases = [
    Case(name: "401", kind: .authentication) {
      $0.refusal(401, code: "invalid_api_key", type: "invalid_request_error")
    },
    Case(name: "402", kind: .quotaExceeded) {
      $0.refusal(402, code: "insufficient_quota", type: "insufficient_quota")
    },
    Case(name: "429", kind: .rateLimited, delays: [.milliseconds(500)]) {
      $0.refusal(429, code: "rate_limit_exceeded", type: "requests")
    },
    Case(name: "429 with Retry-After", kind: .rateLimited, delays: [.seconds(2)]) {
      $0.refusal(429, code: "rate_limit_exceeded", type: "requests", headers: [("Retry-After", "2")])
    },
    Case(name: "429 with a wait beyond the deadline", kind: .rateLimited) {
      $0.refusal(429, code: "rate_limit_exceeded", type: "requests", headers: [("Retry-After", "20")])
    },
    Case(name: "400", kind: .invalidRequest) {
      $0.refusal(400, code: "invalid_value", type: "invalid_request_error")
    },
    Case(name: "500", kind: .unavailable, delays: [.milliseconds(500)]) {
      $0.refusal(500, code: "server_error", type: "server_error")
    },
    Case(name: "503", kind: .unavailable, delays: [.milliseconds(500)]) {
      $0.refusal(503, code: "server_is_overloaded", type: "service_unavailable_error")
    },
    Case(name: "an empty 502", kind: .unavailable, delays: [.milliseconds(500)]) { _ in .empty(502) },
    Case(name: "an empty 200", kind: .invalidResponse, chatKind: .unavailable) { _ in .empty(200) },
    Case(name: "a proxy's 504", kind: .timeout, delays: [.milliseconds(500)]) { _ in
      .html(504, title: "Timeout")
    },
    Case(name: "a proxy's 200", kind: .invalidResponse) { _ in .html(200, title: "Log in") },
    Case(name: "garbage", kind: .invalidResponse) { _ in .garbage },
    Case(name: "no HTTP", kind: .invalidResponse) { _ in .noise },
    Case(name: "closed", kind: .unavailable, delays: [.milliseconds(500)]) { _ in .close },
    Case(name: "cut off", kind: .unavailable, chatKind: .unavailable, delays: [.milliseconds(500)]) { _ in
      .cutOff(afterBytes: 40)
    },
    Case(name: "hung", kind: .timeout, timeout: .milliseconds(250)) { _ in .hang },
    Case(name: "stalled", kind: .timeout, timeout: .milliseconds(250)) { _ in .stall(afterBytes: 40) },
    Case(name: "a byte at a time", kind: .timeout, timeout: .milliseconds(250)) { _ in .slow(milliseconds: 20)
    },
  ]

  @Test("without retries: the right error", arguments: cases, Subject.allCases)
  func once(_ example: Case, _ subject: Subject) async throws {
    let (provider, run) = try subject.make(FakeSleep().retrier(.never), timeout: example.timeout)
    provider.misbehave(example.fault(subject))
    let error = await modelError(run)
    #expect(error?.kind == (subject.isChat ? example.chatKind ?? example.kind : example.kind))
    #expect(error?.description.contains(provider.key) == false)
    #expect(error?.provider == (subject.isCohere ? "cohere" : subject == .geminiChat ? "gemini" : "openai"))
    #expect(provider.violations == [])
  }

  @Test(
    "with retries: what waiting cures succeeds, everything else fails at once", arguments: cases,
    Subject.allCases)
  func again(_ example: Case, _ subject: Subject) async throws {
    let sleep = FakeSleep()
    let (provider, run) = try subject.make(sleep.retrier(), timeout: example.timeout)
    provider.misbehave(example.fault(subject))
    let error = await modelError(run)
    // A stream that has begun is not started over: its first words have been read.
    let hasBegun =
      subject.isChat && ["cut off", "stalled", "a byte at a time", "garbage"].contains(example.name)
    let delays = hasBegun ? [] : example.delays
    #expect(sleep.delays == delays)
    #expect((error == nil) == !delays.isEmpty, "\(String(describing: error))")
    #expect(provider.requests.count == 1 + delays.count)
  }

  @Test("a refusal is reported although the last try ran out of time", arguments: Subject.allCases)
  func refusedThenHung(_ subject: Subject) async throws {
    let policy = RetryPolicy(base: .milliseconds(10), jitter: .none)
    let (provider, run) = try subject.make(FakeSleep().retrier(policy), timeout: .milliseconds(400))
    provider.misbehave(subject.refusal(429, code: "rate_limit_exceeded", type: "requests"))
    provider.misbehave(.hang)
    let error = await modelError(run)
    #expect(error?.kind == .rateLimited)
    #expect(provider.requests.count == 2)
  }

  @Test("an address where nobody listens says what to start or check", arguments: Subject.allCases)
  func refused(_ subject: Subject) async throws {
    let sleep = FakeSleep()
    var url: String
    do {
      let server = try LocalServer { $1.cut() }
      url = server.url
    }
    let endpoint: ProviderEndpoint =
      subject.isCohere ? .cohere(baseURL: url) { "key" } : .openAI(baseURL: url + "/v1") { "key" }
    let request = ChatRequest(messages: [.user("x")])
    let error = await modelError {
      switch subject {
      case .openAIEmbedding:
        _ = try await OpenAIEmbeddingModel(endpoint: endpoint, client: testClient, retrier: sleep.retrier())
          .embed(["x"], as: .query)
      case .cohereEmbedding:
        _ = try await CohereEmbeddingModel(endpoint: endpoint, client: testClient, retrier: sleep.retrier())
          .embed(["x"], as: .query)
      case .openAIChat, .geminiChat:
        _ = try await OpenAIChatModel(endpoint: endpoint, client: testClient, retrier: sleep.retrier())
          .complete(request)
      case .cohereChat:
        _ = try await CohereChatModel(endpoint: endpoint, client: testClient, retrier: sleep.retrier())
          .complete(request)
      case .cohereRerank:
        _ = try await CohereRerankModel(endpoint: endpoint, client: testClient, retrier: sleep.retrier())
          .scores(of: ["a"], for: "b")
      }
    }
    #expect(error?.kind == .unavailable)
    #expect(error?.description.contains("nothing accepts connections at 127.0.0.1") == true)
    #expect(error?.hint.contains(subject.isCohere ? "COHERE_BASE_URL" : "OPENAI_BASE_URL") == true)
    #expect(sleep.delays == [.milliseconds(500), .seconds(1), .seconds(2)])
  }
}
