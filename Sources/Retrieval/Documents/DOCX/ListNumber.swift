/// Counters of lists in the formats of ECMA-376's `ST_NumberFormat`.
enum ListNumber {
  /// Formats without letters or numerals of their own here are written in decimal.
  static func text(_ number: Int, format: String) -> String {
    switch format {
    case "lowerLetter": letters(number) ?? "\(number)"
    case "upperLetter": letters(number)?.uppercased() ?? "\(number)"
    case "lowerRoman": roman(number)?.lowercased() ?? "\(number)"
    case "upperRoman": roman(number) ?? "\(number)"
    case "decimalZero": (0..<10).contains(number) ? "0\(number)" : "\(number)"
    default: "\(number)"
    }
  }

  /// a to z, then aa, bb: the letter is repeated, as Word does.
  private static func letters(_ number: Int) -> String? {
    guard (1...780).contains(number) else { return nil }
    let letter = Character(Unicode.Scalar(UInt8(ascii: "a") + UInt8((number - 1) % 26)))
    return String(repeating: letter, count: (number - 1) / 26 + 1)
  }

  private static func roman(_ number: Int) -> String? {
    guard (1..<4000).contains(number) else { return nil }
    let steps = [
      (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
      (10, "X"),
      (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ]
    var rest = number
    var text = ""
    for (value, numeral) in steps {
      while rest >= value {
        text += numeral
        rest -= value
      }
    }
    return text
  }
}
