/// Why a local model cannot be used.
public enum LocalModelError: Error, Equatable, CustomStringConvertible {
  /// There is no model in the directory.
  case notInstalled(ModelDirectory)

  public var description: String {
    switch self {
    case .notInstalled(let directory):
      """
      There is no embedding model in '\(directory.path)' (\(directory.source.rawValue)). \
      Run 'ingest model pull \(directory.name)' or scripts/quickstart.sh, \
      or name another directory with FOOTNOTE_MODEL_DIR.
      """
    }
  }
}
