/// Reads the lines of an AsciiDoc document into blocks.
struct AsciiDocReader {
  var builder = DocumentBuilder()
  private let lines: [String]
  private var line = 0
  private var inline: AsciiDocInline
  /// The paragraph or item that is being collected.
  private var words: [String] = []
  private var marker: (text: String, depth: Int)?
  /// The term whose definition is being collected.
  private var term: String?
  private var isInQuote = false
  /// Whether a `+` leads to what comes next.
  private var isAttached = false
  /// Numbers of the items of numbered lists, by depth.
  private var numbers: [Int: Int] = [:]
  private var anchor: String?
  private var columns: Int?
  private var isAfterBlank = true

  init(_ text: [UInt8]) {
    lines = TextLines(text).withoutTrailingSpace
    inline = AsciiDocInline(budget: max(1 << 16, 2 * text.count))
  }

  mutating func read() {
    while line < lines.count {
      let text = lines[line]
      if text.isEmpty {
        flush()
        isAfterBlank = true
        line += 1
        continue
      }
      readLine(text)
      isAfterBlank = false
    }
    flush()
  }

  private mutating func readLine(_ text: String) {
    if readMeta(text) || readHeading(text) || readFence(text) || readItem(text) { return }
    if isAfterBlank, words.isEmpty, text.first == " " || text.first == "\t" {
      return readLiteral()
    }
    words.append(String(text.drop { $0 == " " || $0 == "\t" }))
    line += 1
  }

  // MARK: Lines that are no text

  /// Comments, attributes, conditions, and what is said of the block below.
  private mutating func readMeta(_ text: String) -> Bool {
    if text.hasPrefix("////"), text.allSatisfy({ $0 == "/" }) {
      flush()
      line = end(of: text) + 1
      return true
    }
    if text.hasPrefix("//"), !text.hasPrefix("///") {
      line += 1
      return true
    }
    if let (name, value) = AsciiDocInline.attribute(text) {
      inline.attributes[name] = value.map { inline.plain($0) }
      line += 1
      return true
    }
    if ["ifdef::", "ifndef::", "ifeval::", "endif::", "include::", "toc::"].contains(where: text.hasPrefix) {
      line += 1
      return true
    }
    if text == "+", !words.isEmpty {
      flush()
      isAttached = true
      line += 1
      return true
    }
    if text.first == ".", text.count > 2, text.dropFirst().first.map({ $0 != "." && $0 != " " }) == true,
      words.isEmpty
    {
      builder.append(.paragraph, inline.plain(String(text.dropFirst())))
      line += 1
      return true
    }
    guard text.first == "[", text.last == "]", !text.dropFirst().dropLast().contains("] ") else {
      return false
    }
    guard words.isEmpty else { return false }
    readBlockAttributes(text.dropFirst().dropLast())
    line += 1
    return true
  }

  /// `[[id]]`, `[#id]`, `[cols="1,2"]`.
  private mutating func readBlockAttributes(_ text: Substring) {
    if text.first == "[", text.last == "]" {
      anchor = String(text.dropFirst().dropLast().prefix { $0 != "," })
    } else if text.first == "#" {
      anchor = String(text.dropFirst().prefix { $0.isLetter || $0.isNumber || "-_:".contains($0) })
    }
    guard let range = text.firstRange(of: "cols=") else { return }
    let value = text[range.upperBound...].drop { $0 == "\"" }.prefix { $0 != "\"" && $0 != "]" }
    let counted = value.prefix { $0.isNumber }
    columns =
      value.dropFirst(counted.count).first == "*"
      ? Int(counted) : value.split(separator: ",", omittingEmptySubsequences: false).count
  }

  // MARK: Headings

  private mutating func readHeading(_ text: String) -> Bool {
    guard words.isEmpty, term == nil else { return false }
    let signs = text.prefix { $0 == "=" }.count
    if (1...6).contains(signs), text.dropFirst(signs).first == " " {
      var title = text.dropFirst(signs + 1)
      let closing = " " + String(repeating: "=", count: signs)
      if title.hasSuffix(closing) { title = title.dropLast(closing.count) }
      line += 1
      appendHeading(title, level: signs)
      return true
    }
    // A title above a row of one sign, as old documents have it.
    guard line + 1 < lines.count, let sign = lines[line + 1].first, lines[line + 1].count >= 3,
      let level = ["=": 1, "-": 2, "~": 3, "^": 4, "+": 5][sign], lines[line + 1].allSatisfy({ $0 == sign }),
      abs(lines[line + 1].count - text.count) <= 2, text.contains(where: \.isLetter), text.first != ".",
      text.first != "["
    else { return false }
    line += 2
    appendHeading(text[...], level: level)
    return true
  }

  private mutating func appendHeading(_ title: Substring, level: Int) {
    numbers = [:]
    builder.append(.heading(level: level), inline.plain(String(title)), anchor: takeAnchor())
  }

  // MARK: Blocks between fences

