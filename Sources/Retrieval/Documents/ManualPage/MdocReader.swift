/// Reads pages in the macros of mdoc(7), which say what words are.
struct MdocReader {
  var writer = ManualPageWriter()
  private var reader: RoffReader
  private(set) var title: String?
  private var line = MdocLine()
  private var section = ""

  private enum List { case terms, bullets, numbers, columns, plain }
  private var lists: [(kind: List, count: Int)] = []
  /// Whether a display that is open keeps its lines.
  private var displays: [Bool] = []
  /// Cells of the row that is being read.
  private var cells: [String] = []
  private var reference: [String] = []

  init(_ bytes: [UInt8]) { reader = RoffReader(bytes) }

  mutating func read() {
    while let next = reader.next() {
      switch next {
      case .text(let text): read(text: text)
      case .macro(let name, let arguments): read(name, arguments)
      }
    }
    endRow()
    writer.endBlock()
  }

  private mutating func read(text: ArraySlice<UInt8>) {
    if !writer.isInCode, text.isBlank {
      writer.endParagraph()
      return
    }
    let (plain, continues) = reader.text.plain(text)
    if lists.last?.kind == .columns, !cells.isEmpty {
      cells[cells.count - 1] += " " + plain.string
    } else {
      writer.add(plain, continues: continues)
    }
  }

  private mutating func words(_ arguments: ArraySlice<UInt8>) -> [MdocLine.Word] {
    var words: [MdocLine.Word] = []
    for (text, isQuoted) in RoffReader.quotedWords(arguments) {
      words.append(
        MdocLine.Word(text: reader.text.plain(text).text.string, isQuoted: isQuoted, raw: text.string))
    }
    return words
  }

  private mutating func read(_ name: String, _ arguments: ArraySlice<UInt8>) {
    let words = words(arguments)
    let plain = words.map(\.text).joined(separator: " ")
    switch name {
    case "Dt": title = words.count > 1 ? "\(words[0].text)(\(words[1].text))" : words.first?.text
    case "Sm":
      line.isSpaced = words.first.map { $0.text != "off" } ?? !line.isSpaced
      if line.isSpaced { writer.isJoined = false }
    case "Dd", "Os", "Bk", "Ek": break
    case "An" where words.first?.text.hasPrefix("-") == true: break
    case "Sh", "Ss":
      endRow()
      (lists, displays) = ([], [])
      if name == "Sh" { section = plain.uppercased() }
      writer.heading(name == "Sh" ? 1 : 2, plain)
    case "Pp", "Lp":
      if lists.isEmpty, !writer.isInCode { writer.endBlock() } else { writer.endParagraph() }
    case "sp": writer.endParagraph()
    case "br": writer.breakLine()
    case "Bl": beginList(words)
    case "El": endList()
    case "It": item(words)
    case "Bd":
      let keeps = words.contains { ["-literal", "-unfilled"].contains($0.text) }
      displays.append(keeps)
      if keeps { writer.beginCode() } else { writer.endParagraph() }
    case "Ed":
      if displays.popLast() == true { writer.endCode() } else { writer.endParagraph() }
    case "D1", "Dl":
      writer.beginCode()
      writer.add(line.inline(words))
      writer.endCode()
    case "Nd": writer.add("– \(line.inline(words))")
    case "Rs": reference = []
    case "Re":
      writer.add(reference.joined(separator: ", ") + ".")
    case _ where name.hasPrefix("%"): reference.append(plain)
    case "TS": break
    default: inline(name, words)
    }
  }

  /// A line that begins with a macro of words.
  private mutating func inline(_ name: String, _ words: [MdocLine.Word]) {
    guard MdocLine.isMacro(name) else { return }
    if section == "SYNOPSIS", lists.isEmpty, !line.isOpen,
      ["Nm", "Fn", "Fo", "Ft", "In", "Fd", "Vt"].contains(name)
    {
      if !(name == "Fn" && line.lastMacro == "Ft") { writer.breakLine() }
    }
    let text = line.inline([MdocLine.Word(text: name, isQuoted: false, raw: name)] + words)
    line.lastMacro = name
    if lists.last?.kind == .columns, !cells.isEmpty {
      cells[cells.count - 1] += " " + text
      return
    }
    if line.joinsPrevious { writer.isJoined = true }
    if !text.isEmpty { writer.add(text, continues: line.joinsNext) }
  }

  // MARK: Lists

  private mutating func beginList(_ words: [MdocLine.Word]) {
    writer.endParagraph()
    let kinds: [String: List] = [
      "-bullet": .bullets, "-dash": .bullets, "-hyphen": .bullets, "-enum": .numbers, "-column": .columns,
      "-item": .plain, "-tag": .terms, "-hang": .terms, "-ohang": .terms, "-inset": .terms, "-diag": .terms,
    ]
    lists.append((words.compactMap { kinds[$0.text] }.first ?? .plain, 0))
    if lists.count > 1 || lists.last?.kind == .bullets || lists.last?.kind == .numbers { writer.depth += 1 }
  }

  private mutating func endList() {
    endRow()
    if lists.last?.kind == .columns { writer.endTable() }
    writer.endBlock()
    guard let ended = lists.popLast() else { return }
    if !lists.isEmpty || ended.kind == .bullets || ended.kind == .numbers {
      writer.depth = max(0, writer.depth - 1)
    }
  }

  private mutating func item(_ words: [MdocLine.Word]) {
    guard let list = lists.indices.last else { return }
    lists[list].count += 1
    switch lists[list].kind {
    case .terms: writer.begin(term: line.inline(words))
    case .bullets: writer.begin(item: "-")
    case .numbers: writer.begin(item: "\(lists[list].count).")
    case .plain:
      writer.endBlock()
    case .columns:
      endRow()
      cells = words.split(omittingEmptySubsequences: false) { !$0.isQuoted && $0.text == "Ta" }
        .flatMap { part in line.inline(Array(part)).split(separator: "\t", omittingEmptySubsequences: false) }
        .map(String.init)
    }
  }

  private mutating func endRow() {
    if !cells.isEmpty { writer.row(cells) }
    cells = []
  }
}
