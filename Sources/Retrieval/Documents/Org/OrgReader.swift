/// Reads the lines of an Org document into blocks.
struct OrgReader {
  var builder = DocumentBuilder()
  private(set) var title: String?
  private let lines: [Substring]
  private var line = 0
  /// The paragraph or item that is being collected.
  private var words: [String] = []
  private var marker: (text: String, indent: Int)?
  private var isInQuote = false

  init(_ text: [UInt8]) { lines = TextLines(text).withoutTrailingSpace.map { $0[...] } }

  mutating func read() {
    while line < lines.count {
      let text = lines[line]
      let bare = text.drop { $0 == " " || $0 == "\t" }
      if bare.isEmpty {
        flush()
        line += 1
      } else if !readHeading(text), !readSetting(bare), !readTable(bare), !readItem(text, bare) {
        words.append(String(bare))
        line += 1
      }
    }
    flush()
  }

  // MARK: Headings

  /// `** TODO [#A] Title :tag:`, of which the state is kept.
  private mutating func readHeading(_ text: Substring) -> Bool {
    let stars = text.prefix { $0 == "*" }
    guard !stars.isEmpty, text.dropFirst(stars.count).first == " " else { return false }
    flush()
    var words = text.dropFirst(stars.count).split(separator: " ")
    if let last = words.last, last.count > 2, last.first == ":", last.last == ":" { words.removeLast() }
    words.removeAll { $0.count == 4 && $0.hasPrefix("[#") && $0.last == "]" }
    builder.append(.heading(level: min(stars.count, 6)), plain(words.joined(separator: " ")))
    line += 1
    return true
  }

  // MARK: Settings, drawers and blocks

  private mutating func readSetting(_ text: Substring) -> Bool {
    if text.hasPrefix("#+") {
      readKeyword(text.dropFirst(2))
      return true
    }
    if text == "#" || text.hasPrefix("# ") {
      line += 1
      return true
    }
    // A drawer, such as `:PROPERTIES:`.
    guard text.count > 2, text.first == ":", text.last == ":",
      text.dropFirst().dropLast().allSatisfy({ $0.isLetter || $0.isNumber || "-_".contains($0) }),
      let end = lines[line...].prefix(100).firstIndex(where: { isEqual($0, ":end:") })
    else { return false }
    flush()
    line = end + 1
    return true
  }

  private mutating func readKeyword(_ text: Substring) {
    let name = text.prefix { !$0.isWhitespace && $0 != ":" }.lowercased()
    let value = text.dropFirst(name.count).drop { $0 == ":" || $0 == " " }
    line += 1
    switch name {
    case "title": title = title ?? plain(String(value))
    case "begin_quote", "begin_verse", "end_quote", "end_verse":
      flush()
      isInQuote = name.hasPrefix("begin")
    case _ where name.hasPrefix("begin_"):
      let closing = "#+end_" + name.dropFirst(6)
      guard ["begin_src", "begin_example", "begin_comment", "begin_export"].contains(name) else {
        return flush()
      }
      flush()
      let end = lines[line...].firstIndex { isEqual($0, closing) } ?? lines.count
      if name == "begin_src" || name == "begin_example" {
        builder.append(.code, utf8: CodeMargin.added(to: lines[line..<end].joined(separator: "\n").utf8))
      }
      line = min(end + 1, lines.count)
    default: flush()
    }
  }

  private func isEqual(_ line: Substring, _ text: String) -> Bool {
    line.drop { $0 == " " || $0 == "\t" }.lowercased() == text
  }

  // MARK: Tables and lists

  private mutating func readTable(_ text: Substring) -> Bool {
    guard text.first == "|" else { return false }
    flush()
    var table = TableText()
    while line < lines.count {
      let row = lines[line].drop { $0 == " " || $0 == "\t" }
      guard row.first == "|" else { break }
      line += 1
      if row.hasPrefix("|-") { continue }
      let cells = row.dropFirst().split(separator: "|", omittingEmptySubsequences: false)
      table.append((row.last == "|" ? cells.dropLast() : cells[...]).map { plain(String($0)) })
    }
    table.flush(into: &builder)
    return true
  }

  private mutating func readItem(_ text: Substring, _ bare: Substring) -> Bool {
    let sign = bare.prefix { !$0.isWhitespace }
    let rest = bare.dropFirst(sign.count).drop { $0 == " " }
    let digits = sign.prefix(while: \.isNumber)
    let isNumbered = (1...3).contains(digits.count) && (sign == "\(digits)." || sign == "\(digits))")
    let indent = text.count - bare.count
    guard !rest.isEmpty, isNumbered || sign == "-" || sign == "+" || sign == "*" && indent > 0 else {
      return false
    }
    flush()
    marker = (isNumbered ? String(sign) : "-", indent)
    // A term and its definition.
    words = [
      rest.firstRange(of: " :: ").map { "\(rest[..<$0.lowerBound]): \(rest[$0.upperBound...])" }
        ?? String(rest)
    ]
    line += 1
    return true
  }

  private mutating func flush() {
    guard !words.isEmpty else { return }
    let text = plain(words.joined(separator: "\n"))
    words = []
    if let (sign, indent) = marker {
      marker = nil
      builder.append(.listItem, "\(sign) \(text)", indent: indent)
    } else {
      builder.append(isInQuote ? .quote : .paragraph, text)
    }
  }

  /// Text with links by their words: `[[https://a.example][the page]]`.
  private func plain(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(of: "[[") {
      let link = rest[open.upperBound...]
      guard let close = link.firstRange(of: "]]") else { break }
      result += rest[..<open.lowerBound]
      let parts = link[..<close.lowerBound]
      result += parts.firstRange(of: "][").map { parts[$0.upperBound...] } ?? parts
      rest = link[close.upperBound...]
    }
    return result + rest
  }
}
