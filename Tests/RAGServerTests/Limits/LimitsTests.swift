import Commands
import FoundationEssentials
import HTTPServer
import State
import TestSupport
import Testing

import struct HTTPServer.Request

@testable import RAGServer

@Suite struct LimitsTests {
  @Test func `questions are limited per client address, and the reply says how`() async throws {
    try await withRAGServer(configure: environment(["RATE_LIMIT": "3 per minute; 100 per day"])) {
      server async throws in
      for left in [2, 1, 0] {
        let response = try await server.ask()
        #expect(response.status == 200)
        #expect(
          response.header("RateLimit-Limit") == "3" && response.header("RateLimit-Remaining") == "\(left)")
        #expect(response.header("RateLimit-Policy") == "3;w=60, 100;w=86400")
      }
      let refused = try await server.ask()
      #expect(refused.status == 429)
      let failure = try refused.failure()
      #expect(failure.code == "rate_limited")
      #expect(failure.message == "Too many requests: 3 per minute are allowed from one client address.")
      #expect(failure.hint?.contains("RATE_LIMIT") == true)
      let wait = try #require(refused.header("Retry-After").flatMap(Int.init))
      #expect((1...60).contains(wait) && refused.header("RateLimit-Remaining") == "0")
      #expect(refused.header("RateLimit-Reset") == "\(wait)")
      for _ in 0..<20 { #expect(try await server.send("GET", "/health").status == 200) }
      #expect(try await server.send("GET", "/api/health").status == 200)
    }
  }

