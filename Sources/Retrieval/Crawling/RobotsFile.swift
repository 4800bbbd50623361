/// What a site's `/robots.txt` allows a crawler (RFC 9309).
struct RobotsFile: Sendable, Equatable {
  private struct Rule: Sendable, Equatable {
    var allows: Bool
    /// UTF-8 of the pattern, with `*` for any text and `$` at the end for the end of the path.
    var pattern: [UInt8]
  }

  private var rules: [Rule] = []
  /// Seconds between requests that the file asks for; not in the RFC, but widely used.
  private(set) var delay: Double?
  /// Absolute URLs of sitemaps, for whichever crawler.
  private(set) var sitemaps: [String] = []

  /// For a site without the file: everything is allowed.
  static let none = RobotsFile()

  /// For a site whose file cannot be had because its server fails: nothing is allowed (RFC 9309, section 2.3.1.4).
  static let unreachable = RobotsFile(forbidsAll: true)

  private init(forbidsAll: Bool = false) {
    if forbidsAll { rules = [Rule(allows: false, pattern: Array("/".utf8))] }
  }

  /// - Parameter agent: the product token of the crawler, such as `footnote`; groups for it win over those for `*`.
  init(_ text: String, agent: String) {
    let agent = agent.lowercased()
    var groups: [(agents: [String], rules: [Rule], delay: Double?)] = []
    var isNaming = false
    // 500 KiB must be read, no more (RFC 9309, section 2.5).
    for line in text.prefix(512_000).split(whereSeparator: \.isNewline) {
      let line = line.prefix { $0 != "#" }
      guard let colon = line.firstIndex(of: ":") else { continue }
      let key = Self.trimmed(line[..<colon]).lowercased()
      let value = Self.trimmed(line[line.index(after: colon)...])
      switch key {
      case "user-agent":
        if !isNaming { groups.append((agents: [], rules: [], delay: nil)) }
        isNaming = true
        groups[groups.count - 1].agents.append(value.lowercased())
      case "allow", "disallow":
        isNaming = false
        guard !groups.isEmpty, !value.isEmpty else { continue }
        groups[groups.count - 1].rules.append(Rule(allows: key == "allow", pattern: Array(value.utf8)))
      case "crawl-delay":
        isNaming = false
        guard !groups.isEmpty, let seconds = Double(value), seconds >= 0 else { continue }
        groups[groups.count - 1].delay = min(seconds, 3600)
      case "sitemap": sitemaps.append(value)
      default: continue
      }
    }
    let own = groups.filter { $0.agents.contains(agent) }
    let chosen = own.isEmpty ? groups.filter { $0.agents.contains("*") } : own
    rules = chosen.flatMap(\.rules)
    delay = chosen.compactMap(\.delay).max()
  }

  /// Whether the path with its query may be fetched: the longest pattern that matches decides, and of two as long
  /// the one that allows.
  func allows(_ path: String) -> Bool {
    if path == "/robots.txt" { return true }
    let path = Array(path.utf8)
    var best: Rule?
    for rule in rules where Self.matches(rule.pattern, path) {
      guard let known = best else {
        best = rule
        continue
      }
      if rule.pattern.count > known.pattern.count
        || (rule.pattern.count == known.pattern.count && rule.allows)
      {
        best = rule
      }
    }
    return best?.allows ?? true
  }

  /// Greedy matching of a prefix, with one place to go back to: linear but for the last star.
  private static func matches(_ pattern: [UInt8], _ path: [UInt8]) -> Bool {
    let isWhole = pattern.last == UInt8(ascii: "$")
    let pattern = isWhole ? pattern.dropLast() : pattern[...]
    var (p, t) = (0, 0)
    var star: (p: Int, t: Int)?
    while true {
      if p == pattern.count {
        if !isWhole || t == path.count { return true }
      } else if pattern[p] == UInt8(ascii: "*") {
        star = (p + 1, t)
        p += 1
        continue
      } else if t < path.count, pattern[p] == path[t] {
        p += 1
        t += 1
        continue
      }
      guard let last = star, last.t < path.count else { return false }
      star = (last.p, last.t + 1)
      (p, t) = (last.p, last.t + 1)
    }
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0.isWhitespace || $0 == "\u{FEFF}" }
    return String(start.reversed().drop { $0.isWhitespace }.reversed())
  }
}
