/// Whether a variable is set and where, for reports; it holds no value that could be shown.
public struct SettingDescription: Sendable, Equatable, CustomStringConvertible {
  public let name: String
  /// Nil where the variable is not set, or set to nothing.
  public let origin: Setting.Origin?

  public var description: String { "\(name): \(origin.map { "set (\($0))" } ?? "unset")" }
}
