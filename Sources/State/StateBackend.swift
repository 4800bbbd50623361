/// A database that state is kept in.
protocol StateBackend: Sendable {
  /// The name of the part in health reports: `state_database`, `redis`.
  var part: String { get }
  /// What it is and where, without passwords.
  var place: String { get }

  /// Writes something and reads it back.
  ///
  /// - Throws: `StateError` if that does not work.
  func check() async throws

  func close() async
}

extension StateBackend where Self: StateDatabase {
  /// Writes a row of `health` and reads it.
  func checkRow(_ value: String) async throws {
    try await write { session in
      try session.run(
        "INSERT INTO health (id, value) VALUES ('check', $1) ON CONFLICT (id) DO UPDATE SET value = $1",
        .text(value))
    }
    let isThere = try await read { session in
      try session.first("SELECT value FROM health WHERE id = 'check'") { _ in true } ?? false
    }
    guard isThere else {
      throw StateError(.unavailable, "A row that was written to \(place) is not there when it is read.")
    }
  }
}
