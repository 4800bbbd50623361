/// Reads the source of a LaTeX document into blocks.
struct LaTeXReader {
  var builder = DocumentBuilder()
  private let source: LaTeXSource
  private var inline: LaTeXInline
  private var words: [UInt8] = []
  private var marker: String?
  private var numbers: [Int?] = []
  private var table = TableText()

  /// The body without comments, and what the preamble says of the document.
  init(_ text: [UInt8]) {
    source = LaTeXSource(text)
    inline = LaTeXInline(macros: source.macros, budget: max(1 << 16, 2 * text.count))
  }

  mutating func read() {
    builder.title = source.title.map { plain($0) }.flatMap { $0.isEmpty ? nil : $0 }
    if let title = builder.title { builder.append(.heading(level: 1), title) }
    let author = source.author.map { plain($0) }.flatMap { $0.isEmpty ? nil : "Author: \($0)" }
    let date = source.date.map { plain($0) }.flatMap { $0.isEmpty ? nil : "Date: \($0)" }
    for line in [author, date].compactMap(\.self) { builder.append(.paragraph, line) }
    var index = source.body.startIndex
    while index < source.body.endIndex { index = readPiece(at: index) }
    endParagraph()
    if builder.title == nil { builder.title = builder.firstHeading }
  }

  /// Reads a command, an environment, an empty line or one byte of text; returns the place behind it.
  private mutating func readPiece(at index: Int) -> Int {
    let body = source.body
    if body[index] == .lineFeed,
      let next = body[(index + 1)...].firstIndex(where: { !$0.isASCIISpace || $0 == .lineFeed }),
      body[next] == .lineFeed
    {
      endParagraph()
      return next
    }
    guard body[index] == UInt8(ascii: "\\"), let command = LaTeXCommand(in: body, at: index) else {
      words.append(body[index])
      return index + 1
    }
    if let level = Self.levels[command.name] {
      endParagraph()
      let argument = command.argument(in: body)
      builder.append(.heading(level: level), plain(body[argument.range]))
      return argument.end
    }
    switch command.name {
    case "begin": return begin(command)
    case "end":
      endParagraph()
      let argument = command.argument(in: body)
      if Self.lists.contains(body[argument.range].string), !numbers.isEmpty { numbers.removeLast() }
      return argument.end
    case "item":
      endParagraph()
      var end = command.end
      if let label = command.option(in: body) {
        marker = "- " + plain(body[label.range]) + ":"
        end = label.end
      } else if let number = numbers.last ?? nil {
        marker = "\(number)."
        numbers[numbers.count - 1] = number + 1
      } else {
        marker = "-"
      }
      return end
    case "caption":
      endParagraph()
      let argument = command.argument(in: body)
      builder.append(.paragraph, plain(body[argument.range]))
      return argument.end
    default:
      words.append(contentsOf: body[index..<command.end])
      return command.end
    }
  }

  /// Begins an environment; one that holds code, a formula or a table is read as a whole.
  private mutating func begin(_ command: LaTeXCommand) -> Int {
    let body = source.body
    let argument = command.argument(in: body)
    let name = body[argument.range].string
    let kind = name.last == "*" ? String(name.dropLast()) : name
    guard Self.verbatim.contains(kind) || Self.formulas.contains(kind) || Self.tables.contains(kind) else {
      endParagraph()
      if Self.lists.contains(name) { numbers.append(name == "enumerate" ? 1 : nil) }
      return Self.skippedOptions(body, from: argument.end)
    }
    let end = LaTeXSource.find("\\end{\(name)}", in: body, from: argument.end) ?? body.endIndex
    let content = body[argument.end..<end]
    if Self.tables.contains(kind) {
      endParagraph()
      appendTable(content)
    } else {
      endParagraph()
      builder.append(.code, utf8: CodeMargin.added(to: content))
    }
    return min(body.endIndex, end + "\\end{}".utf8.count + name.utf8.count)
  }

  /// The rows of a table, without its lines and what says how its columns look.
  private mutating func appendTable(_ content: ArraySlice<UInt8>) {
    var text = content
    while let open = text.first(where: { !$0.isASCIISpace }), "{[".utf8.contains(open),
      let group = LaTeXCommand.group(in: content, at: text.firstIndex(of: open) ?? text.startIndex)
    {
      text = content[group.end...]
    }
    let rows = text.string.replacing("\\&", with: "\u{FF06}").split(separator: "\\\\").map { row in
      row.split(separator: "&", omittingEmptySubsequences: false).map {
        plain(String($0).replacing("\u{FF06}", with: "&"))
      }
    }
    for row in rows where row.contains(where: { !$0.isEmpty }) {
      if !table.append(row) { table.flush(into: &builder) }
    }
    table.flush(into: &builder)
  }

  private mutating func endParagraph() {
    let text = plain(words[...])
    words = []
    guard !text.isEmpty else { return }
    if let marker {
      builder.append(.listItem, "\(marker) \(text)", indent: min(Self.deepest, max(0, numbers.count - 1)) * 2)
    } else {
      builder.append(.paragraph, text)
    }
    marker = nil
  }

  private mutating func plain(_ text: ArraySlice<UInt8>) -> String { inline.plain(text) }

  private mutating func plain(_ text: String) -> String { plain(Array(text.utf8)[...]) }

  /// The place behind the options and arguments that follow the name of an environment.
  private static func skippedOptions(_ body: [UInt8], from start: Int) -> Int {
    guard start < body.count, body[start] == UInt8(ascii: "["),
      let group = LaTeXCommand.group(in: body[...], at: start)
    else { return start }
    return group.end
  }

  /// Levels of lists that are shown as such.
  private static let deepest = 6
  private static let levels = [
    "part": 1, "chapter": 1, "section": 2, "subsection": 3, "subsubsection": 4, "paragraph": 5,
    "subparagraph": 6,
  ]
  private static let lists: Set<String> = ["itemize", "enumerate", "description"]
  private static let verbatim = Set(LaTeXSource.verbatimNames)
  private static let formulas: Set<String> = [
    "equation", "align", "gather", "multline", "eqnarray", "displaymath",
  ]
  private static let tables: Set<String> = ["tabular", "tabularx", "longtable"]
}
