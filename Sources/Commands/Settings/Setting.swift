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
