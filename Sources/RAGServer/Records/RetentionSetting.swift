import Commands
import State

/// How long records are kept, as `RECORD_RETENTION` says it.
enum RetentionSetting {
  static let variables = [
    EnvironmentVariable(
      "RECORD_RETENTION",
      "How long questions, use, and what pages report are kept: 90d by default, or off for ever.")
  ]

  static let standard = RecordDays(count: 90)

  /// - Throws: `UsageError` naming the variable.
  static func read(_ settings: Settings) throws(UsageError) -> RecordRetention {
    let days = try settings.read("RECORD_RETENTION", .recordDays) ?? standard
    return RecordRetention(age: days.count.map { Double($0) * 86_400 })
  }
}

/// A number of days, or for ever.
struct RecordDays: Sendable, Equatable, CustomStringConvertible {
  /// Nil for ever.
  var count: Int?

  var description: String { count.map { "\($0)d" } ?? "off" }
}

extension ValueType where Value == RecordDays {
  /// `90d` or `90`, or `off`. No other unit: where a bare number counts seconds, a slip would remove everything.
  static var recordDays: ValueType<RecordDays> {
    ValueType(
      placeholder: "DAYS", expectation: "a number of days such as 90d, or 'off'", text: \.description
    ) { text, _ in
      let text = text.lowercased()
      if ["off", "none", "0", "0d"].contains(text) { return RecordDays(count: nil) }
      let digits = text.hasSuffix("d") ? text.dropLast() : text[...]
      guard digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let count = Int(digits),
        (1...36_500).contains(count)
      else { return nil }
      return RecordDays(count: count)
    }
  }
}
