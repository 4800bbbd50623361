/// The statements of passages in their order.
struct StatementOutline {
  private var statements: [Int: [Int: Statement]] = [:]

  init(_ statements: [Statement]) {
    for statement in statements {
      self.statements[statement.passage, default: [:]][statement.position] = statement
    }
  }

  func before(_ statement: Statement) -> Statement? { statements[statement.passage]?[statement.position - 1] }

  func after(_ statement: Statement) -> Statement? { statements[statement.passage]?[statement.position + 1] }

  /// The sentence that introduces a block of code.
  func lead(to code: Statement) -> Statement? {
    guard let lead = before(code), lead.kind == .sentence || lead.kind == .item,
      let last = lead.text.last, ".:!?".contains(last)
    else { return nil }
    return lead
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

  /// Whether a passage says anything that is no code.
  func hasProse(_ passage: Int) -> Bool {
    statements[passage]?.values.contains { $0.kind != .code && $0.kind != .heading } ?? false
  }

  /// Words of a statement; those of a table's row with the name of its column before each.
  func words(of statement: Statement) -> [String] {
    guard let head = head(of: statement)?.cells, statement.kind == .row else {
      return Words.of(statement.text)
    }
    return statement.cells.enumerated().flatMap { column, cell in
      (column < head.count ? Words.of(head[column]) : []) + Words.of(cell)
    }
  }
}

extension Statement {
  /// Cells of a row.
  var cells: [String] {
    var line = line[...]
    if line.hasPrefix("| ") { line = line.dropFirst(2) }
    if line.hasSuffix(" |") { line = line.dropLast(2) }
    return line.split(separator: " | ", omittingEmptySubsequences: false).map(String.init)
  }
}
