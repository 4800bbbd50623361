/// Why input could not be read.
public enum InputError: Error, Sendable, Equatable, CustomStringConvertible {
  case lineTooLong(Int, limit: Int)
  case unreadable(String)

  public var description: String {
    switch self {
    case .lineTooLong(let line, let limit):
      "Line \(line) of the input is longer than \(HumanText.bytes(limit)); put line ends between the texts."
    case .unreadable(let reason): "Cannot read the input: \(reason)."
    }
  }
}
