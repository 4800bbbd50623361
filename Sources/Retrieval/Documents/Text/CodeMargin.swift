/// The tab before each line of code that stands within a text: what a reader knows to be code, indented as Markdown has it,
/// so that what is stored tells it from prose. Files of code have none, and no other paragraph has it before all its lines.
public enum CodeMargin {
  /// Lines with the margin before each that is not blank.
  static func added(to code: some Collection<UInt8>) -> [UInt8] {
    let lines = code.split(separator: .lineFeed, omittingEmptySubsequences: false).map { line in
      line.allSatisfy(\.isASCIISpace) ? [] : [margin] + line
    }
    return Array(lines.joined(separator: [.lineFeed]))
  }

  /// Whether each of `lines` stands behind the margin; of a text's first line, which may have been cut, only if it is alone.
  ///
  /// - Parameter lines: ranges of one paragraph's lines without the white space around them.
  public static func marks(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    guard let first = lines.first else { return false }
    let others = first.lowerBound == 0 && lines.count > 1 ? lines.dropFirst() : lines[...]
    return others.allSatisfy { line in
      let indent = utf8[..<line.lowerBound].reversed().prefix { $0 != .lineFeed }
      return indent.last == margin
    }
  }

  private static let margin = UInt8(ascii: "\t")
}
