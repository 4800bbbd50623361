/// Rows of cells as the text of a table block.
struct TableText {
  private(set) var rows: [[String]] = []
  /// Words that stand over the next table, if there is one.
  var heading: String?

  /// Adds a row, its cells' white space collapsed; a row without any text ends a table and is not added.
  ///
  /// - Returns: whether it was added.
  @discardableResult mutating func append(_ cells: some Sequence<String>) -> Bool {
    var row = cells.map { Whitespace.collapsed($0) }
    while row.last?.isEmpty == true { row.removeLast() }
    guard !row.isEmpty else { return false }
    rows.append(row)
    return true
  }

  /// Rows as lines, cells divided by ` | `, without columns that are empty throughout.
  var text: String {
    let width = rows.map(\.count).max() ?? 0
    var isUsed = [Bool](repeating: false, count: width)
    for row in rows { for (column, cell) in row.enumerated() where !cell.isEmpty { isUsed[column] = true } }
    return rows.map { row in
      row.enumerated().filter { isUsed[$0.offset] }.map(\.element).joined(separator: " | ")
    }.joined(separator: "\n")
  }

  /// Appends the table, or a lone cell as a paragraph, and begins anew.
  mutating func flush(into builder: inout DocumentBuilder) {
    if !rows.isEmpty, let heading {
      builder.append(.heading(level: 1), heading)
      self.heading = nil
    }
    if rows.count == 1, rows[0].count(where: { !$0.isEmpty }) == 1 {
      builder.append(.paragraph, text)
    } else if !rows.isEmpty {
      builder.append(.table, text)
    }
    rows = []
  }
}
