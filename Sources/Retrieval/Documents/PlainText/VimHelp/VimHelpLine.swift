/// A line of a help file of Vim: its columns without tabs, and what its marks say. The tags (`*undo-tree*`) are taken out.
struct VimHelpLine {
  /// Columns before the text; tabs go to multiples of 8.
  private(set) var indent = 0
  /// What stands on the line, from its first column that is not blank to its last.
  private(set) var text: [UInt8] = []
  private(set) var tags: [String] = []
  /// Whether the first tag stands before the text.
  private(set) var beginsWithTag = false
  /// Whether an example follows: the line ends with `>`, perhaps with the name of a language.
  private(set) var opensCode = false
  /// Whether the line is a heading of columns, or an example of what is shown: it ends with `~`.
  private(set) var isMarked = false
  /// The line as it is written, for examples.
  private(set) var columns: [UInt8]

  /// The column beyond which a tab is a space.
  private static let widest = 1000

  init(_ line: ArraySlice<UInt8>) {
    columns = []
    for byte in line where byte != 0x0D {
      if byte == 0x09, columns.count < Self.widest {
        columns.append(contentsOf: repeatElement(.space, count: 8 - columns.count % 8))
      } else {
        columns.append(byte == 0x09 ? .space : byte)
      }
    }
    while columns.last == .space { columns.removeLast() }
    read()
  }

  /// A part of a line from a column on.
  init(indent: Int, text: ArraySlice<UInt8>, of line: VimHelpLine) {
    self = line
    self.indent = indent
    self.text = Array(text)
    tags = []
  }

  var isBlank: Bool { columns.isEmpty }
  var isTagsOnly: Bool { text.isEmpty && !tags.isEmpty }

  /// The sign of a row that parts sections: `=` or `-`.
  var rule: UInt8? {
    guard let sign = columns.first, columns.count >= 30,
      sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-"),
      columns.allSatisfy({ $0 == sign })
    else { return nil }
    return sign
  }

  /// Whether an example ends at the line: `<` in the first column.
  var closesCode: Bool { columns.first == UInt8(ascii: "<") && (columns.count == 1 || columns[1] == .space) }

  /// The line after the sign that closes an example.
  var withoutClosing: VimHelpLine { VimHelpLine([.space] + columns.dropFirst()) }

  private mutating func read() {
    var rest = columns
    takeTags(from: &rest)
    if let end = rest.lastIndex(of: UInt8(ascii: ">")), end == 0 || rest[end - 1] == .space,
      rest[(end + 1)...].allSatisfy({ $0.isASCIIAlphanumeric })
    {
      opensCode = true
      rest.removeSubrange(end...)
    } else if rest.last == UInt8(ascii: "~"), rest.count > 1, rest[rest.count - 2] == .space {
      isMarked = true
      rest.removeLast()
    }
    while rest.last == .space { rest.removeLast() }
    indent = rest.prefix { $0 == .space }.count
    text = Array(rest.dropFirst(indent))
  }

  /// Blanks the tags, so that the columns stay.
  private mutating func takeTags(from rest: inout [UInt8]) {
    let star = UInt8(ascii: "*")
    var index = 0
    while index < rest.count {
      guard rest[index] == star, index == 0 || rest[index - 1] == .space,
        let end = rest[(index + 1)...].firstIndex(where: {
          $0 == star || $0 == .space || $0 == UInt8(ascii: "|")
        }),
        end > index + 1, rest[end] == star, end + 1 == rest.count || rest[end + 1] == .space
      else {
        index += 1
        continue
      }
      if tags.isEmpty { beginsWithTag = rest[..<index].allSatisfy { $0 == .space } }
      tags.append(rest[(index + 1)..<end].string)
      for column in index...end { rest[column] = .space }
      index = end + 1
    }
  }

  /// The text before and after its first gap, and the column of the latter; nil where it has none. Two spaces after a
  /// sentence are none.
  var parts: (name: ArraySlice<UInt8>, rest: ArraySlice<UInt8>, column: Int)? {
    guard let gap = gap(from: 0) else { return nil }
    return (text[..<gap.lowerBound], text[gap.upperBound...], indent + gap.upperBound)
  }

  /// The text parted at its gaps.
  var cells: [ArraySlice<UInt8>] {
    var cells: [ArraySlice<UInt8>] = []
    var start = 0
    while let gap = gap(from: start) {
      cells.append(text[start..<gap.lowerBound])
      start = gap.upperBound
    }
    return cells + [text[start...]]
  }

  /// The first spaces after `start` that part the text.
  private func gap(from start: Int) -> Range<Int>? {
    var index = start + 1
    while index + 1 < text.count {
      guard text[index] == .space, text[index + 1] == .space else {
        index += 1
        continue
      }
      let end = text[index...].firstIndex { $0 != .space } ?? text.count
      if end - index >= 4 || !".!?:;,".utf8.contains(text[index - 1]) { return index..<end }
      index = end
    }
    return nil
  }

  /// The width of the marker of a list's item: `- `, `* `, `o `, `1. `, `a) `; nil for other lines.
  var markerWidth: Int? {
    guard let first = text.first else { return nil }
    if "-*o".utf8.contains(first), text.dropFirst().first == .space { return 2 }
    let number = text.prefix { $0.isASCIIAlphanumeric }
    guard (1...2).contains(number.count), number.allSatisfy(\.isASCIIDigit) || number.count == 1,
      text.count > number.count + 2, text[number.count + 1] == .space
    else { return nil }
    let sign = text[number.count]
    let isNumber = number.allSatisfy(\.isASCIIDigit)
    return sign == UInt8(ascii: ")") || sign == UInt8(ascii: ".") && isNumber ? number.count + 2 : nil
  }

  /// Whether a text is one link: `|undo-tree|`.
  static func isLink(_ text: ArraySlice<UInt8>) -> Bool {
    let bar = UInt8(ascii: "|")
    return text.count > 2 && text.first == bar && text.last == bar && !text.contains(.space)
      && text.count(where: { $0 == bar }) == 2
  }

  /// Without the bars around links (`|undo-tree|`), and with single spaces.
  static func plain(_ text: some Collection<UInt8>) -> [UInt8] {
    let text = Array(text)
    let bar = UInt8(ascii: "|")
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte == bar, index == 0 || !text[index - 1].isASCIIAlphanumeric,
        let end = text[(index + 1)...].firstIndex(where: {
          $0 == bar || $0 == .space || $0 == UInt8(ascii: "\"")
        }),
        text[end] == bar, end > index + 1, end + 1 == text.count || !text[end + 1].isASCIIAlphanumeric
      {
        result += text[(index + 1)..<end]
        index = end + 1
        continue
      }
      if byte != .space || result.last != .space { result.append(byte) }
      index += 1
    }
    return result
  }
}
