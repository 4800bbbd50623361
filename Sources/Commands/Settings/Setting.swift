/// The value of one variable and where it was set; printing it shows only the latter.
public struct Setting: Sendable, Equatable, CustomStringConvertible {
  public enum Origin: Sendable, Equatable, CustomStringConvertible {
    case environment
    case file(String, line: Int)

    public var description: String {
      switch self {
      case .environment: "environment"
      case .file(let path, let line): "\(path), line \(line)"
      }
    }
  }

  public let value: String
  public let origin: Origin

  public var description: String { "set (\(origin))" }
}

/// Whether a variable is set and where, for reports; it holds no value that could be shown.
public struct SettingDescription: Sendable, Equatable, CustomStringConvertible {
  public let name: String
  /// Nil where the variable is not set, or set to nothing.
  public let origin: Setting.Origin?

  public var description: String { "\(name): \(origin.map { "set (\($0))" } ?? "unset")" }
}

/// What is wrong with a settings file.
public struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
  public let path: String
  /// Nil where the file as a whole could not be read.
  public let line: Int?
  public let reason: String

  public var description: String {
    line.map { "\(path), line \($0): \(reason)." } ?? "Cannot read settings from '\(path)': \(reason)."
  }
}
