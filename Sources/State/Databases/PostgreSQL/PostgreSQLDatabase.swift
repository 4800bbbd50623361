import Glibc
import PostgreSQL

/// State in a PostgreSQL database, which any number of servers may share.
///
/// Transactions are READ COMMITTED: what must not change between reading and writing is locked by its row.
struct PostgreSQLDatabase: StateDatabase, StateBackend {
  private let settings: ConnectionSettings
  private let pool: ConnectionPool<Connection>
  private let pulse: ServerPulse

  /// How often a transaction is begun again because another one came between.
  private static let attempts: UInt32 = 10
  private static let migrations = Migrations(
    "state", StateSchema.steps(serial: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"))

  var part: String { "state_database" }
  var place: String { "PostgreSQL, \(settings.place)" }

  /// Nothing is connected yet.
  init(settings: ConnectionSettings, connections: Int, patience: Int) {
    self.settings = settings
    pulse = ServerPulse(settings)
    pool = ConnectionPool(label: "footnote.postgresql", size: connections, patience: patience)
  }

  /// Connects and brings the tables up to date.
  func prepare() async throws {
    let place = settings.place
    let version = try await perform { try Self.migrations.apply(to: $0) }
    guard version == Self.migrations.version else {
      await close()
      throw StateError(
        .incompatible,
        "The state in the database \(place) was made by a newer version of footnote (its tables are of version "
          + "\(version), known here is \(Self.migrations.version)). Update footnote, or set another DATABASE_URL."
      )
    }
  }

  func read<Result: Sendable>(
    _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result {
    try await transaction("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", body)
  }

  @discardableResult
  func write<Result: Sendable>(
    _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result {
    try await transaction("BEGIN", body)
  }

  func check() async throws { try await checkRow("\(ContinuousClock.now)") }

  func close() async { await pool.close() }

  private func transaction<Result: Sendable>(
    _ opening: String, _ body: @escaping @Sendable (any StateSession) throws -> Result
  ) async throws -> Result {
    try await perform { connection in
      try connection.transaction(opening) { try body(PostgreSQLSession(connection: connection)) }
    }
  }

  /// Runs `work` with a connection. A lost one is replaced and the work done again, once, unless it may have been
  /// committed; work that met another transaction's is done again after a moment. No connection is tried
  /// to a server that was found silent a moment ago.
  private func perform<Result: Sendable>(
    _ work: @escaping @Sendable (Connection) throws -> Result
  ) async throws -> Result {
    let (settings, pulse) = (settings, pulse)
    return try await pool.perform { slot in
      // A connection that is there may still work.
      guard slot != nil || !pulse.isSilent else {
        throw StateError(
          PostgreSQLError(
            message: "the server does not answer", operation: "begin", isConnectionLost: true),
          place: settings.place)
      }
      var losses = 0
      var attempt: UInt32 = 0
      while true {
        attempt += 1
        // A server that cannot be reached at all is not asked twice.
        var canRepeat = false
        do {
          let connection = try slot ?? Connection(settings, pulse: pulse)
          slot = connection
          defer {
            canRepeat = !connection.isCommitting
            if connection.isLost || connection.isInTransaction { slot = nil }
          }
          return try work(connection)
        } catch let error as PostgreSQLError {
          if error.isConnectionLost { slot = nil }
          if error.isSerialization, attempt < Self.attempts {
            usleep(UInt32.random(in: 500...(2000 * attempt)))
            continue
          }
          losses += error.isConnectionLost ? 1 : 0
          if error.isConnectionLost, canRepeat, losses == 1, !pulse.isSilent { continue }
          throw StateError(error, place: settings.place)
        }
      }
    }
  }
}
