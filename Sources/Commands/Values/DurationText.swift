/// The notation of durations on the command line.
enum DurationText {
  /// Longest first where one unit is the beginning of another.
  private static let units: [(name: String, seconds: Double)] = [
    ("us", 1e-6), ("µs", 1e-6), ("ms", 1e-3), ("s", 1), ("min", 60), ("m", 60), ("h", 3600), ("d", 86400),
  ]

  static func value(_ text: String) -> Duration? {
    if let seconds = Decimal.value(text) { return duration(seconds: seconds) }
    var rest = Substring(text.lowercased())
    var seconds = 0.0
    var previous = Double.infinity
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      guard let amount = Decimal.value(String(digits)) else { return nil }
      rest = rest.dropFirst(digits.count)
      let word = rest.prefix { $0.isLetter }
      // Units go from large to small, so that "30m1h" is taken for the slip it is.
      guard let unit = units.first(where: { $0.name == word }), unit.seconds < previous else { return nil }
      previous = unit.seconds
      rest = rest.dropFirst(word.count)
      seconds += amount * unit.seconds
    }
    return text.isEmpty ? nil : duration(seconds: seconds)
  }

  /// Nothing negative, and nothing that would not fit in 100 years.
  private static func duration(seconds: Double) -> Duration? {
    (0...3_155_760_000).contains(seconds) ? .seconds(seconds) : nil
  }

  /// The shortest exact notation: "1h30m", "2s", "500ms".
  static func typed(_ duration: Duration) -> String {
    var microseconds =
      duration.components.seconds * 1_000_000 + duration.components.attoseconds / 1_000_000_000_000
    if microseconds == 0 { return "0s" }
    var text = ""
    for (name, size) in [("d", 86_400_000_000), ("h", 3_600_000_000), ("m", 60_000_000), ("s", 1_000_000)]
      as [(String, Int64)]
    {
      if microseconds >= size { text += "\(microseconds / size)\(name)" }
      microseconds %= size
    }
    if microseconds >= 1000 { text += "\(microseconds / 1000)ms" }
    if microseconds % 1000 > 0 { text += "\(microseconds % 1000)us" }
    return text
  }
}
