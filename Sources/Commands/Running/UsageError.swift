/// A command line that cannot be carried out as written: shown with a hint, and the process ends with 64.
///
/// A command may throw it too, for options that do not go together.
public struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What is wrong and why, in one line.
  public let message: String
  /// What to do about it; `Program` adds "Run '… --help'" where this is nil.
  public let hint: String?

  public init(_ message: String, hint: String? = nil) {
    self.message = message
    self.hint = hint
  }

  public var description: String { hint.map { "\(message)\n\($0)" } ?? message }
}
