/// Lists of options as programs print them: each on a line of its own, with what it does behind two spaces or more, or on
/// the lines below it.
enum HelpLines {
  /// An option, and what it does.
  struct Entry: Equatable {
    var term: Range<Int>
    var text: Range<Int>
  }

  /// Fewest words of what a program says that it does.
  private static let fewest = 3

  /// The options of a paragraph; nil where its lines are anything else.
  ///
  /// - Parameter lines: its lines, without the white space around them.
  static func entries(_ lines: [Range<Int>], in utf8: [UInt8]) -> [Entry]? {
    var entries: [(term: Range<Int>, text: Range<Int>?)] = []
    var hasTitle = false
    for (index, line) in lines.enumerated() {
      if let option = OptionLine(line, in: utf8) {
        guard utf8[option.term].split(separator: 0x20).count <= OptionLine.longestTerm else { return nil }
        entries.append((option.term, option.text))
      } else if let last = entries.last {
        entries[entries.count - 1].text = (last.text?.lowerBound ?? line.lowerBound)..<line.upperBound
      } else if index == 0, utf8[line].last == UInt8(ascii: ":") {
        hasTitle = true
      } else {
        return nil
      }
    }
    let whole = entries.compactMap { entry in entry.text.map { Entry(term: entry.term, text: $0) } }
    // Of files, a listing tells with such signs what may be done with them, and how many links they have.
    let told = whole.count { isLetter(utf8[$0.text.lowerBound]) }
    guard whole.count == entries.count, told * 2 > whole.count, whole.count > (hasTitle ? 0 : 1) else {
      return nil
    }
    return whole
  }

  /// Whether a paragraph above such a list says what the program does: "Stop one or more running containers".
  static func arePurpose(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    guard let first = lines.first, (0x41...0x5A).contains(utf8[first.lowerBound]) else { return false }
    let words = lines.flatMap { utf8[$0].split(separator: 0x20) }
    guard words.count >= fewest, words.first?.last != UInt8(ascii: ":") else { return false }
    return !lines.contains { line in utf8[line].contains { "{};=<>[]_\\/$#|".utf8.contains($0) } }
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
