/// Reads Rich Text Format 1.9.1, as word processors have written it since the nineties: paragraphs, headings by their
/// outline level, lists and tables.
public struct RTFParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    guard bytes.starts(with: "{\\rtf".utf8) else {
      throw DocumentError(
        .damaged, "It does not begin like a Rich Text file. Save it again with its program.")
    }
    var reader = RTFReader()
    for token in RTFTokens(bytes) { reader.read(token) }
    return reader.document()
  }
}

/// Turns the tokens of an RTF file into a `ParsedDocument`.
struct RTFReader {
  /// Where text goes.
  private enum Destination: Equatable {
    case body, marker, note, title, styles, fonts, ignored
  }

  /// What a group inherits and gives back at its end.
  private struct State {
    var destination = Destination.body
    /// How many characters follow `\u` for readers that know no Unicode.
    var skipped = 1
    var isHidden = false
    var font = 0
  }

  private var builder = DocumentBuilder()
  private var state = State()
  private var groups: [State] = []
  /// Groups deeper than any program writes, whose text is dropped.
  private var excess = 0
  private var left = 0
  private var codePage = 1252
  private var charsets: [Int: Int] = [:]
  /// Bytes in the code page that are not decoded yet.
  private var pending: [UInt8] = []
  private var units: [UInt16] = []

  private var paragraph = ""
  private var marker = ""
  /// Footnotes of the paragraph; the last is being read.
  private var notes = [""]
  private var title = ""
  private var outline: Int?
  private var style = 0
  private var outlines: [Int: Int] = [:]
  private var styleName = ""
  private var isInTable = false
  private var cells: [String] = []
  private var table = TableText()
  private var atGroupStart = false

  mutating func read(_ token: RTFToken) {
    let isAtStart = atGroupStart
    atGroupStart = false
    switch token {
    case .open:
      flush()
      guard groups.count < 500 else {
        excess += 1
        return
      }
      groups.append(state)
      left = 0
      atGroupStart = true
    case .close:
      flush()
      if excess > 0 {
        excess -= 1
      } else if let outer = groups.popLast() {
        if state.destination == .styles, outer.destination == .styles { endStyle() }
        if state.destination == .note, outer.destination != .note { notes.append("") }
        state = outer
      }
      left = 0
    case .text(let bytes):
      guard excess == 0 else { return }
      // In ASCII for a reader that takes `\u`; a byte each.
      let dropped = min(left, bytes.count)
      left -= dropped
      append(bytes.dropFirst(dropped))
    case .byte(let byte):
      guard excess == 0 else { return }
      if left > 0 { left -= 1 } else { append([byte]) }
    case .symbol(let symbol):
      guard excess == 0 else { return }
      if left > 0 { left -= 1 } else { read(symbol: symbol, isAtStart: isAtStart) }
    case .word(let name, let parameter):
      guard excess == 0 else { return }
      read(word: name, parameter)
    }
  }

  mutating func document() -> ParsedDocument {
    flush()
    endParagraph()
    endTable()
    let words = Whitespace.collapsed(title)
    builder.title = PDFProperties.sensible(words) ?? builder.firstHeading
    return builder.build()
  }

  // MARK: Controls

  private mutating func read(symbol: UInt8, isAtStart: Bool) {
    switch symbol {
    case UInt8(ascii: "*"):
      // A destination that readers may skip; those that are known are named next.
      if isAtStart { state.destination = .ignored }
    case UInt8(ascii: "~"): write(" ")
    case UInt8(ascii: "_"): write("-")
    case UInt8(ascii: "-"), UInt8(ascii: "|"), UInt8(ascii: ":"): break
    default: append([symbol])
    }
  }

  private mutating func read(word: String, _ parameter: Int?) {
    if word != "u" { flush() }
    switch word {
    case "u":
      flushBytes()
      units.append(UInt16(truncatingIfNeeded: parameter ?? 0))
      left = state.skipped
      return
    case "uc": state.skipped = min(max(parameter ?? 1, 0), 10)
    case "ansicpg": codePage = parameter ?? 1252
    case "mac": codePage = 10_000
    case "pc": codePage = 437
    case "pca": codePage = 850
    case "f":
      state.font = parameter ?? 0
    case "fcharset":
      if state.destination == .fonts { charsets[state.font] = parameter }
    case "v": state.isHidden = parameter != 0
    case "plain": state.isHidden = false
    default:
      if let destination = Self.destinations[word] {
        state.destination = destination
      } else if state.destination == .styles {
        readStyle(word, parameter)
      } else if state.destination == .body {
        readBody(word, parameter)
      } else if word == "par" || word == "tab" {
        write(" ")
      } else if let character = Self.characters[word] {
        write(character)
      }
    }
  }

