import PostgreSQL

extension State {
  /// State in the database at `url`, such as `postgresql://user:password@host:5432/name`, in the first schema of its
  /// search path; any number of servers may share it, and start at once.
  ///
  /// - Parameters:
  ///   - connections: how many this process opens at most, each when it is first needed.
  ///   - patience: milliseconds that a statement may take, and that one waits for a free connection.
  /// - Throws: `StateError`, which never shows the password, if it cannot be reached or was made by a newer version.
  public static func postgreSQL(
    url: String, connections: Int = 10, patience: Int = 10_000
  ) async throws -> State {
    var settings: ConnectionSettings
    do throws(PostgreSQLError) {
      settings = try ConnectionSettings(url)
    } catch {
      throw StateError(
        .unavailable, "DATABASE_URL cannot be read: \(error.message). Correct it, or unset it to use a file.")
    }
    settings.statementTimeout = patience
    let database = PostgreSQLDatabase(settings: settings, connections: connections, patience: patience)
    try await database.prepare()
    return State(database)
  }
}
