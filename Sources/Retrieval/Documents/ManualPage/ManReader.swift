/// Reads pages in the macros of man(7), with what help2man, DocBook and Pod write.
struct ManReader {
  var writer = ManualPageWriter()
  private var reader: RoffReader
  private(set) var title: String?
  /// What the next line of text is.
  private enum Expected {
    case text
    case heading(Int)
    case tag, moreTag
  }
  private var expected = Expected.text
  /// Ends of links, to be written after their texts.
  private var links: [String] = []
  /// Depths that `RS` has left.
  private var depths: [Int] = []

  init(_ bytes: [UInt8]) { reader = RoffReader(bytes) }

  mutating func read() {
    while let line = reader.next() {
      switch line {
      case .text(let text): read(text: text)
      case .macro(let name, let arguments): read(name, arguments)
      }
    }
    writer.endBlock()
  }

  private mutating func plain(_ word: String) -> String {
    reader.text.plain(Array(word.utf8)[...]).text.string
  }

  private mutating func read(text line: ArraySlice<UInt8>) {
    if !writer.isInCode, line.isBlank {
      writer.endParagraph()
      return
    }
    let (text, continues) = reader.text.plain(line)
    if !writer.isInCode, line.starts(with: "\\h'-".utf8) { return read(item: text, continues) }
    // A line that begins with a space begins a line of its own.
    if !writer.isInCode, line.first == .space { writer.breakLine() }
    take(text, continues)
  }

  /// Takes a line's text for what is expected.
  private mutating func take(_ text: [UInt8], _ continues: Bool = false) {
    let wanted = expected
    expected = .text
    switch wanted {
    case .text: writer.add(text, continues: continues)
    case .heading(let level): writer.heading(level, text.string)
    case .tag, .moreTag: begin(tag: text.string)
    }
  }

  /// DocBook's items stand in the text, moved to the left of it.
  private mutating func read(item text: [UInt8], _ continues: Bool) {
    let mark = Whitespace.collapsed(text.string)
    if let marker = Self.marker(mark) {
      writer.begin(item: marker)
    } else {
      writer.add(text, continues: continues)
    }
  }

  /// The marker of a list's item that a tag is; nil for a term.
  private static func marker(_ tag: String) -> String? {
    if ["•", "-", "*", "o", "+", "–", "—", "·", "○", "□"].contains(tag) { return "-" }
    let digits = tag.drop { $0 == "(" || $0 == "[" }.prefix { $0.isNumber }
    guard !digits.isEmpty, digits.count <= 3 else { return nil }
    let rest = tag.drop { $0 == "(" || $0 == "[" }.dropFirst(digits.count)
    return rest == "." || rest == ")" ? "\(digits)." : rest == "]" ? tag : nil
  }

  private mutating func begin(tag: String) {
    if let marker = Self.marker(Whitespace.collapsed(tag)) {
      writer.begin(item: marker)
    } else {
      writer.begin(term: tag)
    }
  }

