/// The value of one field of a log line.
public enum LogValue: Sendable, Equatable, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByBooleanLiteral
{
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)

  public init(stringLiteral value: String) { self = .string(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(booleanLiteral value: Bool) { self = .boolean(value) }

  /// `redact` sees texts only: a number is no secret.
  func json(_ redact: (String) -> String) -> String {
    switch self {
    case .string(let text): JSONText.quoted(redact(text))
    case .integer(let value): "\(value)"
    case .number(let value): value.isFinite ? "\(value)" : "null"
    case .boolean(let value): "\(value)"
    }
  }

  /// Quoted where a reader could not tell the end of it otherwise.
  func plain(_ redact: (String) -> String) -> String {
    switch self {
    case .string(let text):
      let safe = redact(text)
      let isBare =
        !safe.isEmpty && safe.unicodeScalars.allSatisfy { $0.value > 0x20 && $0 != "\"" && $0 != "=" }
      return isBare ? TerminalText.clean(safe) : JSONText.quoted(safe)
    case .integer(let value): return "\(value)"
    case .number(let value): return "\(value)"
    case .boolean(let value): return "\(value)"
    }
  }
}
