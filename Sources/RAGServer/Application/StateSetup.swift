import State

/// Where state is kept, as options and variables say.
struct StateSetup: Sendable {
  /// The file of `--state`; nil for `state.db` beside the corpus.
  var path: String?
  /// The corpus.
  var database: String

  /// - Throws: `StateError` if the state database cannot be opened.
  func open() async throws -> State {
    try await .sqlite(path: path ?? defaultPath)
  }

  private var defaultPath: String {
    guard let slash = database.lastIndex(of: "/") else { return "state.db" }
    return database[...slash] + "state.db"
  }
}
