import Glibc
import TestSupport
import Testing

/// Three processes behind one address: no state is in a process.
@Suite(.enabled(if: ServerGroupNeeds.areMet, ServerGroupNeeds.absence), .timeLimit(.minutes(3)))
struct SeveralServersTests {
  private struct Reply: Decodable {
    var conversationID: String

    enum CodingKeys: String, CodingKey {
      case conversationID = "conversation_id"
    }
  }

  struct Stored: Decodable {
    struct Message: Decodable {
      var role: String
      var content: String
    }

    var messageCount: Int
    var messages: [Message]

    enum CodingKeys: String, CodingKey {
      case messages
      case messageCount = "message_count"
    }
  }

  /// Where conversations and limits are kept: in PostgreSQL with the rest, or in Redis.
  enum Place: String, CaseIterable {
    case postgreSQL, redis

    static var testable: [Place] { RedisServer.isInstalled ? allCases : [.postgreSQL] }

    func run(_ settings: [String: String] = [:], _ body: (ServerGroup) async throws -> Void) async throws {
      guard self == .redis else { return try await withServerGroup(settings, body) }
      let redis = try await RedisServer()
      do {
        try await withServerGroup(settings.merging(["REDIS_URL": redis.url]) { $1 }, body)
      } catch {
        try await redis.stop()
        throw error
      }
      try await redis.stop()
    }
  }

  @Test(.enabled(if: RedisServer.isInstalled, "\(RedisServer.absence)"))
  func `both places are tested`() {
    #expect(Place.testable == Place.allCases)
  }

  @Test(arguments: Place.testable)
  func `a conversation hops between servers with every message, and outlives two of them`(
    place: Place
  ) async throws {
    try await place.run { group in
      var conversation: String?
      var servers: [Int] = []
      for number in 0..<9 {
        let id = conversation.map { #","conversation_id":"\#($0)""# } ?? ""
        let response = try await group.send(
          "POST", "/api/chat", #"{"message":"Does the knee bend \#(number) times?"\#(id)}"#)
        #expect(response.status == 200, "\(response.text)")
        let reply: Reply = try response.json()
        #expect(conversation == nil || reply.conversationID == conversation)
        conversation = reply.conversationID
        servers.append(try #require(group.server(of: response)))
        if number == 4 { group.kill(0) }
        if number == 6 { group.kill(1) }
      }
      #expect(zip(servers.prefix(5), servers.prefix(5).dropFirst()).allSatisfy { $0 != $1 }, "\(servers)")
      #expect(Set(servers.prefix(5)) == [0, 1, 2] && servers.suffix(2) == [2, 2], "\(servers)")
      let response = try await group.send("GET", "/api/conversations/\(try #require(conversation))")
      let stored: Stored = try response.json()
      #expect(stored.messageCount == 18 && stored.messages.count == 18)
      #expect(
        stride(from: 0, to: 18, by: 2).map { stored.messages[$0].content }
          == (0..<9).map { "Does the knee bend \($0) times?" })
      #expect(stride(from: 1, to: 18, by: 2).allSatisfy { stored.messages[$0].role == "assistant" })
    }
  }

  @Test(arguments: Place.testable)
  func `a limit counts once for all of them, and each client by its own address`(place: Place) async throws {
    let settings = ["RATE_LIMIT": "5 per minute", "TRUSTED_PROXIES": "127.0.0.1"]
    try await place.run(settings) { group in
      for client in ["203.0.113.7", "203.0.113.8"] {
        var statuses: [Int] = []
        for _ in 0..<8 {
          statuses.append(
            try await group.send(
              "POST", "/api/chat", #"{"message":"Knee?"}"#, headers: ["X-Forwarded-For: \(client)"]
            ).status)
        }
        #expect(statuses == [200, 200, 200, 200, 200, 429, 429, 429])
      }
    }
  }

  @Test(arguments: Place.testable)
  func `many at once do not get past a limit together`(place: Place) async throws {
    try await place.run(["RATE_LIMIT": "7 per minute"]) { group in
      let statuses = try await withThrowingTaskGroup(of: Int.self) { tasks in
        for _ in 0..<24 {
          tasks.addTask { try await group.send("POST", "/api/chat", #"{"message":"Knee?"}"#).status }
        }
        return try await tasks.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
      }
      #expect(statuses == [200: 7, 429: 17])
    }
  }

  @Test(arguments: Place.testable)
  func `what models may cost is spent once for all of them`(place: Place) async throws {
    // A million tokens in cost 0.75 dollars.
    let provider = try FakeOpenAI {
      $0.isOriginal = false
      $0.frames = FakeOpenAI.frames(
        ["The knee joint bends the leg by 120 degrees [1]."], usage: (1_000_000, 0))
    }
    let settings = [
      "CHAT_PROVIDER": "openai", "OPENAI_API_KEY": provider.key, "OPENAI_BASE_URL": provider.baseURL,
      "DAILY_COST_LIMIT": "2",
    ]
    try await place.run(settings) { group in
      var statuses: [Int] = []
      var servers: Set<Int> = []
      for _ in 0..<7 {
        let response = try await group.send(
          "POST", "/api/chat", #"{"message":"How far does the knee bend?"}"#)
        statuses.append(response.status)
        servers.insert(try #require(group.server(of: response)))
        if response.status == 429 { #expect(try response.failure().code == "spending_limit") }
        if response.status == 200 { #expect(response.text.contains(#""cost":0.7"#), "\(response.text)") }
      }
      #expect(statuses == [200, 200, 200, 429, 429, 429, 429])
      #expect(servers == [0, 1, 2])
    }
  }

  @Test func `a restart of their database is survived by all of them`() async throws {
    try await withServerGroup { group in
      for number in 0..<12 {
        if number == 6 { try await PostgreSQLServer.shared.restart() }
        let response = try await group.send("POST", "/api/chat", #"{"message":"Knee \#(number)?"}"#)
        #expect(response.status == 200, "\(number): \(response.text)")
      }
    }
  }
}
