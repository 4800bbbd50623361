/// Quantities as people read them; machines get JSON with plain numbers.
public enum HumanText {
  /// Decimal units with two or three digits: "999 B", "1.2 kB", "340 MB".
  public static func bytes(_ count: Int) -> String {
    guard count.magnitude >= 1000 else { return "\(count) B" }
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"]
    var value = Double(count) / 1000
    var unit = 0
    // 999.95 and up would round to four digits.
    while value.magnitude >= 999.5, unit < units.count - 1 {
      value /= 1000
      unit += 1
    }
    return "\(fixed(value, digits: value.magnitude < 9.95 ? 1 : 0)) \(units[unit])"
  }

  /// Whole numbers in groups of three: "1,204,000".
  public static func count(_ count: Int) -> String {
    let digits = Array(String(count.magnitude))
    var text = count < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text += "," }
      text.append(digit)
    }
    return text
  }

  /// "1 document", "1,204 documents"; `plural` where adding an s does not do.
  public static func count(_ count: Int, _ noun: String, plural: String? = nil) -> String {
    "\(Self.count(count)) \(count == 1 ? noun : plural ?? "\(noun)s")"
  }

  /// The two largest units that matter: "850 µs", "2.4 s", "3 min 5 s", "2 h 5 min", "3 d 4 h".
  public static func duration(_ duration: Duration) -> String {
    let seconds = duration.seconds
    guard seconds >= 0 else { return "-\(Self.duration(.zero - duration))" }
    if seconds < 0.0009995 { return "\(fixed(seconds * 1e6, digits: 0)) µs" }
    if seconds < 0.9995 { return "\(fixed(seconds * 1e3, digits: 0)) ms" }
    if seconds < 9.95 { return "\(fixed(seconds, digits: 1)) s" }
    return wholeSeconds(duration)
  }

  /// The same without fractions of a second, for estimates: "3 s".
  static func wholeSeconds(_ duration: Duration) -> String {
    let whole = Int(min(max(0, duration.seconds.rounded()), 1e15))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return pair(whole / 60, "min", whole % 60, "s") }
    let minutes = (whole + 30) / 60
    if minutes < 1440 { return pair(minutes / 60, "h", minutes % 60, "min") }
    let hours = (whole + 1800) / 3600
    return pair(hours / 24, "d", hours % 24, "h")
  }

  /// Events a second: "312/s", "3.2/s", and "12/min" below one a second.
  public static func rate(_ perSecond: Double) -> String {
    if perSecond >= 9.95 { return "\(count(Int(min(perSecond.rounded(), 1e15))))/s" }
    if perSecond >= 0.95 { return "\(fixed(perSecond, digits: 1))/s" }
    return "\(fixed(perSecond * 60, digits: perSecond * 60 < 9.95 ? 1 : 0))/min"
  }

  /// Rounds half away from zero to `digits` decimal places (at most 6), always shown.
  public static func fixed(_ value: Double, digits: Int) -> String {
    guard value.isFinite, value.magnitude < 1e12 else { return "\(value)" }
    var scale = 1
    for _ in 0..<min(digits, 6) { scale *= 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard scale > 1 else { return "\(sign)\(scaled)" }
    let fraction = String(scaled % scale)
    let zeros = String(repeating: "0", count: min(digits, 6) - fraction.utf8.count)
    return "\(sign)\(scaled / scale).\(zeros)\(fraction)"
  }

  private static func pair(_ large: Int, _ largeUnit: String, _ small: Int, _ smallUnit: String) -> String {
    small == 0 ? "\(large) \(largeUnit)" : "\(large) \(largeUnit) \(small) \(smallUnit)"
  }
}

extension Duration {
  /// With the precision of a `Double`.
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}
