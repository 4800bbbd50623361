import Redis

/// A Redis server that several servers share, through at most so many connections.
///
/// One server, not a cluster: scripts touch keys that they make up themselves.
final class RedisDatabase: StateBackend {
  let prefix: String
  private let settings: ConnectionSettings
  private let pool: ConnectionPool<Connection>

  var part: String { "redis" }
  var place: String { "Redis, \(settings.place)" }

  init(settings: ConnectionSettings, prefix: String, connections: Int) {
    self.settings = settings
    self.prefix = prefix
    pool = ConnectionPool(label: "footnote.redis", size: connections, patience: settings.timeout)
  }

  func command(_ arguments: String...) async throws -> Reply {
    try await perform { try $0.command(arguments) }
  }

  /// Runs a Lua script, which is atomic; its first argument is the prefix of all keys.
  func evaluate(_ script: String, _ arguments: [String]) async throws -> Reply {
    let all = [prefix] + arguments
    return try await perform { try $0.evaluate(script, all) }
  }

  func check() async throws {
    let value = "\(ContinuousClock.now)"
    let key = prefix + "health"
    let read = try await perform { connection in
      try connection.command(["SET", key, value, "EX", "3600"])
      return try connection.command(["GET", key])
    }
    guard read.text != nil else {
      throw StateError(.unavailable, "What was written to \(place) is not there when it is read.")
    }
  }

  func close() async { await pool.close() }

  /// A connection that has broken since it was last used is replaced and the work done again, once.
  func perform<Result: Sendable>(
    _ work: @escaping @Sendable (Connection) throws -> Result
  ) async throws -> Result {
    let settings = settings
    return try await pool.perform { slot in
      while true {
        let isFresh = slot == nil
        do {
          let connection = try slot ?? Connection(settings)
          slot = connection
          return try work(connection)
        } catch let error as RedisError {
          if error.isConnectionLost { slot = nil }
          if error.isConnectionLost, !isFresh { continue }
          throw StateError(error, place: settings.place)
        }
      }
    }
  }
}
