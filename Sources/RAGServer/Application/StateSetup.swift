import Commands
import FoundationEssentials
import State

/// Where state is kept, as options and variables say.
struct StateSetup: Sendable {
  /// The file of `--state`; nil for `state.db` beside the corpus.
  var path: String?
  /// The corpus.
  var database: String
  var settings: Settings

  static let variables = [
    EnvironmentVariable(
      "DATABASE_URL", "PostgreSQL database for the state of many servers, in place of --state."),
    EnvironmentVariable(
      "REDIS_URL", "Redis server for conversations and limits; redis://host:6379 or unix:///socket."),
  ]

  /// - Throws: `StateError` if the state database cannot be opened.
  func open() async throws -> State {
    let state: State =
      if let url = settings["DATABASE_URL"] {
        try await .postgreSQL(url: url)
      } else {
        try await .sqlite(path: path ?? defaultPath)
      }
    guard let url = settings["REDIS_URL"] else { return state }
    do {
      return try await state.keepingConversations(inRedis: url)
    } catch {
      await state.close()
      throw error
    }
  }

  /// The file that is to hold the state and is not there; nil if it is, or the state is kept elsewhere.
  var missingFile: String? {
    let file = path ?? defaultPath
    return settings["DATABASE_URL"] == nil && !FileManager.default.fileExists(atPath: file) ? file : nil
  }

  private var defaultPath: String {
    guard let slash = database.lastIndex(of: "/") else { return "state.db" }
    return database[...slash] + "state.db"
  }
}
