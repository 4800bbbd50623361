import Retrieval

/// The text of an answer that is made of statements, and the citations that its numbers name: sentences follow each
/// other, code keeps its lines, and rows of a table come with the names of their columns.
struct ExtractiveText {
  private(set) var text = ""
  private(set) var citations: [Citation] = []

  private let passages: [Passage]
  private let outline: StatementOutline
  /// What the text ends with.
  private var ending = Ending.sentence

  /// The heading under which the last statement was shown to be no longer so, or not at all.
  private var caveat: String?

  /// What stands before statements of a passage, to say whose they are.
  private let names: [Int: String]

  /// What the reader has been told already by the question and the statements themselves.
  private let told: String

  /// The entry that the last statement was shown to be of.
  private var entry: String?

  private enum Ending: Equatable {
    case sentence, code, list
    /// Rows of a passage's table with these columns.
    case table(passage: Int, [String])
  }

  /// - Parameters:
  ///   - chosen: what the answer says; the first one leads.
  ///   - outline: all statements of the passages.
  ///   - heading: what is named first, because it says of the leading statement what was asked for.
  ///   - names: what is named before statements, by their passage.
  init(
    _ chosen: [Statement], to question: String = "", of outline: StatementOutline, from passages: [Passage],
    under heading: String? = nil, naming names: [Int: String] = [:]
  ) {
    self.passages = passages
    self.names = names
    self.outline = outline
    text = heading.map { "\($0):" } ?? ""
    let ordered = Self.ordered(outline.completed(chosen), leading: chosen.first, outline)
    told = ([question] + ordered.map(\.text)).joined(separator: "\n").lowercased()
    let markers = Self.markers(of: ordered, outline)
    for (index, statement) in ordered.enumerated() {
      switch statement.kind {
      case .code: addCode(statement)
      case .row: addRow(statement)
      case .item where markers[index] != nil: addItem(statement, marker: markers[index] ?? "-")
      case .sentence, .item, .head, .heading:
        // It leads over to a block that was chosen, too, and stands there.
        if let next = outline.after(statement), next.kind == .code, ordered.contains(next) { continue }
        start(block: false)
        text += "\(opening(statement))\(Self.shown(statement)) [\(cite(statement.passage, statement.range))]"
      }
    }
    while text.last?.isNewline == true { text.removeLast() }
  }

  func answer(to question: String, confidence: Double) -> Answer {
    Answer(question: question, answer: text, answered: true, confidence: confidence, citations: citations)
  }

  /// Statements with the leading one first, then what follows it in its passage, what stands before it, and other
  /// passages; what makes one block or is understood only together stays together.
  private static func ordered(
    _ statements: [Statement], leading: Statement?, _ outline: StatementOutline
  ) -> [Statement] {
    let sorted = statements.sorted { ($0.passage, $0.position) < ($1.passage, $1.position) }
    var groups: [[Statement]] = []
    for statement in sorted {
      if let previous = groups.last?.last, outline.belong(previous, statement) {
        groups[groups.count - 1].append(statement)
      } else {
        groups.append([statement])
      }
    }
    guard let leading, let first = groups.firstIndex(where: { $0.contains(leading) }) else { return sorted }
    let isNear = { (group: [Statement]) in group[0].passage == leading.passage }
    let others = groups[..<first].filter { !isNear($0) } + groups[(first + 1)...].filter { !isNear($0) }
    return
      (groups[first...].filter(isNear) + groups[..<first].filter(isNear) + others).flatMap(\.self)
  }

  private mutating func addCode(_ code: Statement) {
    start(block: true)
    let lead = outline.lead(to: code)
    let number = cite(code.passage, (lead ?? code).range.lowerBound..<code.range.upperBound)
    let lines = Self.lines(of: code, in: passages[code.passage])
    let longest = lines.map { Self.longestRun(of: "`", in: $0) }.max() ?? 0
    let fence = String(repeating: "`", count: max(3, longest + 1))
    if let lead { text += "\(Self.shown(lead)) [\(number)]\n\n" }
    text += "\(fence)\n\(lines.joined(separator: "\n"))\n\(fence)\n"
    let signs = [code.isCut ? "…" : nil, lead == nil ? "[\(number)]" : nil].compactMap(\.self)
    if !signs.isEmpty { text += "\n" + signs.joined(separator: " ") }
    ending = .code
  }

  private mutating func addItem(_ item: Statement, marker: String) {
    if ending == .list { text += "\n" } else { start(block: true) }
    text += "\(marker) \(opening(item))\(Self.shown(item)) [\(cite(item.passage, item.range))]"
    ending = .list
  }

