/// A line of a help file of Vim that is a heading.
struct VimHelpHeading {
  /// From 1, the text's own title.
  var level: Int
  var text: [UInt8]

  /// Where a line stands.
  struct Place {
    /// The sign of the row above it: `=` or `-`.
    var rule: UInt8?
    /// Before the first row of `=`.
    var isInPreamble: Bool
    var hasTitle: Bool
    /// Nothing stands right above it but tags, a row or an example's end.
    var isFirst: Bool
    /// Nothing stands right below it.
    var isLast: Bool
  }

  /// Nil for a line that is none.
  init?(_ line: VimHelpLine, at place: Place) {
    let words = line.text
    guard place.isFirst, (2...100).contains(words.count), line.parts == nil, !line.opensCode else {
      return nil
    }
    text = VimHelpLine.plain(words)
    // The user manual counts its sections by tags.
    if line.beginsWithTag, let tag = line.tags.first, tag.allSatisfy({ $0.isNumber || $0 == "." }) {
      text = Array("\(tag) ".utf8) + text
    }
    let depth = Self.depth(words)
    if place.rule == UInt8(ascii: "=") {
      level = depth.map { min($0 + 1, 6) } ?? 2
      return
    }
    let endsSentence = words.last.map(".,;:".utf8.contains) ?? true
    if line.isMarked {
      guard line.indent == 0, !endsSentence || place.isLast else { return nil }
      if text.last == UInt8(ascii: ":") { text.removeLast() }
      level = 3
      return
    }
    if place.isInPreamble, !place.hasTitle, place.isLast, words.count <= 70,
      line.tags.isEmpty ? line.indent >= 8 && !endsSentence : words.last != UInt8(ascii: ":"),
      words.first.map({ $0.isASCIIUppercase || $0 >= 0x80 }) == true
    {
      while text.last == UInt8(ascii: ".") || text.last == .space { text.removeLast() }
      level = 1
      return
    }
    guard line.indent == 0, place.isLast, !endsSentence else { return nil }
    if Self.isCapitals(words) {
      level = 3
    } else if let depth, depth > 1 || !line.tags.isEmpty {
      level = min(depth + 1, 6)
    } else if !line.tags.isEmpty || place.rule != nil, Self.isTitle(words) {
      level = place.isInPreamble ? 2 : 3
    } else {
      return nil
    }
  }

  /// How many numbers a heading begins with: 2 for `4.1 Recording`.
  private static func depth(_ words: [UInt8]) -> Int? {
    let number = words.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
    let rest = words.dropFirst(number.count)
    guard number.first.map(\.isASCIIDigit) == true, number.contains(UInt8(ascii: ".")), rest.first == .space,
      rest.dropFirst().first.map({ $0.isASCIIUppercase || "\"':<".utf8.contains($0) }) == true
    else { return nil }
    return number.split(separator: UInt8(ascii: ".")).count
  }

  /// `MOVE AND EXECUTE`.
  private static func isCapitals(_ words: [UInt8]) -> Bool {
    words.count { $0.isASCIIUppercase } >= 4 && words.first?.isASCIIUppercase == true
      && words.allSatisfy { $0.isASCIIUppercase || $0.isASCIIDigit || " -.()_&,'/".utf8.contains($0) }
  }

  /// Words that begin with a capital letter: names of commands and keys have signs, or none in small letters.
  private static func isTitle(_ words: [UInt8]) -> Bool {
    words.first?.isASCIIUppercase == true && words.contains { $0.isASCIILetter && !$0.isASCIIUppercase }
      && !words.contains { "{}[]|=*".utf8.contains($0) }
  }
}
