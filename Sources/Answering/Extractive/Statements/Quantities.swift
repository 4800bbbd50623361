/// The quantities that a text names: of which kinds they are, and what is counted.
struct Quantities: Sendable, Equatable {
  /// Kinds of quantities, told apart by their units.
  struct Kinds: OptionSet, Sendable, Hashable {
    let rawValue: UInt16

    static let mass = Kinds(rawValue: 1)
    static let length = Kinds(rawValue: 2)
    static let time = Kinds(rawValue: 4)
    static let speed = Kinds(rawValue: 8)
    static let money = Kinds(rawValue: 16)
    static let share = Kinds(rawValue: 32)
    static let temperature = Kinds(rawValue: 64)
    static let area = Kinds(rawValue: 128)
    static let volume = Kinds(rawValue: 256)
    /// Anything else that is measured, such as power, voltage and bytes.
    static let other = Kinds(rawValue: 512)
    /// A number without a unit that is no date.
    static let count = Kinds(rawValue: 1024)

    static let all = Kinds(rawValue: 2047)
  }

  private(set) var kinds: Kinds = []
  /// Stems of the words that stand behind numbers, as far as they may be what these count.
  private(set) var counted: Set<String> = []

  /// How many words behind a number may name what it counts: "57 active degrees of freedom".
  private static let reach = 3

  init(of text: String) {
    let tokens = Words.spaced(text)
    var read = 0
    for (index, token) in tokens.enumerated() {
      guard index >= read, let number = Number(token) else { continue }
      read = add(number, tokens, index)
    }
  }

  /// - Returns: index of the first token behind the number and what belongs to it, such as "million".
  private mutating func add(_ number: Number, _ tokens: [String], _ index: Int) -> Int {
    if number.isMoney { kinds.insert(.money) }
    var next = index + 1
    var end = next
    var unit = number.unit
    if unit.isEmpty, !number.endsClause {
      // "3 million people", "two and a half hours"
      while next < tokens.count, next - index < 4, Self.scales.contains(Self.word(tokens[next])) { next += 1 }
      end = next
      if next < tokens.count { unit = Self.word(tokens[next]) }
      let following = tokens[next...].prefix(Self.reach).flatMap { Words.of($0) }.filter {
        !Words.isCommon($0)
      }
      counted.formUnion(following.map(Words.stem))
      next += 1
    }
    let after = next < tokens.count ? Self.word(tokens[next]) : ""
    if unit == "per", after == "cent" { kinds.insert(.share) }
    // Degrees of freedom are counted.
    if let kind = Self.units[unit], !(kind == .temperature && after == "of") {
      let isRate = kind == .length && ["per", "an", "a"].contains(after)
      kinds.formUnion(isRate ? .speed : kind)
      return end
    }
    if !number.isMoney, !number.isVague, unit != "per", !Self.isName(index, tokens),
      !Self.isDate(number, index, tokens)
    {
      kinds.insert(.count)
    }
    return end
  }

  /// Whether a number belongs to a name, such as "Section 5" and "Super Bowl 50".
  private static func isName(_ index: Int, _ tokens: [String]) -> Bool {
    guard index > 1, tokens[index].first?.isNumber == true else { return false }
    let previous = tokens[index - 1]
    return previous.first?.isUppercase == true && previous.last?.isLetter == true
      && !Words.months.contains(word(previous))
  }

  private static func isDate(_ number: Number, _ index: Int, _ tokens: [String]) -> Bool {
    let before = index > 0 ? word(tokens[index - 1]) : ""
    let after = index + 1 < tokens.count ? word(tokens[index + 1]) : ""
    if Words.months.contains(before) || Words.months.contains(after) { return true }
    return number.isYear && (datePrepositions.contains(before) || tokens[index].first == "(")
  }

  /// A token in lower case without the signs around it.
  private static func word(_ token: String) -> String {
    token.trimming { ".,;:!?()[]\"'“”*_".contains($0) }.lowercased()
  }

  /// A token that begins with a number, or is one in words.
  private struct Number {
    /// What stands right behind the digits: the unit of `48kg` and of `20-foot`.
    var unit = ""
    var isMoney = false
    var isYear = false
    /// "several" and "few" are no numbers, but measure with a unit.
    var isVague = false
    /// Whether a sign behind it parts it from what follows.
    var endsClause = false