  /// Markers of the items among `ordered` that stand in one list with the item before or after them, by their places:
  /// the list's own numbers where none between them is left out.
  private static func markers(of ordered: [Statement], _ outline: StatementOutline) -> [Int: String] {
    var markers: [Int: String] = [:]
    var start = 0
    while start < ordered.count {
      var end = start + 1
      while end < ordered.count, outline.isOneList(ordered[end - 1], ordered[end]) { end += 1 }
      if end - start > 1 {
        let run = ordered[start..<end]
        let isWhole = run[end - 1].position - run[start].position == run.count - 1
        for index in start..<end {
          markers[index] = isWhole && ordered[index].isStep ? ordered[index].marker : "-"
        }
      }
      start = end
    }
    return markers
  }

  private mutating func addRow(_ row: Statement) {
    guard let columns = outline.columns(of: row) else {
      start(block: false)
      text += "\(Self.shown(row)) [\(cite(row.passage, row.range))]"
      return
    }
    let table = Ending.table(passage: row.passage, columns)
    if ending != table {
      start(block: true)
      text += Self.tableLine(columns) + "\n" + Self.tableLine(columns.map { _ in "---" })
      ending = table
    }
    var cells = row.cells
    cells[cells.count - 1] += " [\(cite(row.passage, row.range))]"
    text += "\n" + Self.tableLine(cells)
  }

  /// Whose a statement is, the name of its entry where nothing else tells it, or the heading that takes back what it
  /// says, unless the one before it has just named it.
  private mutating func opening(_ statement: Statement) -> String {
    defer { caveat = statement.caveat }
    if let name = names[statement.passage] { return "\(name): " }
    let name = statement.entryName(under: passages[statement.passage].headingPath.last)
    defer { entry = name }
    if let name, name != entry, !isTold(name) { return "\(name): " }
    return statement.caveat.flatMap { $0 == caveat ? nil : "\($0): " } ?? ""
  }

  /// Whether the question or a statement names an entry: `sort_size` of `sort_size (integer)`, `-x` of `-x, --extract`.
  private func isTold(_ name: String) -> Bool {
    let first = name.prefix { $0 != "," && $0 != " " }.lowercased()
    // `-k` is no part of `ssh-keygen`.
    return first.hasPrefix("-")
      ? told.split { $0.isWhitespace || ",;:()`".contains($0) }.contains { $0 == first }
      : told.contains(first)
  }

  /// A statement on one line; what was cut ends with a sign that the quotation does not have.
  private static func shown(_ statement: Statement) -> String {
    let line = uncommented(statement) ?? statement.line
    return statement.isCut ? "\(line) …" : line
  }

  /// A sentence of a comment in code without the signs before its lines, of which Markdown makes a heading; nil for
  /// other statements.
  private static func uncommented(_ statement: Statement) -> String? {
    let sign = "# "
    guard statement.kind == .sentence, statement.text.contains(sign) else { return nil }
    var lines = statement.text.split(separator: "\n").map { $0.drop { $0 == " " || $0 == "\t" } }
    guard lines.count > 1 || lines[0].hasPrefix(sign), lines.dropFirst().allSatisfy({ $0.hasPrefix(sign) })
    else { return nil }
    for index in lines.indices where lines[index].hasPrefix(sign) { lines[index].removeFirst(sign.count) }
    return Words.spaced(lines.joined(separator: " ")).joined(separator: " ")
  }

  /// Parts what comes from what is there.
  private mutating func start(block: Bool) {
    defer { ending = .sentence }
    guard !text.isEmpty else { return }
    while text.last?.isNewline == true { text.removeLast() }
    text += block || ending != .sentence ? "\n\n" : " "
  }

  private mutating func cite(_ passage: Int, _ range: Range<Int>) -> Int {
    let scalars = passages[passage].text.unicodeScalars
    let start = scalars.index(scalars.startIndex, offsetBy: range.lowerBound)
    let end = scalars.index(start, offsetBy: range.count)
    citations.append(
      Citation(
        number: citations.count + 1, passage: passages[passage], range: range,
        quote: String(scalars[start..<end])))
    return citations.count
  }

  /// Lines of a block, without the indentation that its first line has.
  private static func lines(of code: Statement, in passage: Passage) -> [String] {
    let before = passage.text.unicodeScalars.prefix(code.range.lowerBound)
    let indentation = before.reversed().prefix { $0 == " " || $0 == "\t" }.count
    return code.text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().map {
      index, line in
      guard index > 0 else { return String(line) }
      let space = line.prefix { $0 == " " || $0 == "\t" }.count
      return String(line.dropFirst(min(space, indentation)))
    }
  }

  private static func tableLine(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  private static func longestRun(of sign: Character, in line: String) -> Int {
    line.reduce(into: (run: 0, longest: 0)) { count, character in
      count.run = character == sign ? count.run + 1 : 0
      count.longest = max(count.longest, count.run)
    }.longest
  }
}
