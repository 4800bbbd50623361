import Retrieval

/// A line that begins with an option of a command, as programs print them: `-x, --extract  take files out of an archive`.
struct OptionLine: Equatable {
  /// The option's names, with what is given to it.
  var term: Range<Int>
  /// What stands behind two spaces or more, or behind a tab; nil where the line ends with the option.
  var text: Range<Int>?

  /// Most words of an option with what is given to it.
  static let longestTerm = 8

  /// Nil for any other line, as an item of a list or a rule.
  ///
  /// - Parameter line: without the white space around it.
  init?(_ line: Range<Int>, in utf8: [UInt8]) {
    guard Self.isOption(utf8[line]) else { return nil }
    let gap = Self.gap(in: utf8[line])
    term = line.lowerBound..<(gap?.lowerBound ?? line.upperBound)
    text = gap.map { $0.upperBound..<line.upperBound }
  }

  /// Whether a line holds nothing but options and what is given to them.
  static func isBare(_ line: String) -> Bool {
    let words = Words.spaced(line)
    return words.count <= longestTerm && !words.contains { Words.isCommon($0.lowercased()) }
      && !".:;!?".contains(line.last ?? " ")
  }

  /// `-x`, `--extract`, `-1`, `-?`.
  private static func isOption(_ line: ArraySlice<UInt8>) -> Bool {
    let signs = line.prefix { $0 == UInt8(ascii: "-") }
    guard (1...2).contains(signs.count), let next = line.dropFirst(signs.count).first else { return false }
    return (0x61...0x7A).contains(next | 0x20) || (0x30...0x39).contains(next)
      || next == UInt8(ascii: "?") || next == UInt8(ascii: "[")
  }

  /// The first run of two spaces or more, or of tabs.
  private static func gap(in line: ArraySlice<UInt8>) -> Range<Int>? {
    var start = line.startIndex
    while let space = line[start...].firstIndex(where: { $0 == 0x20 || $0 == 0x09 }) {
      let end = line[space...].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? line.endIndex
      if end - space > 1 || line[space] == 0x09 { return space..<end }
      start = end
    }
    return nil
  }
}
