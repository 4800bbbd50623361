import Redis

extension State {
  /// The same state with conversations and limits in the Redis server at `url`, such as
  /// `redis://user:password@host:6379/0` or `unix:///path/to/socket?db=0`; accounts and records stay where they are.
  ///
  /// How well they survive a failure of that server is its own setting: `appendonly yes`, and a `maxmemory-policy` that
  /// evicts nothing.
  ///
  /// - Parameter prefix: what the names of all keys begin with.
  /// - Throws: `StateError`, which never shows the password, if it cannot be reached.
  public func keepingConversations(
    inRedis url: String, prefix: String = "footnote:", connections: Int = 10, timeout: Int = 5000
  ) async throws -> State {
    var settings: ConnectionSettings
    do throws(RedisError) {
      settings = try ConnectionSettings(url)
    } catch {
      throw StateError(.unavailable, "REDIS_URL cannot be read: \(error.message). Correct it, or unset it.")
    }
    settings.timeout = timeout
    let database = RedisDatabase(settings: settings, prefix: prefix, connections: connections)
    try await database.check()
    return State(
      conversations: RedisConversationStore(database: database), limits: RedisLimitStore(database: database),
      accounts: accounts, records: records, backends: backends + [database])
  }
}
