import FoundationEssentials
import Redis
import TestSupport
import Testing

@testable import State

@Suite(.enabled(if: RedisServer.isInstalled, Comment(rawValue: RedisServer.absence)))
struct RedisStateTests {
  @Test func `conversations and limits are in Redis, accounts and records in the other database`()
    async throws
  {
    try await withPlace(.redis) { place in
      let state = try await place.open()
      #expect(state.parts.map(\.name) == ["state_database", "redis"])
      _ = try await state.conversations.open(sampleConversation("c"))
      try await state.records.add(sampleRecord("r"))
      await state.close()
      let file = try await State.sqlite(path: place.database)
      #expect(try await file.conversations.conversation("c") == nil)
      #expect(try await file.records.record("r") != nil)
      await file.close()
    }
  }

  @Test func `killed and started again, the server has everything and connections recover`() async throws {
    // A server of its own: others use the shared one at the same time.
    let server = try await RedisServer()
    try await withTemporaryDirectory { directory in
      let state = try await State.sqlite(path: directory + "/state.db")
        .keepingConversations(inRedis: server.url, connections: 4)
      _ = try await state.conversations.open(sampleConversation("c"))
      let window = LimitWindow(limit: 100, duration: .seconds(3600))
      for half in 0..<2 {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<20 {
            group.addTask {
              try await state.conversations.append([sampleMessage("\(half).\(number)")], to: "c")
              _ = try await state.limits.use("k", cost: 1, windows: [window], at: moment(0), force: false)
            }
          }
          try await group.waitForAll()
        }
        if half == 0 { try await server.restart() }
      }
      #expect(try await state.conversations.messages(of: "c", last: nil).count == 40)
      let left = try await state.limits.use("k", cost: 0, windows: [window], at: moment(0), force: false)
      #expect(left.remaining == 60)
      await state.close()
    }
    try await server.stop()
  }

  @Test func `a password is used, and never shown`() async throws {
    let server = try await RedisServer.shared
    let right = "redis://footnote:red-is%2Fs%40cret@127.0.0.1:\(server.port)/2"
    try await withTemporaryDirectory { directory in
      let file = try await State.sqlite(path: directory + "/state.db")
      let state = try await file.keepingConversations(inRedis: right, prefix: server.prefix())
      #expect(state.parts.last?.place == "Redis, 127.0.0.1:\(server.port)/2")
      let wrong = [
        (right.replacing("red-is", with: "open"), "refuses the user or the password of REDIS_URL"),
        (right.replacing("/2", with: "/77"), "failed: Redis error"),
        ("redis://:open-sesame@127.0.0.1:1", "Check that Redis runs there"),
        ("unix://\(directory)/none?db=0", "Check that Redis runs there"),
        ("rediss://:open-sesame@127.0.0.1", "TLS (rediss://) is not supported"),
        ("redis://:open-s@s@me@127.0.0.1:1", "REDIS_URL"),
        ("http://open-sesame", "REDIS_URL cannot be read"), ("redis://host/two", "REDIS_URL cannot be read"),
      ]
      for (url, words) in wrong {
        let error = await #expect(throws: StateError.self) {
          _ = try await file.keepingConversations(inRedis: url, timeout: 1000)
        }
        let message = error?.message ?? ""
        #expect(message.contains(words), "\(message)")
        for secret in ["open", "s@cret", "s%40cret", "sesame"] {
          #expect(!message.contains(secret), "\(message)")
        }
      }
      await state.close()
    }
  }

  @Test func `addresses are read as people write them`() throws {
    let cases: [(String, ConnectionSettings.Place, Int)] = [
      ("redis://localhost", .host("localhost", port: 6379), 0),
      ("redis://10.0.0.1:7000/3", .host("10.0.0.1", port: 7000), 3),
      ("redis://[::1]:6380/", .host("::1", port: 6380), 0),
      ("unix:///run/redis/redis.sock", .socket("/run/redis/redis.sock"), 0),
      ("unix://:secret@/run/redis.sock?db=4", .socket("/run/redis.sock"), 4),
    ]
    for (text, server, database) in cases {
      let settings = try ConnectionSettings(text)
      #expect(settings.server == server && settings.database == database)
      #expect(!settings.place.contains("secret"))
    }
  }
}
