import FoundationEssentials

/// Accounts, keys and void tokens in an SQL database.
struct SQLAccountStore: AccountStore {
  let database: any StateDatabase

  private static let columns =
    "id, email, name, password_hash, is_disabled, is_administrator, created_at, failures, last_failure, "
    + "tokens_valid_after"
  private static let keyColumns =
    "id, name, hash, prefix, scopes, origins, created_at, expires_at, is_revoked"

  func add(_ account: Account) async throws {
    let isNew = try await database.write { session in
      try session.forEach(
        """
        INSERT INTO accounts (\(Self.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT DO NOTHING
        """, Self.values(account)
      ) { _ in } > 0
    }
    guard isNew else { throw StateError.emailTaken(account.email) }
  }

  func account(email: String) async throws -> Account? {
    try await database.read { session in
      try session.first(
        "SELECT \(Self.columns) FROM accounts WHERE email = $1", .text(email.lowercased()),
        map: { Self.account($0) })
    }
  }

  func account(id: String) async throws -> Account? {
    try await database.read { session in
      try session.first(
        "SELECT \(Self.columns) FROM accounts WHERE id = $1", .text(id), map: { Self.account($0) })
    }
  }

  func accounts() async throws -> [Account] {
    try await database.read { session in
      try session.query("SELECT \(Self.columns) FROM accounts", map: { Self.account($0) })
    }.sorted { $0.email < $1.email }
  }

  func update(
    account id: String, _ change: @escaping @Sendable (inout Account) -> Void
  ) async throws -> Account? {
    try await database.write { session in
      let stored = try session.first(
        "SELECT \(Self.columns) FROM accounts WHERE id = $1\(session.rowLock)", .text(id),
        map: { Self.account($0) })
      guard var account = stored else { return nil }
      change(&account)
      account.id = id
      account.email = account.email.lowercased()
      let other = try session.first(
        "SELECT id FROM accounts WHERE email = $1 AND id <> $2", .text(account.email), .text(id)
      ) { $0.text(0) }
      guard other == nil else { throw StateError.emailTaken(account.email) }
      try session.forEach(
        """
        UPDATE accounts SET email = $2, name = $3, password_hash = $4, is_disabled = $5, is_administrator = $6,
          created_at = $7, failures = $8, last_failure = $9, tokens_valid_after = $10
        WHERE id = $1
        """, Self.values(account)
      ) { _ in }
      return account
    }
  }

  func add(_ key: APIKey) async throws {
    let isNew = try await database.write { session in
      try session.run(
        """
        INSERT INTO api_keys (\(Self.keyColumns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT DO NOTHING
        """,
        .text(key.id), .text(key.name), .text(key.hash), .text(key.prefix),
        StateValue(.array(key.scopes.map(\.rawValue).sorted().map { .string($0) })),
        StateValue(.array(key.origins.map { .string($0) })), StateValue(key.createdAt),
        StateValue(key.expiresAt), StateValue(key.isRevoked)) > 0
    }
    guard isNew else {
      throw StateError(.exists, "There is a key of this id or hash already. Make another one.")
    }
  }

  func key(hash: String) async throws -> APIKey? {
    try await database.read { session in
      try session.first(
        "SELECT \(Self.keyColumns) FROM api_keys WHERE hash = $1", .text(hash), map: { try Self.key($0) })
    }
  }

  func key(id: String) async throws -> APIKey? {
    try await database.read { session in
      try session.first(
        "SELECT \(Self.keyColumns) FROM api_keys WHERE id = $1", .text(id), map: { try Self.key($0) })
    }
  }

  func keys() async throws -> [APIKey] {
    try await database.read { session in
      try session.query(
        "SELECT \(Self.keyColumns) FROM api_keys ORDER BY created_at, id", map: { try Self.key($0) })
    }
  }

  func revoke(key id: String) async throws -> Bool {
    try await database.write { try $0.run("UPDATE api_keys SET is_revoked = 1 WHERE id = $1", .text(id)) > 0 }
  }

  func revoke(token id: String, until expiry: Date) async throws {
    try await database.write { session in
      try session.run("DELETE FROM revoked_tokens WHERE expires_at < $1", StateValue(Date()))
      try session.run(
        """
        INSERT INTO revoked_tokens (id, expires_at) VALUES ($1, $2)
        ON CONFLICT (id) DO UPDATE SET expires_at = $2
        """, .text(id), StateValue(expiry))
    }
  }

  func isRevoked(token id: String) async throws -> Bool {
    try await database.read { session in
      try session.first("SELECT 1 FROM revoked_tokens WHERE id = $1", .text(id)) { _ in true } ?? false
    }
  }

  private static func values(_ account: Account) -> [StateValue] {
    [
      .text(account.id), .text(account.email.lowercased()), StateValue(account.name),
      .text(account.passwordHash),
      StateValue(account.isDisabled), StateValue(account.isAdministrator), StateValue(account.createdAt),
      .integer(account.failures), StateValue(account.lastFailure), StateValue(account.tokensValidAfter),
    ]
  }

  private static func account(_ row: any StateRow) -> Account {
    Account(
      id: row.text(0), email: row.text(1), name: row.optionalText(2), passwordHash: row.text(3),
      isDisabled: row.integer(4) != 0, isAdministrator: row.integer(5) != 0, createdAt: row.date(6),
      failures: row.integer(7), lastFailure: row.optionalDate(8), tokensValidAfter: row.date(9))
  }

  private static func key(_ row: any StateRow) throws -> APIKey {
    let scopes = try row.json(4).array ?? []
    let origins = try row.json(5).array ?? []
    return APIKey(
      id: row.text(0), name: row.text(1), hash: row.text(2), prefix: row.text(3),
      scopes: Set(scopes.compactMap { $0.string.flatMap { APIKey.Scope(rawValue: $0) } }),
      origins: origins.compactMap(\.string), createdAt: row.date(6), expiresAt: row.optionalDate(7),
      isRevoked: row.integer(8) != 0)
  }
}
