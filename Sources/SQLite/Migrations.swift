/// Numbered schema changes: number n brings `user_version` from n - 1 to n. Never edit one that has shipped.
public struct Migrations: Sendable {
  private let steps: [String]

  public init(_ steps: [String]) { self.steps = steps }

  /// The version that a database has after all of them.
  public var version: Int { steps.count }

  /// The first of them, which make a database as an earlier version did.
  public func prefix(_ count: Int) -> Migrations { Migrations(Array(steps.prefix(count))) }

  /// Brings the database to `version`, each step in a transaction of its own. Safe to run at once from
  /// several processes. A database of a later version is left as it is.
  public func apply(to connection: Connection) throws {
    while try connection.schemaVersion < version {
      try connection.transaction {
        // Read again under the write lock: another process may have been here.
        let current = try connection.schemaVersion
        guard current < version else { return }
        try connection.execute(steps[current])
        try connection.execute("PRAGMA user_version = \(current + 1)")
      }
    }
  }
}

extension Connection {
  /// The number that migrations count in, 0 for an empty database.
  public var schemaVersion: Int {
    get throws { try first("PRAGMA user_version") { $0.integer(0) } ?? 0 }
  }
}
