/// Numbered schema changes of the tables that belong to one `name`, counted in the table `footnote_migrations`. Never
/// edit one that has shipped.
public struct Migrations: Sendable {
  private let name: String
  private let steps: [String]
  /// Key of the advisory lock under which they run: "FNST" in ASCII.
  private static let lock = 0x464E_5354

  public init(_ name: String, _ steps: [String]) {
    self.name = name
    self.steps = steps
  }

  /// The version that a database has after all of them.
  public var version: Int { steps.count }

  /// Brings the database to `version`, all in one transaction, which other servers that start at the same time wait for:
  /// each step runs exactly once. Returns the version that is there then, which is a later one where a newer program has
  /// been; such a database is left as it is.
  public func apply(to connection: Connection) throws -> Int {
    // Most starts find everything done, and take no lock.
    if let current = try existing(connection), current >= version { return current }
    return try connection.transaction {
      try connection.execute("SELECT pg_advisory_xact_lock(\(Self.lock))")
      try connection.execute(
        "CREATE TABLE IF NOT EXISTS footnote_migrations (name TEXT NOT NULL PRIMARY KEY, version BIGINT NOT NULL)"
      )
      let current = try recorded(connection) ?? 0
      guard current < version else { return current }
      for step in steps[current...] { try connection.execute(step) }
      try connection.forEach(
        """
        INSERT INTO footnote_migrations (name, version) VALUES ($1, $2)
        ON CONFLICT (name) DO UPDATE SET version = $2
        """, [.text(name), .integer(version)]
      ) { _ in }
      return version
    }
  }

  private func existing(_ connection: Connection) throws -> Int? {
    let hasTable = try connection.first("SELECT to_regclass('footnote_migrations') IS NOT NULL") {
      $0.text(0)
    }
    return hasTable == "t" ? try recorded(connection) : nil
  }

  private func recorded(_ connection: Connection) throws -> Int? {
    try connection.first("SELECT version FROM footnote_migrations WHERE name = $1", .text(name)) {
      $0.integer(0)
    }
  }
}
