extension ValueType where Value == Duration {
  /// A length of time: `500ms`, `2s`, `1.5m`, `1h30m`, `7d`; a bare number counts seconds.
  public static var duration: ValueType<Duration> {
    ValueType(
      placeholder: "TIME", expectation: "a duration such as 500ms, 2s, 1m or 1h30m",
      text: DurationText.typed
    ) { text, _ in
      DurationText.value(text)
    }
  }

  /// A length of time within `range`, both ends included.
  public static func duration(in range: ClosedRange<Duration>) -> ValueType<Duration> {
    let ends = "\(DurationText.typed(range.lowerBound)) and \(DurationText.typed(range.upperBound))"
    return ValueType(
      placeholder: "TIME", expectation: "a duration between \(ends), such as 500ms, 2s or 1m",
      text: DurationText.typed
    ) { text, _ in
      DurationText.value(text).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueType where Value == Int {
  /// A size in bytes: `512`, `200MB` (powers of 1000), `64MiB` (powers of 1024), `1.5GB`.
  public static var byteCount: ValueType<Int> {
    ValueType(
      placeholder: "SIZE", expectation: "a size such as 500kB, 200MB or 1.5GiB", text: ByteCountText.typed
    ) { text, _ in
      ByteCountText.value(text)
    }
  }
}

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

/// The notation of sizes on the command line.
enum ByteCountText {
  private static let units: [String: Double] = [
    "": 1, "b": 1, "k": 1e3, "kb": 1e3, "m": 1e6, "mb": 1e6, "g": 1e9, "gb": 1e9, "t": 1e12, "tb": 1e12,
    "ki": 1024, "kib": 1024, "mi": 1_048_576, "mib": 1_048_576, "gi": 1_073_741_824, "gib": 1_073_741_824,
    "ti": 1_099_511_627_776, "tib": 1_099_511_627_776,
  ]

  static func value(_ text: String) -> Int? {
    let digits = text.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
    var unit = text.dropFirst(digits.count)
    if unit.first == " " { unit = unit.dropFirst() }
    guard let amount = Decimal.value(String(digits)), let factor = units[unit.lowercased()] else {
      return nil
    }
    // Int(exactly:) of a rounded product refuses what does not fit, infinity included.
    return Int(exactly: (amount * factor).rounded())
  }

  /// The shortest exact notation: "64MiB", "200MB", "1500".
  static func typed(_ count: Int) -> String {
    let names = ["TiB", "TB", "GiB", "GB", "MiB", "MB", "KiB", "kB"]
    for name in names {
      let factor = Int(units[name.lowercased()] ?? 1)
      if count != 0, count.isMultiple(of: factor) { return "\(count / factor)\(name)" }
    }
    return "\(count)"
  }
}