  private mutating func readFence(_ text: String) -> Bool {
    if text.hasPrefix("```") || text == "--" || isFence(text) {
      // A row of dashes below a paragraph ends it as well.
      flush()
      switch text.first {
      case "=", "*": line += 1
      case "_":
        isInQuote.toggle()
        line += 1
      case "|": readTable(text)
      case "-" where text == "--": line += 1
      default:
        let closing = text.hasPrefix("```") ? "```" : text
        let end = end(of: closing)
        append(code: lines[min(line + 1, end)..<end])
        line = end + 1
      }
      return true
    }
    return false
  }

  private func isFence(_ text: String) -> Bool {
    guard let sign = text.first else { return false }
    if text == "|===" { return true }
    return text.count >= 4 && "-.=*_+".contains(sign) && text.allSatisfy { $0 == sign }
  }

  /// Where a block closes; the end of the document for one that does not.
  private func end(of fence: String) -> Int {
    guard line + 1 < lines.count else { return lines.count }
    return lines[(line + 1)...].firstIndex(of: fence) ?? lines.count
  }

  /// Cells, of which each `|` begins one, in rows of as many as the first line has or the block says.
  private mutating func readTable(_ fence: String) {
    let end = end(of: fence)
    var cells: [String] = []
    var width = columns
    columns = nil
    for text in lines[min(line + 1, end)..<end] where !text.isEmpty && !text.hasPrefix("//") {
      let parts = text.split(separator: "|", omittingEmptySubsequences: false)
      if let last = cells.indices.last { cells[last] += " " + parts[0] }
      cells += parts.dropFirst().map(String.init)
      if width == nil, parts.count > 1 { width = parts.count - 1 }
    }
    line = end + 1
    guard let width, width > 0 else { return }
    var table = TableText()
    for start in stride(from: 0, to: cells.count, by: width) {
      table.append(cells[start..<min(start + width, cells.count)].map { inline.plain($0) })
    }
    table.flush(into: &builder)
    anchor = nil
  }

  /// Lines that are indented stand as they are.
  private mutating func readLiteral() {
    let start = line
    while line < lines.count, !lines[line].isEmpty { line += 1 }
    append(code: lines[start..<line])
  }

  // MARK: Lists

  private mutating func readItem(_ text: String) -> Bool {
    let text = text.drop { $0 == " " || $0 == "\t" }
    let sign = text.prefix { !$0.isWhitespace }
    let rest = text.dropFirst(sign.count).drop { $0.isWhitespace }
    if !rest.isEmpty, let item = item(sign) {
      flush()
      marker = item
      words = [String(rest)]
      line += 1
      return true
    }
    // A term, with what is said of it behind it or below.
    guard let range = text.firstRange(of: "::"), text.first != ":",
      isAfterBlank || words.isEmpty || marker != nil || term != nil,
      text[range.upperBound...].first.map({ $0 == " " }) ?? true
    else { return false }
    flush()
    term = inline.plain(String(text[..<range.lowerBound]))
    let meaning = text[range.upperBound...].drop { $0 == " " }
    line += 1
    if meaning.isEmpty {
      while line < lines.count, lines[line].isEmpty { line += 1 }
      // It is indented as a literal block is.
      if line < lines.count, lines[line].first == " ", readItem(lines[line]) == false {
        words.append(String(lines[line].drop { $0 == " " || $0 == "\t" }))
        line += 1
      }
    } else {
      words.append(String(meaning))
    }
    return true
  }

  /// The marker of an item as it is written, and how deep it stands.
  private mutating func item(_ sign: Substring) -> (text: String, depth: Int)? {
    if sign == "-" { return ("-", 0) }
    if (1...5).contains(sign.count), sign.allSatisfy({ $0 == "*" }) { return ("-", sign.count - 1) }
    if (1...5).contains(sign.count), sign.allSatisfy({ $0 == "." }) {
      let depth = sign.count - 1
      numbers[depth, default: 0] += 1
      numbers = numbers.filter { $0.key <= depth }
      return ("\(numbers[depth, default: 1]).", depth)
    }
    let digits = sign.drop { $0 == "<" }.prefix(while: \.isNumber)
    guard (1...3).contains(digits.count), sign == "\(digits)." || sign == "<\(digits)>" else { return nil }
    return ("\(digits).", 0)
  }

  private mutating func flush() {
    guard !words.isEmpty || term != nil else { return }
    var text = inline.plain(words.joined(separator: "\n"))
    words = []
    if let name = term {
      term = nil
      text = text.isEmpty ? name : "\(name)\n\(text)"
    }
    if let (sign, depth) = marker {
      marker = nil
      builder.append(.listItem, "\(sign) \(text)", anchor: takeAnchor(), indent: 2 * depth)
    } else {
      // What a `+` attaches to an item leaves its list as it is.
      if !isAttached { numbers = [:] }
      builder.append(isInQuote ? .quote : .paragraph, text, anchor: takeAnchor())
    }
    isAttached = false
  }

  private mutating func append(code: ArraySlice<String>) {
    let code = CodeMargin.added(to: code.joined(separator: "\n").utf8)
    builder.append(.code, utf8: code, anchor: takeAnchor())
  }

  private mutating func takeAnchor() -> String? {
    defer { anchor = nil }
    return anchor
  }
}
