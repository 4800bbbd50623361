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
