import Retrieval

/// Recognises the shape of stored text: paragraphs, lists, tables and code.
enum TextLayout {
  enum Kind { case prose, list, table, code, options }

  /// A paragraph, or paragraphs of one block of code, without the white space around them.
  struct Part: Equatable {
    var kind: Kind
    var range: Range<Int>
    /// Those of a list of options.
    var options: [HelpLines.Entry] = []
  }

  /// Most lines of paragraphs of code that are joined over a blank line: beyond that they are rather parts of a
  /// program than commands that follow each other.
  private static let joinedLines = 16

  /// Parts of a text in reading order. Lines of fences belong to none.
  static func parts(_ utf8: [UInt8]) -> [Part] {
    var parts: [Part] = []
    for paragraph in paragraphs(utf8) {
      let lines = lines(in: paragraph.range, of: utf8)
      if let options = HelpLines.entries(lines, in: utf8) {
        // What the program does stands above, behind how it is called.
        if let last = parts.last, last.kind == .code,
          HelpLines.arePurpose(self.lines(in: last.range, of: utf8), in: utf8)
        {
          parts[parts.count - 1].kind = .prose
        }
        parts.append(Part(kind: .options, range: paragraph.range, options: options))
        continue
      }
      var part = Part(
        kind: paragraph.isFenced || isMarkedCode(lines, in: utf8)
          ? .code : kind(of: paragraph.range, lines: lines, in: utf8),
        range: paragraph.range)
      if let last = parts.last, last.kind != .code, utf8[last.range.upperBound - 1] == UInt8(ascii: ":") {
        if part.kind == .prose && CodeLines.areAnnounced(lines, in: utf8)
          || part.kind != .list && CodeLines.areSetApart(lines, in: utf8)
        {
          part.kind = .code
        }
      }
      parts.append(part)
    }
    // Alone, one line of code tells little of itself: what follows it does.
    for index in parts.indices.dropLast().reversed() where parts[index + 1].kind == .code {
      let lines = lines(in: parts[index].range, of: utf8)
      // Beside code that is marked, what is not marked is none.
      if parts[index].kind == .prose, lines.count == 1, CodeLines.isCode(utf8[lines[0]]),
        !isMarkedCode(self.lines(in: parts[index + 1].range, of: utf8), in: utf8)
      {
        parts[index].kind = .code
      }
    }
    // A file of code has paragraphs of its own; a block among prose is one piece.
    guard parts.contains(where: { $0.kind == .prose }) else { return parts }
    var joined: [Part] = []
    for part in parts {
      if let last = joined.last, last.kind == .code, part.kind == .code,
        isBlank(utf8[last.range.upperBound..<part.range.lowerBound]),
        CodeMargin.marks(lines(in: last.range, of: utf8), in: utf8)
          == CodeMargin.marks(lines(in: part.range, of: utf8), in: utf8),
        lines(in: last.range.lowerBound..<part.range.upperBound, of: utf8).count <= joinedLines
      {
        joined[joined.count - 1].range = last.range.lowerBound..<part.range.upperBound
      } else {
        joined.append(part)
      }
    }
    return joined
  }

  /// Runs of lines between blank lines and fences; what fences hold is one each.
  private static func paragraphs(_ utf8: [UInt8]) -> [(range: Range<Int>, isFenced: Bool)] {
    var paragraphs: [(range: Range<Int>, isFenced: Bool)] = []
    var start: Int?
    var end = 0
    var fence: ArraySlice<UInt8>?
    let all = lines(in: 0..<utf8.count, of: utf8, keepsBlank: true)
    // A chunk that begins or ends within a block: which lines are inside cannot be told by its fences.
    let isWhole = all.count { Self.fence(utf8[$0]) != nil } % 2 == 0
    func close() {
      if let first = start { paragraphs.append((first..<end, fence != nil)) }
      start = nil
    }
    for line in all {
      let mark = Self.fence(utf8[line])
      if let open = fence {
        if let mark, mark.count == line.count, mark.starts(with: open) {
          close()
          fence = nil
          continue
        }
      } else if let mark {
        close()
        if isWhole { fence = mark }
        continue
      }
      if line.isEmpty, fence == nil {
        close()
      } else if !line.isEmpty {
        if start == nil { start = line.lowerBound }
        end = line.upperBound
      }
    }
    close()
    return paragraphs
  }

