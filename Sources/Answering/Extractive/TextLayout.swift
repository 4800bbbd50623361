/// Recognises the shape of stored text: paragraphs, lists, tables and code.
enum TextLayout {
  enum Kind { case prose, list, table, code }

  /// Parts separated by blank lines, without the white space around them.
  static func paragraphs(_ utf8: [UInt8]) -> [Range<Int>] {
    var paragraphs: [Range<Int>] = []
    var start: Int?
    var end = 0
    for line in lines(in: 0..<utf8.count, of: utf8, keepsBlank: true) {
      if line.isEmpty {
        if let first = start { paragraphs.append(first..<end) }
        start = nil
      } else {
        if start == nil { start = line.lowerBound }
        end = line.upperBound
      }
    }
    if let first = start { paragraphs.append(first..<end) }
    return paragraphs
  }

  static func kind(of paragraph: Range<Int>, in utf8: [UInt8]) -> Kind {
    let lines = lines(in: paragraph, of: utf8)
    if lines.allSatisfy({ contains(utf8[$0], " | ") }) { return .table }
    if lines.contains(where: { isItem(utf8[$0]) }) { return .list }
    let signs = utf8[paragraph].count { "{};=<>()[]_\\/$#".utf8.contains($0) }
    let indented = lines.dropFirst().contains { $0.lowerBound >= 2 && utf8[$0.lowerBound - 1] == 0x20 }
    if signs * 8 > paragraph.count || (indented && signs * 24 > paragraph.count) { return .code }
    return .prose
  }

  /// Items of a list: each starts at a line with a marker and holds the lines up to the next one.
  static func items(in paragraph: Range<Int>, of utf8: [UInt8]) -> [Range<Int>] {
    var items: [Range<Int>] = []
    for line in lines(in: paragraph, of: utf8) {
      if let last = items.last, !isItem(utf8[line]) {
        items[items.count - 1] = last.lowerBound..<line.upperBound
      } else {
        items.append(line)
      }
    }
    return items
  }

  /// What follows the marker of an item.
  static func withoutMarker(_ item: Range<Int>, in utf8: [UInt8]) -> Range<Int> {
    guard isItem(utf8[item]), let space = utf8[item].firstIndex(of: 0x20) else { return item }
    return space + 1..<item.upperBound
  }

  /// Lines without the white space around them; blank ones only if `keepsBlank`, as empty ranges.
  static func lines(in range: Range<Int>, of utf8: [UInt8], keepsBlank: Bool = false) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = utf8[start..<range.upperBound].firstIndex(of: 0x0A) ?? range.upperBound
      var first = start
      var last = end
      while first < last, utf8[first] <= 0x20 { first += 1 }
      while last > first, utf8[last - 1] <= 0x20 { last -= 1 }
      if keepsBlank || first < last { lines.append(first..<last) }
      start = end + 1
    }
    return lines
  }

  /// Whether a line starts with the marker of a list: `-`, `*`, `•` or a number.
  private static func isItem(_ line: ArraySlice<UInt8>) -> Bool {
    if line.starts(with: "- ".utf8) || line.starts(with: "* ".utf8) || line.starts(with: "• ".utf8) {
      return true
    }
    let digits = line.prefix { $0 >= 0x30 && $0 <= 0x39 }
    guard (1...3).contains(digits.count) else { return false }
    let rest = line.dropFirst(digits.count)
    return rest.starts(with: ". ".utf8) || rest.starts(with: ") ".utf8)
  }

  private static func contains(_ line: ArraySlice<UInt8>, _ needle: String) -> Bool {
    String(decoding: line, as: UTF8.self).contains(needle)
  }
}
