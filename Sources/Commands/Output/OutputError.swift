/// Why results could not be written.
public enum OutputError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The reader of a pipe has gone: the work is over, and nothing is wrong.
  case closed
  /// The system's reason, such as a full disk.
  case failed(String)
  /// A value that JSON has no form for, such as an infinite number.
  case unencodable(String)

  public var description: String {
    switch self {
    case .closed: "Cannot write the output: its reader has gone."
    case .failed(let reason): "Cannot write the output: \(reason)."
    case .unencodable(let reason): "Cannot write the output as JSON: \(reason)."
    }
  }
}
