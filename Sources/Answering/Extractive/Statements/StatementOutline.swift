/// The statements of passages in their order.
struct StatementOutline: Sendable {
  /// By passage and position.
  private var statements: [[Statement?]] = []

  init(_ statements: [Statement]) {
    for statement in statements {
      let (passage, position) = (statement.passage, statement.position)
      while self.statements.count <= passage { self.statements.append([]) }
      let missing = position + 1 - self.statements[passage].count
      if missing > 0 { self.statements[passage] += repeatElement(nil, count: missing) }
      self.statements[passage][position] = statement
    }
  }

  /// Puts other statements in the place of a passage's.
  mutating func replace(_ passage: Int, with others: [Statement]) { statements[passage] = others }

  private func statement(_ passage: Int, _ position: Int) -> Statement? {
    guard statements.indices.contains(passage), statements[passage].indices.contains(position) else {
      return nil
    }
    return statements[passage][position]
  }

  func before(_ statement: Statement) -> Statement? {
    self.statement(statement.passage, statement.position - 1)
  }

  func after(_ statement: Statement) -> Statement? {
    self.statement(statement.passage, statement.position + 1)
  }

  /// The sentence that introduces a block of code.
  func lead(to code: Statement) -> Statement? {
    guard let lead = before(code), lead.kind == .sentence || lead.kind == .item,
      let last = lead.text.last, ".:!?".contains(last) || lead.breaksOff
    else { return nil }
    return lead
  }

  /// The code that begins at most `distance` sentences after one, under the same heading.
  func code(after sentence: Statement, within distance: Int) -> Statement? {
    guard sentence.kind == .sentence || sentence.kind == .item else { return nil }
    var place = sentence
    for _ in 0...distance {
      guard let next = after(place), next.section == sentence.section else { return nil }
      if next.kind == .code { return next }
      guard next.kind == .sentence else { return nil }
      place = next
    }
    return nil
  }

  /// The row that names the columns of a row's table.
  func head(of row: Statement) -> Statement? {
    var place = row
    while let previous = before(place) {
      switch previous.kind {
      case .head: return previous
      case .row: place = previous
      default: return nil
      }
    }
    return nil
  }

  /// Most words and statements of a list, a table or code that one sentence introduces and that is taken along whole.
  private static let blockWords = 80
  private static let blockStatements = 9

  /// `chosen` with what their sentences lead to: one that ends in a colon says little without the list or the table below
  /// it, and nothing alone without the code; two steps of several come with the others, and what
  /// points back to code with that.
  func completed(_ chosen: [Statement]) -> [Statement] {
    var completed: [Statement] = []
    for statement in chosen {
      if !completed.contains(statement) { completed.append(statement) }
      if statement.pointsBack, let previous = before(statement), previous.kind == .code,
        !completed.contains(previous), !chosen.contains(previous), isShort([previous])
      {
        completed.append(previous)
      }
      if statement.isStep {
        let steps = list(around: statement)
        // Some of the steps mislead; one alone may be all that was asked for.
        if steps.count(where: chosen.contains) > 1, isShort(steps) {
          completed += steps.filter { !completed.contains($0) }
        }
      }
      guard statement.text.last == ":", let next = after(statement),
        [.item, .head, .row].contains(next.kind) || next.kind == .code && chosen.count == 1
      else { continue }
      let block = block(from: next)
      // Of a list or table some part was chosen already: the rest was not worth it.
      guard !block.contains(where: chosen.contains), isShort(block) else { continue }
      completed += block.filter { $0.kind != .head }
    }
    return completed
  }

  /// The code that a sentence leads to with a colon, or in its middle, and whether it is short enough to be taken along.
  func codeLed(by statement: Statement) -> (code: Statement, isShort: Bool)? {
    guard statement.text.last == ":" || statement.breaksOff, let next = after(statement), next.kind == .code
    else { return nil }
    return (next, isShort([next]))
  }