  @Test(arguments: [
    ("/api/chat", #"{"message": "How far does it bend?"}"#),
    ("/api/chat/chat", #"{"session_id": "s", "message": "How far does it bend?"}"#),
    ("/chat", #"{"prompt": "How far does it bend?"}"#),
    (
      "/v1/chat/completions",
      #"{"model": "footnote", "messages": [{"role": "user", "content": "How far does it bend?"}]}"#
    ),
    ("/v1/responses", #"{"model": "footnote", "input": "How far does it bend?"}"#),
  ])
  func `whatever a question is asked through, it counts`(path: String, body: String) async throws {
    try await withRAGServer(configure: environment(["RATE_LIMIT": "1 per minute"])) { server async throws in
      #expect(try await server.ask().status == 200)
      let refused = try await server.post(path, body)
      #expect(refused.status == 429 && refused.header("Retry-After") != nil)
      #expect(refused.header("RateLimit-Remaining") == "0")
    }
  }

  @Test func `what a client sends about its address is believed only through a trusted proxy`() async throws {
    let limit = environment(["RATE_LIMIT": "1 per minute"])
    try await withRAGServer(configure: limit) { server async throws in
      #expect(try await server.ask("X-Forwarded-For: 203.0.113.1").status == 200)
      #expect(try await server.ask("X-Forwarded-For: 203.0.113.2").status == 429)
    }
    let behindProxy: (inout ApplicationConfiguration) -> Void = { configuration in
      limit(&configuration)
      configuration.server.trustedProxies = AddressRanges(["127.0.0.1"]) ?? AddressRanges()
    }
    try await withRAGServer(configure: behindProxy) { server async throws in
      #expect(try await server.ask("X-Forwarded-For: 203.0.113.1").status == 200)
      #expect(try await server.ask("X-Forwarded-For: 203.0.113.2").status == 200)
      // What the client itself wrote stands before what the proxy adds.
      #expect(try await server.ask("X-Forwarded-For: 203.0.113.9, 203.0.113.1").status == 429)
      // A subscriber's IPv6 network is one client.
      #expect(try await server.ask("X-Forwarded-For: 2001:db8:1:2::1").status == 200)
      #expect(try await server.ask("X-Forwarded-For: 2001:db8:1:2:3::9").status == 429)
      #expect(try await server.ask("X-Forwarded-For: 2001:db8:1:3::1").status == 200)
    }
  }

  @Test func `requests at once are counted one by one`() async throws {
    try await withRAGServer(configure: environment(["RATE_LIMIT": "10 per minute"])) { server async throws in
      let answered = try await withThrowingTaskGroup(of: Bool.self) { group in
        for _ in 0..<40 { group.addTask { try await server.ask().status == 200 } }
        return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
      }
      #expect(answered == 10)
    }
  }

  @Test func `users and keys have limits of their own`() async throws {
    let variables = [
      "JWT_SECRET": RAGServerFixture.secret, "RATE_LIMIT": "6 per minute", "USER_RATE_LIMIT": "2 per minute",
      "KEY_RATE_LIMIT": "8 per minute",
    ]
    try await withRAGServer(configure: environment(variables)) { server async throws in
      func statuses(_ credential: String, _ count: Int) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count {
          statuses.append(try await server.ask("Authorization: Bearer \(credential)").status)
        }
        return statuses
      }
      #expect(try await statuses(token(["sub": "ann"]), 3) == [200, 200, 429])
      #expect(try await statuses(token(["sub": "bob"]), 3) == [200, 200, 429])
      // A program that holds a key is not held to its address.
      let key = try await server.makeKey([.chat])
      #expect(try await statuses(key, 9) == Array(repeating: 200, count: 8) + [429])
    }
  }

  @Test func `an administrator is not limited`() async throws {
    let variables = ["ADMIN_API_KEY": RAGServerFixture.adminKey, "RATE_LIMIT": "1 per minute"]
    try await withRAGServer(configure: environment(variables)) { server async throws in
      for _ in 0..<3 {
        #expect(try await server.ask("Authorization: Bearer \(RAGServerFixture.adminKey)").status == 200)
      }
    }
  }

  @Test func `counts outlive a restart`() async throws {
    try await withRAGServer(configure: environment(["RATE_LIMIT": "1 per hour"])) { server async throws in
      #expect(try await server.ask().status == 200)
      await server.application.stop(within: .zero)
      let state = try await State.sqlite(path: server.directory + "/state.db")
      let decision = try await state.limits.use(
        "address:127.0.0.1", cost: 1, windows: [LimitWindow(limit: 1, duration: .seconds(3600))], at: Date(),
        force: false)
      #expect(!decision.isAllowed)
      await state.close()
    }
  }

  @Test func `what models cost is capped per day`() async throws {
    let variables = ["DAILY_COST_LIMIT": "0.50"]
    try await withRAGServer(configure: environment(variables)) { server async throws in
      let limits = server.limits(variables)
      #expect(try await server.ask().status == 200)
      await limits.charge(0.30, Caller())
      #expect(try await server.ask().status == 200)
      await limits.charge(0.30, Caller())
      let refused = try await server.ask()
      #expect(refused.status == 429)
      #expect(try refused.failure().code == "spending_limit")
      #expect(refused.header("Retry-After") != nil)
    }
  }

  @Test func `a conversation has a limit of its own`() async throws {
    try await withRAGServer { server async throws in
      let limits = server.limits(["CONVERSATION_RATE_LIMIT": "2 per minute"])
      for _ in 0..<2 { try await limits.spend(conversation: "c1") }
      let error = await #expect(throws: HTTPError.self) { try await limits.spend(conversation: "c1") }
      #expect(error?.code == "rate_limited")
      try await limits.spend(conversation: "c2")
    }
  }

  @Test func `messages of a conversation are counted whichever way they come`() async throws {
    try await withRAGServer(configure: environment(["CONVERSATION_RATE_LIMIT": "2 per minute"])) {
      server async throws in
      let body =
        #"{"message": "How far does the knee bend?", "conversation_id": "6f1c1a52-0d7e-4c0e-9d43-0f6f4b0a7a11"}"#
      for status in [200, 200, 429] { #expect(try await server.ask(body: body).status == status) }
      #expect(try await server.ask().status == 200)
    }
  }

  @Test(arguments: [false, true])
  func `what an answer cost is charged, streamed or not`(isStreamed: Bool) async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(["It bends by 120 degrees [1]."])
    }
    let variables = ["DAILY_COST_LIMIT": "0.00001", "RATE_LIMIT": "off"]
    try await withRAGServer(configure: asking(fake, variables)) { server async throws in
      let body = #"{"message": "How far does the knee bend?", "stream": \#(isStreamed)}"#
      #expect(try await server.ask(body: body).status == 200)
      let refused = try await server.ask(body: body)
      #expect(refused.status == 429)
      #expect(try refused.failure().code == "spending_limit")
    }
  }

  @Test func `an answer whose reader leaves in the middle is charged all the same`() async throws {
    let provider = try LocalServer { _, connection in
      connection.beginChunks(LocalResponse("", type: "text/event-stream"))
      let frames = FakeOpenAI.frames(["The knee joint bends the leg by 120 degrees [1]. ", "It never"])
      for frame in frames.prefix(3) { connection.chunk("data: \(frame)\n\n") }
      connection.waitForPeerToClose()
    }
    let variables = [
      "OPENAI_BASE_URL": provider.url + "/v1", "OPENAI_API_KEY": "k", "RATE_LIMIT": "off",
      "DAILY_COST_LIMIT": "0.00001",
    ]
    try await withRAGServer(configure: environment(variables)) { server async throws in
      let port = server.port
      try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port)
        let body = #"{"message": "How far does the knee joint bend the leg?", "stream": true}"#
        try client.send(
          "POST /api/chat HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        _ = try client.readUntil("event: delta")
        client.close()
      }
      let limits = server.limits(variables)
      try await poll { await limits.budget(key: nil)?.left == 0 }
      #expect(try await server.ask().status == 429)
      let records = server.application.state.records
      try await poll {
        try await records.records(RecordQuery(kind: Record.Kind.usage)).contains {
          ($0.content["cost"]?.double ?? 0) > 0
        }
      }
    }
  }

  @Test(arguments: ["/api/chatkit/session", "/api/errors"])
  func `what anybody may begin is limited per client network, and less for those who are known`(
    path: String
  ) async throws {
    let variables = ["ADMIN_API_KEY": RAGServerFixture.adminKey]
    let configure: (inout ApplicationConfiguration) -> Void = { configuration in
      environment(variables)(&configuration)
      configuration.server.trustedProxies = AddressRanges(["127.0.0.1"]) ?? AddressRanges()
    }
    try await withRAGServer(configure: configure) { server async throws in
      func status(_ headers: String...) async throws -> Int {
        try await server.send(
          "POST", path, headers: ["Content-Type: application/json"] + headers, body: "{}"
        ).status
      }
      var allowed = 0
      while allowed < 300, try await status("X-Forwarded-For: 2001:db8::\(allowed + 1)") == 200 {
        allowed += 1
      }
      #expect(allowed == 240)
      #expect(try await status("X-Forwarded-For: 2001:db8:0:1::1") == 200)
      guard path.hasPrefix("/api/chatkit") else { return }
      let key = try await server.makeKey([.chat])
      for credential in [key, RAGServerFixture.adminKey] {
        #expect(
          try await status("X-Forwarded-For: 2001:db8::1", "Authorization: Bearer \(credential)") == 200)
      }
    }
  }

