/// What a number format of a spreadsheet writes around its numbers: the currency of `#,##0.00 "€"`, the unit of `0" kg"`
/// (ECMA-376 part 1, 18.8.31).
struct NumberUnit: Equatable {
  private(set) var prefix = ""
  private(set) var suffix = ""
  /// Digits after the point.
  private(set) var decimals = 0

  private static let longest = 20
  private static let currencies: Set<Character> = [
    "€", "$", "£", "¥", "₹", "₽", "₺", "₩", "₴", "฿", "₫", "₪",
  ]

  /// Nil for a format that adds nothing, scales its numbers, or shows them in a way of its own.
  ///
  /// - Parameter code: a format whose numbers are neither dates nor percentages.
  init?(_ code: String) {
    var isBehind = false
    var isInDecimals = false
    var isInDigits = false
    var characters = Self.section(code)[...]
    func add(_ text: some StringProtocol, to unit: inout NumberUnit) {
      if isBehind { unit.suffix += text } else { unit.prefix += text }
    }
    while let character = characters.popFirst() {
      let wasInDigits = isInDigits
      isInDigits = false
      switch character {
      case "0", "#", "?":
        if isBehind, !wasInDigits { return nil }
        (isBehind, isInDigits) = (true, true)
        if isInDecimals, character == "0" { decimals += 1 }
      case "." where wasInDigits: (isInDecimals, isInDigits) = (true, true)
      case "," where wasInDigits:
        // Behind the last digit it divides by a thousand.
        guard let next = characters.first, "0#?".contains(next) else { return nil }
        isInDigits = true
      case "\"":
        let text = characters.prefix { $0 != "\"" }
        characters = characters.dropFirst(text.count + 1)
        add(text, to: &self)
      case "[":
        let text = characters.prefix { $0 != "]" }
        characters = characters.dropFirst(text.count + 1)
        // `[$€-407]` is a currency and a language; others are colours and conditions.
        if text.first == "$" { add(text.dropFirst().prefix { $0 != "-" }, to: &self) }
      case "\\": if let literal = characters.popFirst() { add(String(literal), to: &self) }
      case "_", "*": _ = characters.popFirst()
      case " ": add(" ", to: &self)
      case _ where Self.currencies.contains(character): add(String(character), to: &self)
      case "/", "E", "e", "@": return nil
      default: continue
      }
    }
    (prefix, suffix) = (Whitespace.collapsed(prefix), Whitespace.collapsed(suffix))
    let signs = prefix + suffix
    guard isBehind, signs.count <= Self.longest,
      signs.contains(where: { $0.isLetter || Self.currencies.contains($0) || $0 == "°" })
    else { return nil }
  }

  func shown(_ value: Double) -> String {
    var number = NumberFormat.decimal(value)
    if decimals > 0, abs(value) < 1e12, number.contains(".") {
      number = Self.rounded(value, to: min(decimals, 6))
    }
    let isWord = prefix.last?.isLetter ?? false
    let text = prefix + (isWord ? " " : "") + number
    return suffix.isEmpty ? text : "\(text) \(suffix)"
  }

  /// With exactly so many digits after the point.
  private static func rounded(_ value: Double, to decimals: Int) -> String {
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = Int((abs(value) * Double(power)).rounded())
    let fraction = String(scaled % power)
    let zeros = String(repeating: "0", count: decimals - fraction.count)
    return "\(value < 0 && scaled > 0 ? "-" : "")\(scaled / power).\(zeros)\(fraction)"
  }

  /// The format of numbers above zero: up to the first semicolon outside quotes.
  private static func section(_ code: String) -> String {
    var isQuoted = false
    var isEscaped = false
    return String(
      code.prefix { character in
        if isEscaped {
          isEscaped = false
        } else if character == "\"" {
          isQuoted.toggle()
        } else if character == "\\", !isQuoted {
          isEscaped = true
        }
        return character != ";" || isQuoted
      })
  }
}
