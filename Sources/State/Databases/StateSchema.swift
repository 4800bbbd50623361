/// The tables of state, as numbered changes. Never edit one that has shipped.
enum StateSchema {
  /// `application_id` of a state file: "FNST" in ASCII.
  static let applicationID = 0x464E_5354

  /// - Parameter serial: the type of a primary key that counts up by itself.
  static func steps(serial: String) -> [String] {
    [
      """
      CREATE TABLE conversations (
        id TEXT NOT NULL PRIMARY KEY,
        owner TEXT NOT NULL,
        title TEXT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        metadata TEXT NOT NULL,
        messages BIGINT NOT NULL,
        next_position BIGINT NOT NULL
      );
      CREATE INDEX conversations_by_owner ON conversations (owner, updated_at, id);

      CREATE TABLE messages (
        id TEXT NOT NULL PRIMARY KEY,
        conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
        position BIGINT NOT NULL,
        role TEXT NOT NULL,
        text TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        detail TEXT NOT NULL,
        UNIQUE (conversation, position)
      );

      CREATE TABLE limits (
        key TEXT NOT NULL,
        duration BIGINT NOT NULL,
        uses TEXT NOT NULL,
        expires_at BIGINT NOT NULL,
        PRIMARY KEY (key, duration)
      );
      CREATE INDEX limits_by_expiry ON limits (expires_at);

      CREATE TABLE accounts (
        id TEXT NOT NULL PRIMARY KEY,
        email TEXT NOT NULL UNIQUE,
        name TEXT,
        password_hash TEXT NOT NULL,
        is_disabled BIGINT NOT NULL,
        is_administrator BIGINT NOT NULL,
        created_at BIGINT NOT NULL,
        failures BIGINT NOT NULL,
        last_failure BIGINT,
        tokens_valid_after BIGINT NOT NULL
      );

      CREATE TABLE api_keys (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE,
        prefix TEXT NOT NULL,
        scopes TEXT NOT NULL,
        origins TEXT NOT NULL,
        created_at BIGINT NOT NULL,
        expires_at BIGINT,
        is_revoked BIGINT NOT NULL
      );

      CREATE TABLE revoked_tokens (
        id TEXT NOT NULL PRIMARY KEY,
        expires_at BIGINT NOT NULL
      );
      CREATE INDEX revoked_tokens_by_expiry ON revoked_tokens (expires_at);

      CREATE TABLE records (
        sequence \(serial),
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        owner TEXT,
        subject TEXT,
        created_at BIGINT NOT NULL,
        updated_at BIGINT NOT NULL,
        content TEXT NOT NULL
      );
      CREATE INDEX records_by_kind ON records (kind, created_at, sequence);
      CREATE INDEX records_by_owner ON records (owner, kind, created_at, sequence);
      CREATE INDEX records_by_subject ON records (subject, kind, created_at, sequence);

      CREATE TABLE health (
        id TEXT NOT NULL PRIMARY KEY,
        value TEXT NOT NULL
      )
      """
    ]
  }
}