    init?(_ token: String) {
      guard let first = token.first else { return nil }
      endsClause = token.last.map { ".,;:!?)".contains($0) } ?? false
      if first.isLetter {
        let text = Quantities.word(token)
        if text.hasPrefix("us$") {
          isMoney = true
          return
        }
        let parts = text.split(separator: "-", maxSplits: 1)
        guard let word = parts.first.map(String.init) else { return nil }
        isVague = ["several", "few"].contains(word)
        guard isVague || Quantities.numerals.contains(word) else { return nil }
        if parts.count > 1, Quantities.units[String(parts[1])] != nil { unit = String(parts[1]) }
        return
      }
      var rest = token.drop { "([\"“~≈<>+±−-".contains($0) }
      if let sign = rest.first, "$€£¥".contains(sign) {
        isMoney = true
        rest = rest.dropFirst()
      }
      let digits = rest.prefix { $0.isASCII && $0.isNumber || ".,–/".contains($0) }
      guard let digit = digits.first, digit.isNumber || digit == "." && digits.count > 1 else { return nil }
      let plain = digits.reversed().drop { ".,".contains($0) }
      // A version is none.
      guard plain.count(where: { $0 == "." }) < 2 else { return nil }
      isYear = plain.count == 4 && Int(String(plain.reversed())).map { (1000...2199).contains($0) } ?? false
      unit = Quantities.word(String(rest.dropFirst(digits.count).drop { "-".contains($0) }))
      if ["st", "nd", "rd", "th", "s"].contains(unit) { return nil }
    }
  }

  private static let datePrepositions: Set<String> = [
    "in", "since", "by", "from", "until", "till", "of", "to", "between", "and", "after", "before", "during",
    "early", "late", "mid", "year", "circa", "c", "summer", "winter", "spring", "autumn",
  ]
  private static let scales: Set<String> = [
    "hundred", "thousand", "million", "billion", "trillion", "and", "a", "half", "to", "or",
  ]
  /// Numbers as words.
  static let numerals: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "dozen", "twenty",
    "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand", "million",
    "billion", "half", "third", "quarter",
  ]
}

extension Quantities {
  /// What a question asks for: the kinds that would be an answer, none if it asks for no quantity, and stems of what is to
  /// be counted.
  static func asked(_ words: [String]) -> (kinds: Kinds, counted: [String]) {
    for (index, word) in words.enumerated() where word == "how" && index + 1 < words.count {
      let rest = words[(index + 2)...]
      switch words[index + 1] {
      case "many":
        let things = rest.prefix(3).filter { !Words.isCommon($0) }
        if let unit = things.first.flatMap({ units[$0] }) { return ([unit, .count], []) }
        return ([.count, .share], things.prefix(2).map(Words.stem))
      case "much":
        if rest.contains(where: weighing.contains) { return (.mass, []) }
        if rest.contains(where: paying.contains) { return (.money, []) }
        return (.all, [])
      case let measure:
        // "… that shows how far it bends" may be answered in other ways.
        if let kinds = measures[measure] { return (index < 3 ? kinds : kinds.union(.count), []) }
      }
    }
    if words.first == "what", words.contains("weigh") { return (.mass, []) }
    if words.contains("percentage") || words.contains("percent") { return (.share, []) }
    return ([], [])
  }

  /// Whether "how" asks for a quantity before it: "how tall".
  static func isMeasure(_ word: String) -> Bool { measures[word] != nil }

  private static let weighing: Set<String> = ["weigh", "weighs", "weighed", "weight"]
  private static let paying: Set<String> = [
    "cost", "costs", "pay", "paid", "price", "money", "charge", "charged", "earn",
  ]
  private static let measures: [String: Kinds] = [
    "heavy": .mass, "tall": .length, "high": .length, "wide": .length, "deep": .length, "thick": .length,
    "broad": .length, "far": [.length, .time], "long": [.length, .time], "fast": [.speed, .other, .share],
    "old": [.time, .count], "hot": .temperature, "cold": .temperature, "warm": .temperature, "large": .all,
    "big": .all,
    "often": [.count, .time, .share],
  ]
}
