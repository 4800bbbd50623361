/// Lines between two equal rows of dashes, as AsciiDoc sets listings. The lower row underlines nothing.
enum FencedLines {
  /// Ranges of lines, with the rows around them.
  static func ranges(in lines: TextLines) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var line = 0
    while line < lines.count {
      if opens(line, in: lines), let end = end(of: line, in: lines) {
        ranges.append(line..<end + 1)
        line = end
      }
      line += 1
    }
    return ranges
  }

  /// How many lines a listing may have.
  private static let longest = 400

  private static func isRow(_ line: ArraySlice<UInt8>) -> Bool {
    let line = line.trimmedSpace
    return line.count >= 4 && line.allSatisfy { $0 == UInt8(ascii: "-") }
  }

  /// Whether a row stands where a fence does: above a line of text, and below none but what announces a listing.
  private static func opens(_ line: Int, in lines: TextLines) -> Bool {
    guard lines[line].first == UInt8(ascii: "-"), isRow(lines[line]), line + 1 < lines.count,
      !lines.isBlank(line + 1)
    else { return false }
    guard line > 0, let first = lines[line - 1].trimmedSpace.first else { return true }
    let above = lines[line - 1].trimmedSpace
    return above == [UInt8(ascii: "+")] || first == UInt8(ascii: "[") && above.last == UInt8(ascii: "]")
      || first == UInt8(ascii: ".") && above.count > 1
  }

  /// The row that closes a listing.
  private static func end(of start: Int, in lines: TextLines) -> Int? {
    let row = lines[start].trimmedSpace
    for line in start + 1..<min(lines.count, start + longest)
    where lines[line].trimmedSpace.elementsEqual(row) {
      guard !lines.isBlank(line - 1) else { return nil }
      // One line between two rows may be a title in a box, which is as wide as that.
      let title = lines[start + 1].trimmedSpace
      let isBoxed = line == start + 2 && title.count <= row.count && isTitle(title)
      return isBoxed ? nil : line
    }
    return nil
  }

  private static func isTitle(_ line: ArraySlice<UInt8>) -> Bool {
    guard let first = line.first else { return false }
    return (first.isASCIIUppercase || first.isASCIIDigit || first >= 0x80)
      && !line.contains { "{}$;=<>|\\".utf8.contains($0) }
  }
}
