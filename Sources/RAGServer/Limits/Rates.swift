import Commands
import State

/// How often something may happen, as a setting says it: "5 per minute; 100 per day".
struct Rates: Sendable, Equatable, CustomStringConvertible {
  /// All of them hold; none where there is no limit.
  var windows: [LimitWindow]

  static let unlimited = Rates(windows: [])

  init(windows: [LimitWindow]) {
    self.windows = windows
  }

  /// Rules separated by `;` or `,`, each `5 per minute`, `5/minute`, `5 per 10 minutes`; or `off`. Nil for any other
  /// text.
  init?(_ text: String) {
    let text = text.lowercased()
    let rules = text.split { $0 == ";" || $0 == "," }.filter { !Self.words($0).isEmpty }
    if rules.count == 1, ["off", "none", "unlimited"].contains(Self.words(rules[0]).joined()) {
      self = .unlimited
      return
    }
    windows = []
    for rule in rules {
      guard let window = Self.window(Self.words(rule)) else { return nil }
      windows.append(window)
    }
    guard !windows.isEmpty else { return nil }
  }

  private static func words(_ text: Substring) -> [Substring] {
    text.replacing("/", with: " per ").split { $0 == " " || $0 == "\t" }.map { Substring($0) }
  }

  private static func window(_ words: [Substring]) -> LimitWindow? {
    guard words.count == 3 || words.count == 4, words[1] == "per" || words[1] == "a" || words[1] == "every",
      let limit = Int(words[0]), (1...1_000_000_000).contains(limit), let last = words.last,
      let unit = unit(last), let count = words.count == 4 ? Int(words[2]) : 1, (1...100_000).contains(count)
    else { return nil }
    return LimitWindow(limit: Double(limit), duration: .seconds(unit * count))
  }

  private static func unit(_ word: Substring) -> Int? {
    switch word.hasSuffix("s") && word.count > 1 ? word.dropLast() : word {
    case "s", "sec", "second": 1
    case "m", "min", "minute": 60
    case "h", "hour": 3600
    case "d", "day": 86_400
    case "week": 604_800
    case "month": 2_592_000
    default: nil
    }
  }

  /// The policy in the form of draft-ietf-httpapi-ratelimit-headers-07: `5;w=60, 100;w=86400`.
  var policy: String {
    windows.map { "\(Self.whole($0.limit));w=\($0.duration.components.seconds)" }.joined(separator: ", ")
  }

  var description: String {
    windows.isEmpty
      ? "off"
      : windows.map { "\(Self.whole($0.limit)) per \(Self.name($0.duration))" }.joined(separator: "; ")
  }

  /// A duration as it is written after "per".
  static func name(_ duration: Duration) -> String {
    let seconds = duration.components.seconds
    for (name, unit) in [("day", 86_400), ("hour", 3600), ("minute", 60)] as [(String, Int64)]
    where seconds.isMultiple(of: unit) && seconds > 0 {
      return seconds == unit ? name : "\(seconds / unit) \(name)s"
    }
    return seconds == 1 ? "second" : "\(seconds) seconds"
  }

  private static func whole(_ limit: Double) -> Int { Int(limit.rounded()) }
}

extension ValueType where Value == Rates {
  static var rates: ValueType<Rates> {
    ValueType(
      placeholder: "RATE", expectation: "a rate such as '5 per minute; 100 per day', or 'off'",
      text: \.description
    ) { text, _ in Rates(text) }
  }
}
