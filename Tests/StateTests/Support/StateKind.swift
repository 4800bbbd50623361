import State
import TestSupport
import Testing

/// An implementation that the contract holds for.
enum StateKind: String, Sendable, CustomTestStringConvertible {
  case sqlite, postgreSQL, redis

  /// Those whose servers are installed; the suites of the others say what is missing.
  static var allCases: [StateKind] {
    [.sqlite] + (PostgreSQLServer.isInstalled ? [.postgreSQL] : [])
      + (RedisServer.isInstalled ? [.redis] : [])
  }

  var testDescription: String { rawValue }
}

/// Where a state is kept.
struct StatePlace: Sendable {
  /// A file, or the URL of a PostgreSQL database.
  var database: String
  var redis: (url: String, prefix: String)?

  /// What the fixture is called with, so that it opens the same.
  var arguments: [String] { [database, redis?.url ?? "", redis?.prefix ?? ""] }

  func open() async throws -> State {
    let state: State =
      database.hasPrefix("postgresql://")
      ? try await .postgreSQL(url: database, connections: 4) : try await .sqlite(path: database)
    guard let redis else { return state }
    return try await state.keepingConversations(inRedis: redis.url, prefix: redis.prefix, connections: 4)
  }
}

/// Gives `body` an empty place.
func withPlace(_ kind: StateKind, _ body: (StatePlace) async throws -> Void) async throws {
  try await withTemporaryDirectory { directory in
    switch kind {
    case .sqlite: try await body(StatePlace(database: directory + "/state.db"))
    case .postgreSQL:
      try await body(StatePlace(database: try await PostgreSQLServer.shared.emptySchema()))
    case .redis:
      let server = try await RedisServer.shared
      try await body(StatePlace(database: directory + "/state.db", redis: (server.url, server.prefix())))
    }
  }
}

/// Opens `count` states in one empty place, as that many servers would, and closes them after `body`.
func withStates(
  _ kind: StateKind, _ count: Int, _ body: ([State]) async throws -> Void
) async throws {
  try await withPlace(kind) { place in
    var states: [State] = []
    for _ in 0..<count { states.append(try await place.open()) }
    do {
      try await body(states)
    } catch {
      for state in states { await state.close() }
      throw error
    }
    for state in states { await state.close() }
  }
}

func withState(_ kind: StateKind, _ body: (State) async throws -> Void) async throws {
  try await withStates(kind, 1) { try await body($0[0]) }
}