  private static let destinations: [String: Destination] = {
    var destinations: [String: Destination] = [
      "fonttbl": .fonts, "stylesheet": .styles, "listtext": .marker, "pntext": .marker, "title": .title,
      // What is shown of a field, a shape or a link.
      "fldrslt": .body, "shptxt": .body, "footnote": .note,
    ]
    for name in [
      "colortbl", "info", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl",
      "footerr",
      "footerf", "fldinst", "listtable", "listoverridetable", "revtbl", "rsidtbl", "generator", "themedata",
      "datastore",
      "latentstyles", "xmlnstbl", "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor", "nonshppict",
      "filetbl",
      "ftnsep", "ftnsepc", "aftnsep", "aftnsepc", "tc", "xe", "sn", "sv", "mmathPr",
    ] { destinations[name] = .ignored }
    return destinations
  }()

  private mutating func readBody(_ word: String, _ parameter: Int?) {
    switch word {
    case "par", "sect", "page":
      if isInTable { paragraph += " " } else { endParagraph() }
    case "line": paragraph += "\n"
    case "tab": write("\t")
    case "pard":
      (isInTable, outline, style) = (false, nil, 0)
    case "intbl": isInTable = true
    case "outlinelevel": outline = parameter
    case "s": style = parameter ?? 0
    case "cell", "nestcell":
      cells.append(paragraph)
      paragraph = ""
    case "row", "nestrow":
      table.append(cells)
      (cells, marker) = ([], "")
    default:
      if let character = Self.characters[word] { write(character) }
    }
  }

  private static let characters = [
    "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”",
    "bullet": "•",
    "emspace": " ", "enspace": " ", "qmspace": " ",
  ]

  // MARK: Styles

  private mutating func readStyle(_ word: String, _ parameter: Int?) {
    switch word {
    case "s": style = parameter ?? 0
    case "outlinelevel": outline = parameter
    default: break
    }
  }

  private mutating func endStyle() {
    let name = styleName.lowercased()
    if let outline {
      outlines[style] = outline
    } else if name.hasPrefix("heading "), let level = Int(name.dropFirst(8).prefix { $0.isNumber }), level > 0
    {
      outlines[style] = level - 1
    }
    (outline, style, styleName) = (nil, 0, "")
  }

  // MARK: Text

  private mutating func append(_ bytes: some Sequence<UInt8>) {
    var bytes = bytes.makeIterator()
    guard let first = bytes.next() else { return }
    if !units.isEmpty { flush() }
    pending.append(first)
    while let byte = bytes.next() { pending.append(byte) }
  }

  private mutating func flush() {
    flushBytes()
    guard !units.isEmpty else { return }
    let text = String(decoding: units, as: UTF16.self)
    units = []
    write(text)
  }

  private mutating func flushBytes() {
    guard !pending.isEmpty else { return }
    let bytes = pending
    pending = []
    if bytes.allSatisfy({ $0 < 0x80 }) {
      write(bytes.string)
    } else {
      let decoded = Charset(label: charset).decode(bytes)?.utf8 ?? Array(Windows1252.decode(bytes))
      write(decoded.string)
    }
  }

  /// Code pages of character sets (RTF 1.9.1, "Font table").
  private static let pages = [
    77: 10_000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255,
    178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
  ]

  /// By the font's character set, else the file's code page.
  private var charset: String {
    switch charsets[state.font].flatMap({ Self.pages[$0] }) ?? codePage {
    case 10_000: return "macintosh"
    case 65_001: return "utf-8"
    case let page: return "cp\(page)"
    }
  }

  private mutating func write(_ text: String) {
    switch state.destination {
    case .body where !state.isHidden: paragraph += text
    case .marker: marker += text
    case .note: notes[notes.count - 1] += text
    case .title: title += text
    case .styles: styleName += text
    default: break
    }
  }

  private mutating func endParagraph() {
    let text = paragraph
    let mark = Whitespace.collapsed(marker)
    (paragraph, marker) = ("", "")
    let words = Whitespace.collapsed(text)
    endTable()
    guard !words.isEmpty else { return }
    defer {
      for note in notes { builder.append(.paragraph, Whitespace.collapsed(note)) }
      notes = [""]
    }
    if let level = outline ?? outlines[style], (0..<9).contains(level) {
      builder.append(.heading(level: min(level + 1, 6)), mark.isEmpty ? words : "\(mark) \(words)")
    } else if !mark.isEmpty {
      // Symbol fonts have their bullets where other fonts have letters.
      let isNumber = mark.contains { $0.isNumber || $0.isLetter } && mark != "o"
      builder.append(.listItem, "\(isNumber ? mark : "-") \(words)")
    } else if words.hasPrefix("•") {
      builder.append(.listItem, "- \(Whitespace.collapsed(String(words.dropFirst())))")
    } else {
      builder.append(.paragraph, text)
    }
  }

  private mutating func endTable() { table.flush(into: &builder) }
}