  private mutating func read(_ name: String, _ arguments: ArraySlice<UInt8>) {
    let words = RoffReader.words(arguments)
    switch name {
    case "TH":
      if words.count > 1, title == nil { title = "\(plain(words[0]))(\(plain(words[1])))" }
    case "SH", "SS":
      (expected, depths) = (.text, [])
      let level = name == "SH" ? 1 : 2
      if words.isEmpty { expected = .heading(level) } else { writer.heading(level, joined(words, by: " ")) }
    case "PP", "P", "LP", "HP", "Sp":
      expected = .text
      if writer.isInCode { writer.endParagraph() } else { writer.endBlock() }
    case "sp": writer.endParagraph()
    case "br": if !writer.isInCode { writer.breakLine() }
    case "TP":
      writer.endBlock()
      expected = .tag
    case "TQ":
      expected = .moreTag
    case "IP":
      expected = .text
      let tag = words.isEmpty ? "" : plain(words[0])
      if !tag.allSatisfy(\.isWhitespace) {
        writer.endCode()
        begin(tag: tag)
      } else {
        writer.endBlock()
      }
    case "RS":
      // DocBook sets terms as paragraphs, and what they mean further in.
      writer.makeTerm()
      depths.append(writer.depth)
      writer.depth += 1
    case "RE":
      writer.endBlock()
      writer.depth = depths.popLast() ?? 0
    case "nf", "EX", "Vb", "CS": writer.beginCode()
    case "fi", "EE", "Ve", "CE": writer.endCode()
    case "B", "I", "R", "SM", "SB", "CW", "C": font(words, joined(words, by: " "))
    case "BR", "BI", "RB", "RI", "IB", "IR": font(words, joined(words, by: ""))
    case "UR", "MT": links.append(words.isEmpty ? "" : plain(words[0]))
    case "UE", "ME":
      let link = links.popLast() ?? ""
      if !link.isEmpty { writer.add(" <\(link)>", continues: false) }
      if !words.isEmpty {
        writer.isJoined = true
        writer.add(plain(words[0]))
      }
    case "SY":
      if writer.hasText { writer.breakLine() }
      writer.add(joined(words, by: " "))
    case "OP": writer.add("[\(joined(words, by: " "))]")
    case "YS": writer.breakLine()
    case "TS": readTable()
    case "so": readSource(words)
    // Asciidoctor's links: address, text, what follows.
    case "URL", "MTO":
      let link = words.isEmpty ? "" : plain(words[0])
      let text = words.count > 1 ? plain(words[1]) : ""
      take(Array((text.isEmpty ? "<\(link)>" : "\(text) <\(link)>").utf8))
      writer.isJoined = true
      if words.count > 2 { writer.add(plain(words[2])) } else { writer.isJoined = false }
    // Entries of an index.
    case "IX", "XX": break
    // What a page defines shows its words, as most macros do.
    default: if reader.definitions.contains(name) { font(words, joined(words, by: " ")) }
    }
  }

  private mutating func joined(_ words: [String], by separator: String) -> String {
    var texts: [String] = []
    for word in words { texts.append(plain(word)) }
    return texts.joined(separator: separator)
  }

  /// A font without text is that of the next line.
  private mutating func font(_ words: [String], _ text: String) {
    if !words.isEmpty { take(Array(text.utf8), words.last?.hasSuffix("\\c") == true) }
  }

  /// A page that is another one under a further name.
  private mutating func readSource(_ words: [String]) {
    guard let path = words.first, !writer.hasText, writer.builder.isEmpty else { return }
    let file = FileName.lastComponent(path)
    guard let dot = file.lastIndex(of: ".") else { return }
    writer.add("See \(file[..<dot])(\(file[file.index(after: dot)...])).")
  }

  // MARK: Tables

  /// Reads a table of tbl(1) up to its end: options, formats, then rows of cells.
  private mutating func readTable() {
    writer.endBlock()
    var separator = UInt8(0x09)
    var isData = false
    // Lines of a cell that spans several, from `T{` to `T}`.
    var cell: [UInt8]?
    var cells: [String] = []
    while let line = reader.next() {
      guard case .text(let text) = line else {
        guard case .macro(let name, _) = line else { continue }
        if name == "TE" { break }
        if name == "T&" { isData = false }
        continue
      }
      if !isData {
        if text.last == UInt8(ascii: ";") {
          if let start = text.string.firstRange(of: "tab(") {
            separator = text.string[start.upperBound...].utf8.first ?? separator
          }
        } else if text.last == UInt8(ascii: ".") {
          isData = true
        }
        continue
      }
      var rest = text
      if cell != nil {
        guard text.starts(with: "T}".utf8) else {
          cell?.append(.space)
          cell?.append(contentsOf: reader.text.plain(text).text)
          continue
        }
        cells.append((cell ?? []).string)
        cell = nil
        rest = text.dropFirst(2)
        guard rest.first == separator else {
          writer.row(cells)
          cells = []
          continue
        }
        rest = rest.dropFirst()
      } else if text.elementsEqual("_".utf8) || text.elementsEqual("=".utf8) {
        continue
      }
      for part in rest.split(separator: separator, omittingEmptySubsequences: false) {
        if part.elementsEqual("T{".utf8) {
          cell = []
        } else {
          cells.append(reader.text.plain(part).text.string)
        }
      }
      if cell == nil {
        writer.row(cells)
        cells = []
      }
    }
    writer.endTable()
  }
}