  /// Whether a statement says little without the code behind it, or without what the passage does not hold any more.
  func isLeftOpen(_ statement: Statement) -> Bool {
    statement.breaksOff || codeLed(by: statement) != nil
      || statement.kind == .sentence && statement.text.last == ":" && !leadsToBlock(statement)
  }

  /// Whether a list or a table follows that is taken along whole.
  private func leadsToBlock(_ statement: Statement) -> Bool {
    guard let next = after(statement), [.item, .head, .row].contains(next.kind) else { return false }
    return isShort(block(from: next))
  }

  func isShort(_ block: [Statement]) -> Bool {
    block.count <= Self.blockStatements && block.reduce(0) { $0 + $1.words } <= Self.blockWords
  }

  /// Whether two statements are items of the same list.
  func isOneList(_ first: Statement, _ second: Statement) -> Bool {
    guard first.passage == second.passage, first.kind == .item, second.kind == .item else { return false }
    let positions = min(first.position, second.position)...max(first.position, second.position)
    return positions.allSatisfy { position in
      statement(first.passage, position).map { $0.kind == .item && $0.isStep == first.isStep } ?? false
    }
  }

  /// Whether two statements, the second one after the first, make one block or are understood only together.
  func belong(_ first: Statement, _ second: Statement) -> Bool {
    guard first.passage == second.passage else { return false }
    if isOneList(first, second) || first.kind == .row && second.kind == .row { return true }
    return first.stands(before: second)
      && (second.pointsBack || second.kind == .code || first.text.last == ":")
  }

  /// All items of the list that one stands in.
  private func list(around item: Statement) -> [Statement] {
    var first = item
    while let previous = before(first), previous.kind == .item, previous.isStep == item.isStep {
      first = previous
    }
    return block(from: first)
  }

  /// All items of the list, or rows of the table, that one stands in.
  func block(around statement: Statement) -> [Statement] {
    if statement.kind == .item { return list(around: statement) }
    var first = statement
    while let previous = before(first), previous.kind == .row { first = previous }
    return block(from: first)
  }

  /// A list, a table or a block of code from its first statement on.
  private func block(from first: Statement) -> [Statement] {
    guard first.kind != .code else { return [first] }
    var block = [first]
    let kind = first.kind == .item ? Statement.Kind.item : .row
    while let next = after(block[block.count - 1]), next.kind == kind { block.append(next) }
    return block
  }

  /// Whether a passage says anything that is no code.
  func hasProse(_ passage: Int) -> Bool {
    statements.indices.contains(passage)
      && statements[passage].contains { $0.map { $0.kind != .code && $0.kind != .heading } ?? false }
  }

  /// Names of the columns of a row's table, as far as it has cells: those that are empty at a row's end are not written.
  func columns(of row: Statement) -> [String]? {
    guard let columns = row.columns ?? head(of: row)?.cells else { return nil }
    let count = row.cells.count
    // A head from elsewhere is that of the table if it has as many cells as some row.
    guard
      columns.count == count || row.columns == nil
        || block(around: row).contains(where: { $0.cells.count == columns.count })
    else { return nil }
    return columns.count >= count ? Array(columns.prefix(count)) : nil
  }

  /// Words of a statement; those of a table's row with the name of its column before each.
  func words(of statement: Statement) -> [String] {
    guard statement.kind == .row, let head = columns(of: statement) else {
      return Words.of(statement.text)
    }
    return statement.cells.enumerated().flatMap { column, cell in
      Words.of(head[column]) + Words.of(cell)
    }
  }
}

extension Statement {
  /// Cells of a row.
  var cells: [String] { Self.cells(line) }

  static func cells(_ row: String) -> [String] {
    var line = row[...]
    let (opens, closes) = (line.hasPrefix("| "), line.hasSuffix(" |"))
    if opens { line = line.dropFirst(2) }
    if closes { line = line.dropLast(2) }
    let cells = line.split(separator: " | ", omittingEmptySubsequences: false).map(String.init)
    // Signs at both ends frame a row; one alone follows or precedes a cell that is empty.
    if opens == closes { return cells }
    return opens ? [""] + cells : cells + [""]
  }
}
