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