  /// The run of signs that opens or closes a block of code in Markdown.
  private static func fence(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let sign = line.first, sign == UInt8(ascii: "`") || sign == UInt8(ascii: "~") else { return nil }
    let run = line.prefix { $0 == sign }
    return run.count >= 3 && !line.dropFirst(run.count).contains(UInt8(ascii: "`")) ? run : nil
  }

  /// Whether a paragraph was code for the reader of its document, and is no text that somebody put into such a block.
  private static func isMarkedCode(_ lines: [Range<Int>], in utf8: [UInt8]) -> Bool {
    CodeMargin.marks(lines, in: utf8) && !ProseLines.areProse(lines, in: utf8)
  }

  static func kind(of paragraph: Range<Int>, in utf8: [UInt8]) -> Kind {
    kind(of: paragraph, lines: lines(in: paragraph, of: utf8), in: utf8)
  }

  /// - Parameter lines: those of the paragraph.
  private static func kind(of paragraph: Range<Int>, lines: [Range<Int>], in utf8: [UInt8]) -> Kind {
    if CodeLines.areCommands(lines, in: utf8) || CodeLines.areAlike(lines, in: utf8) { return .code }
    if HeadingLines.isMarked(utf8[paragraph]) { return .prose }
    // A row of one cell has no bar.
    let barred = lines.count { holdsBar(utf8[$0]) }
    if barred == lines.count || barred > 1 && barred * 2 >= lines.count { return .table }
    if lines.contains(where: { isItem(utf8[$0]) }) {
      let items = items(in: paragraph, of: utf8).map { withoutMarker($0, in: utf8) }
      return items.count > 1 && CodeLines.areCommands(items, in: utf8) ? .code : .list
    }
    if DefinedTerm.range(in: paragraph, of: utf8) != nil { return .prose }
    if CodeLines.areJSON(utf8[paragraph]) || lines.count == 1 && CodeLines.isSynopsis(utf8[paragraph]) {
      return .code
    }
    let signs = utf8[paragraph].count(where: codeSigns.contains)
    let indented = lines.dropFirst().contains { $0.lowerBound >= 2 && utf8[$0.lowerBound - 1] == 0x20 }
    if signs * 8 > paragraph.count || (indented && signs * 24 > paragraph.count) { return .code }
    return CodeLines.areCode(lines, in: utf8) ? .code : .prose
  }

  /// Whether a part is what a message quotes: lines that begin with `>`, below one, at most, that says whose they are.
  ///
  /// - Parameter isFirst: whether it begins the text, which may begin within such a line.
  static func isQuoted(_ part: Part, in utf8: [UInt8], isFirst: Bool) -> Bool {
    let mark = UInt8(ascii: ">")
    let lines = lines(in: part.range, of: utf8)
    guard let first = lines.first, lines.dropFirst().allSatisfy({ utf8[$0].first == mark }),
      utf8[first].first == mark || lines.count > 1 && (isFirst || utf8[first].last == UInt8(ascii: ":"))
    else { return false }
    guard part.kind == .code else { return true }
    // Behind prompts stands code; the marks alone make none.
    let words = lines.map { utf8[$0].drop { $0 == mark || $0 == 0x20 } }
    let signs = words.reduce(0) { $0 + $1.count(where: codeSigns.contains) }
    return !words.contains(where: CodeLines.isCode) && signs * 8 <= words.reduce(0) { $0 + $1.count }
  }

  /// Signs that code is full of.
  private static let codeSigns = ByteSet("{};=<>()[]_\\/$#")

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

  /// Whether a line of a Markdown table only divides its head from its rows.
  static func dividesTable(_ line: ArraySlice<UInt8>) -> Bool {
    line.contains(UInt8(ascii: "-")) && line.allSatisfy { "|-: ".utf8.contains($0) }
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

  private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool { bytes.allSatisfy { $0 <= 0x20 } }

  /// Whether a line holds a bar that parts two cells.
  private static func holdsBar(_ line: ArraySlice<UInt8>) -> Bool {
    line.indices.dropFirst().dropLast().contains { index in
      line[index] == UInt8(ascii: "|") && line[index - 1] == 0x20 && line[index + 1] == 0x20
    }
  }
}
