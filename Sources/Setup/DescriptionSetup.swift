import Commands
import Retrieval

/// What the settings say of descriptions that are made without anybody watching.
public enum DescriptionSetup {
  public static let variables = [
    EnvironmentVariable(
      "DESCRIBE_LIMIT",
      "What describing one document that is sent may cost: dollars, or tokens with a t; 1 dollar by default.")
  ]

  public static func limit(_ settings: Settings) throws(UsageError) -> ChunkDescriber.Limit {
    try settings.read("DESCRIBE_LIMIT", .spending) ?? .dollars(1)
  }
}

extension ValueType<ChunkDescriber.Limit> {
  /// Dollars, or tokens with a `t` behind them.
  public static var spending: ValueType<ChunkDescriber.Limit> {
    ValueType(placeholder: "LIMIT", expectation: "dollars, such as 2.50, or tokens, such as 500000t") {
      text, _ in
      if text.hasSuffix("t") {
        return Int(text.dropLast()).flatMap { $0 > 0 ? .tokens($0) : nil }
      }
      let amount = text.hasPrefix("$") ? text.dropFirst() : text[...]
      return Double(amount).flatMap { $0.isFinite && $0 >= 0 ? .dollars($0) : nil }
    }
  }
}