  @Test(arguments: [FailingLimitStore.Manner.throwing, .hanging])
  func `what anybody may begin passes where it cannot be counted`(manner: FailingLimitStore.Manner)
    async throws
  {
    var limits = Limits(
      store: FailingLimitStore(manner: manner), settings: .init(environment: [:]), report: { _ in })
    limits.deadline = .milliseconds(50)
    let request = Request(head: RequestHead(method: .post, target: "/api/chatkit/session"))
    let response = try await PublicLimit(limits: limits).respond(to: request) { _ in Response(status: .ok) }
    #expect(response.status == .ok)
  }

  @Test func `a counter that whoever asked has not waited for is not reported`() async throws {
    let reports = MemorySink()
    let limits = Limits(
      store: FailingLimitStore(manner: .hanging), settings: .init(environment: [:]),
      report: { try? reports.write($0) })
    let request = Request(head: RequestHead(method: .post, target: "/api/chat"))
    let task = Task { try await limits.spend(request, Caller(), .model) }
    task.cancel()
    _ = try await task.value
    #expect(reports.text.isEmpty)
  }

  @Test(arguments: [FailingLimitStore.Manner.throwing, .hanging])
  func `a counter that fails lets requests pass and is reported`(manner: FailingLimitStore.Manner)
    async throws
  {
    let reports = MemorySink()
    var limits = Limits(
      store: FailingLimitStore(manner: manner), settings: .init(environment: [:]),
      report: { try? reports.write($0) })
    limits.deadline = .milliseconds(50)
    let request = Request(head: RequestHead(method: .post, target: "/api/chat"))
    #expect(try await limits.spend(request, Caller(), .model) == [:])
    #expect(reports.text.contains("passed uncounted"))
  }

  @Test func `a limit that is changed into nonsense while running leaves the standard in force`() async throws
  {
    try await withRAGServer(configure: environment(["RATE_LIMIT": "plenty"])) { server async throws in
      #expect(try await server.ask().header("RateLimit-Policy") == "30;w=60")
    }
  }
}

/// Waits until `condition` holds, at most for 20 seconds.
private func poll(_ condition: () async throws -> Bool) async throws {
  let start = ContinuousClock.now
  while try await !condition() {
    try #require(.now - start < .seconds(20))
    try await Task.sleep(for: .milliseconds(10))
  }
}

/// A store that does not work.
struct FailingLimitStore: LimitStore {
  enum Manner: Sendable { case throwing, hanging }

  let manner: Manner

  func use(
    _ key: String, cost: Double, windows: [LimitWindow], at now: Date, force: Bool
  ) async throws -> LimitDecision {
    if manner == .hanging { try await Task.sleep(for: .seconds(60)) }
    throw StateError(.unavailable, "The disk is gone.")
  }
}

extension RAGServerFixture {
  /// Limits over the same counters as the server's.
  fileprivate func limits(_ variables: [String: String]) -> Limits {
    Limits(store: application.state.limits, settings: Settings(environment: variables), report: { _ in })
  }
}
