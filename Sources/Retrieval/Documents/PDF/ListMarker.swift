/// Bullets and numbers at the start of a line.
enum ListMarker {
  enum Kind { case bullet, number }

  static func kind(_ text: String) -> Kind? {
    let first = text.prefix { $0 != " " }
    guard first.endIndex < text.endIndex else { return nil }
    if isBullet(String(first)) || first == "-" || first == "–" || first == "*" { return .bullet }
    guard let last = first.last, last == "." || last == ")" else { return nil }
    let bare = first.dropLast().drop { $0 == "(" }
    let isNumber = (1...3).contains(bare.count) && bare.allSatisfy { $0.isASCII && $0.isNumber }
    let isLetter = bare.count == 1 && last == ")" && bare.allSatisfy { $0.isASCII && $0.isLowercase }
    return isNumber || isLetter ? .number : nil
  }

  /// Whether the text is a bullet and nothing else.
  static func isBullet(_ text: String) -> Bool {
    text.count == 1 && text.allSatisfy { "•◦▪▫‣⁃●○■□➢➤✓·∙\u{F0B7}\u{F0A7}\u{F0D8}".contains($0) }
  }
}
