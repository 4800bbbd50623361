import Dispatch

extension State {
  /// State in the file at `path`, which is made if there is none; any number of processes may share it.
  ///
  /// - Throws: `StateError` if it cannot be opened, is something else, or was made by a newer version.
  public static func sqlite(path: String) async throws -> State {
    try await State(blocking { try SQLiteDatabase(path: path) })
  }

  /// Runs `body` outside the cooperative pool.
  static func blocking<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
  ) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
      DispatchQueue(label: "footnote.state.opening").async {
        continuation.resume(with: Swift.Result { try body() })
      }
    }
  }
}
