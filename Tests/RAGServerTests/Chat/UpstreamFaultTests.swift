import Commands
import FoundationEssentials
import TestSupport
import Testing

// Models has a type ChatReply too.
import struct Models.ModelError

@testable import RAGServer

/// Every way in which a provider fails, through the server: an answer of the documents' own sentences that says why, or
/// the error itself, and always in time.
@Suite(.timeLimit(.minutes(2))) struct UpstreamFaultTests {
  /// Settings under which a request has little time.
  private func hurried(_ environment: [String: String]) -> (inout ApplicationConfiguration) -> Void {
    { configuration in
      configuration.settings = Settings(environment: environment)
      configuration.requestTimeout = timeout
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let kind: ModelError.Kind
    /// Status without fallback.
    let status: Int
    let fault: Fault
    var testDescription: String { name }
  }

  private static func refusal(
    _ status: Int, _ code: String, headers: [(String, String)] = []
  ) -> Fault {
    .answer(FakeOpenAI.error(status, code: .string(code), headers: headers))
  }

  static let cases = [
    Case(name: "wrong key", kind: .authentication, status: 502, fault: refusal(401, "invalid_api_key")),
    Case(name: "quota", kind: .quotaExceeded, status: 502, fault: refusal(429, "insufficient_quota")),
    Case(name: "429", kind: .rateLimited, status: 503, fault: refusal(429, "rate_limit_exceeded")),
    Case(
      name: "429 with Retry-After", kind: .rateLimited, status: 503,
      fault: refusal(429, "rate_limit_exceeded", headers: [("Retry-After", "7")])),
    Case(name: "500", kind: .unavailable, status: 503, fault: refusal(500, "server_error")),
    Case(name: "no such model", kind: .modelNotFound, status: 502, fault: refusal(404, "model_not_found")),
    Case(name: "a proxy's page", kind: .unavailable, status: 503, fault: .html(502, title: "Bad Gateway")),
    Case(name: "a stream cut off", kind: .unavailable, status: 503, fault: .cutOff(afterBytes: 60)),
    Case(name: "a byte at a time", kind: .timeout, status: 504, fault: .slow(milliseconds: 100)),
    Case(name: "garbage", kind: .invalidResponse, status: 502, fault: .garbage),
    Case(name: "no HTTP", kind: .invalidResponse, status: 502, fault: .noise),
    Case(name: "closed", kind: .unavailable, status: 503, fault: .close),
    Case(name: "hung", kind: .timeout, status: 504, fault: .hang),
    Case(name: "stalled", kind: .timeout, status: 504, fault: .stall(afterBytes: 60)),
  ]

  private let question = #"{"message": "How far does the knee joint bend the leg?"}"#
  private let timeout = Duration.seconds(3)

  /// Settings under which every request fails; `change` comes last.
  private func failing(
    _ fake: FakeOpenAI, _ fault: Fault, _ others: [String: String] = [:]
  ) -> (inout ApplicationConfiguration) -> Void {
    for _ in 0..<8 { fake.provider.misbehave(fault) }
    return { configuration in
      asking(fake, others)(&configuration)
      configuration.requestTimeout = timeout
    }
  }

  @Test(arguments: cases)
  func `the documents' own sentences answer in time, and say why`(example: Case) async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    try await withRAGServer(configure: failing(fake, example.fault)) { server in
      let clock = ContinuousClock()
      let start = clock.now
      async let answered = server.post("/api/chat", question)
      // Whatever the provider does, the server lives.
      let health = try await server.send("GET", "/health")
      #expect(health.status == 200 && clock.now - start < timeout)
      let response = try await answered
      #expect(clock.now - start < timeout + .seconds(2))
      #expect(response.status == 200, "\(response.text)")
      let reply = try response.json(ChatReply.self)
      #expect(reply.degraded && reply.answered && reply.model == nil)
      #expect(reply.degradedReason?.code == example.kind.rawValue, "\(response.text)")
      #expect(reply.degradedReason?.hint?.isEmpty == false)
      #expect(reply.answer.contains("The knee joint bends the leg by 120 degrees. [1]"))
      #expect(!response.text.contains(fake.key))
    }
  }

  @Test(arguments: cases)
  func `a stream of the Responses API is whole all the same, and says why`(example: Case) async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    try await withRAGServer(configure: failing(fake, example.fault)) { server in
      let events = try await server.streamResponse(
        #"{"model": "footnote", "stream": true, "input": "How far does the knee joint bend the leg?"}"#)
      #expect(events.last?["type"] == "response.completed")
      let response = try #require(events.last?["response"])
      #expect(response["degraded_reason"]?["code"]?.string == example.kind.rawValue, "\(response.text)")
      let text = onlyPart(response)?["text"]?.string ?? ""
      #expect(text.contains("The knee joint bends the leg by 120 degrees. [1]"))
      #expect(!events.contains { $0.text.contains(fake.key) })
    }
  }

  @Test(arguments: cases)
  func `without fallback the error has its code, its hint and its status`(example: Case) async throws {
    let fake = try FakeOpenAI { $0.isOriginal = false }
    try await withRAGServer(configure: failing(fake, example.fault, ["FALLBACK": "off"])) { server in
      let clock = ContinuousClock()
      let start = clock.now
      let response = try await server.post("/api/chat", question)
      #expect(clock.now - start < timeout + .seconds(2))
      #expect(response.status == example.status, "\(response.text)")
      let failure = try response.failure()
      #expect(failure.code == example.kind.rawValue && failure.hint?.isEmpty == false)
      if example.name == "429 with Retry-After" { #expect(response.header("Retry-After") == "7") }
      #expect(!response.text.contains(fake.key))
      let messages = server.messages.text
      #expect(!messages.contains(fake.key))
    }
  }

  @Test(arguments: [
    ("nobody listens", "http://127.0.0.1:9/v1"), ("no such host", "http://nowhere.invalid/v1"),
  ])
  func `a provider that cannot be reached`(name: String, url: String) async throws {
    let settings = ["OPENAI_API_KEY": "k", "OPENAI_BASE_URL": url]
    try await withRAGServer(configure: hurried(settings)) { server in
      let reply = try await server.post("/api/chat", question).json(ChatReply.self)
      #expect(reply.degraded && reply.degradedReason?.code == "unavailable")
      #expect(reply.degradedReason?.hint?.contains("OPENAI_BASE_URL") == true)
    }
  }

  @Test func `Gemini's and Cohere's answers and refusals go the same way`() async throws {
    let gemini = try FakeOpenAI {
      $0.isOriginal = false
      $0.basePath = "/v1beta/openai"
      $0.models = ["gemini-3.6-flash"]
      $0.frames = FakeOpenAI.frames(["By 120 degrees [1]."])
    }
    let cohere = try FakeCohere { $0.frames = FakeCohere.frames(["By 120 ", "degrees [1]."]) }
    let refusal = #"[{"error":{"code":429,"message":"Slow down.","status":"RESOURCE_EXHAUSTED"}}]"#
    let providers: [(FakeProvider, [String: String], LocalResponse)] = [
      (
        gemini.provider, ["GEMINI_API_KEY": gemini.key, "GEMINI_BASE_URL": gemini.baseURL],
        .json(refusal, status: 429)
      ),
      (
        cohere.provider, ["COHERE_API_KEY": cohere.key, "COHERE_BASE_URL": cohere.baseURL],
        FakeCohere.error(429, "slow down")
      ),
    ]
    for (provider, environment, refusal) in providers {
      try await withRAGServer(configure: hurried(environment)) { server in
        let reply = try await server.post("/api/chat", question).json(ChatReply.self)
        #expect(reply.answer == "By 120 degrees [1]." && !reply.degraded && reply.usage != nil)
        for _ in 0..<8 { provider.misbehave(.answer(refusal)) }
        let degraded = try await server.post("/api/chat", question).json(ChatReply.self)
        #expect(degraded.degraded && degraded.degradedReason?.code == "rate_limited")
      }
      #expect(provider.violations == [])
    }
  }

  @Test func `a key that is changed takes effect with the next message`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["By 120 degrees [1]."])
    }
    try await withTemporaryDirectory { directory in
      let file = directory + "/.env"
      try write("OPENAI_BASE_URL=\(fake.baseURL)\nOPENAI_API_KEY=sk-wrong\n", to: file)
      fake.provider.misbehave(.answer(FakeOpenAI.error(401, code: "invalid_api_key")))
      try await withRAGServer(configure: setting(\.settings, Settings(environment: [:], file: file))) {
        server in
        let first = try await server.post("/api/chat", question).json(ChatReply.self)
        #expect(first.degradedReason?.code == "authentication")
        try write("OPENAI_BASE_URL=\(fake.baseURL)\nOPENAI_API_KEY=\(fake.key)\n", to: file)
        let second = try await server.post("/api/chat", question).json(ChatReply.self)
        #expect(!second.degraded && second.answer == "By 120 degrees [1].")
        #expect(fake.provider.requests.last?.header("Authorization") == "Bearer \(fake.key)")
        try write("CHAT_PROVIDER=extractive\n", to: file)
        let third = try await server.post("/api/chat", question).json(ChatReply.self)
        #expect(third.model == nil && !third.degraded)
        try write("CHAT_PROVIDER=nonsense\n", to: file)
        let refused = try await server.post("/api/chat", question)
        #expect(refused.status == 503)
        #expect(try refused.failure().hint?.contains("CHAT_PROVIDER") == true)
      }
    }
  }

  @Test func `the instructions of a file reach the model, and a file that is gone is told`() async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["By 120 degrees [1]."])
    }
    try await withTemporaryDirectory { directory in
      let file = directory + "/prompt.txt"
      try write("You are a pirate.", to: file)
      for path in [file, "~/prompt.txt"] {
        let settings = ["SYSTEM_PROMPT_FILE": path, "HOME": directory]
        try await withRAGServer(configure: asking(fake, settings)) { server in
          _ = try await server.post("/api/chat", question)
          let sent = fake.provider.bodies("/v1/chat/completions").last
          #expect(
            sent?["messages"]?.elements?.first?["content"]?.string?.hasPrefix("You are a pirate.\n\n") == true
          )
        }
      }
      try await withRAGServer(configure: asking(fake, ["SYSTEM_PROMPT_FILE": file + "x"])) { server in
        let response = try await server.post("/api/chat", question)
        #expect(response.status == 503)
        #expect(try response.failure().code == "misconfigured")
      }
    }
  }
}
