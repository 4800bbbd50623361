/// Rows of cells as the text of a table block.
struct TableText {
  /// The cells that hold text, with their columns from 0, in order.
  private var rows: [[(column: Int, text: String)]] = []
  /// Words that stand over the next table, if there is one.
  var heading: String?

  /// Adds a row, its cells' white space collapsed; a row without any text ends a table and is not added.
  ///
  /// - Returns: whether it was added.
  @discardableResult mutating func append(_ cells: some Sequence<String>) -> Bool {
    append(cells.enumerated().map { (column: $0.offset, text: $0.element) })
  }

  /// Adds a row of which only some cells are given, those further left first.
  @discardableResult mutating func append(_ cells: [(column: Int, text: String)]) -> Bool {
    let row = cells.map { (column: $0.column, text: Whitespace.collapsed($0.text)) }.filter {
      !$0.text.isEmpty
    }
    guard !row.isEmpty else { return false }
    rows.append(row)
    return true
  }

  /// Rows as lines, cells divided by ` | `, without columns that are empty throughout; of a table that has next to
  /// nothing but empty cells, only the others.
  private var text: String {
    let columns = Set(rows.joined().map(\.column)).sorted()
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($0.element, $0.offset) })
    let filled = rows.reduce(0) { $0 + $1.count }
    let isSparse = rows.count * columns.count > max(100_000, 20 * filled)
    return rows.map { row in
      guard !isSparse else { return row.map(\.text).joined(separator: " | ") }
      var line = ""
      var last = 0
      for cell in row {
        let place = places[cell.column] ?? last
        line += String(repeating: " | ", count: max(0, place - last)) + cell.text
        last = place
      }
      return line
    }.joined(separator: "\n")
  }

  /// Appends the table, or a lone cell as a paragraph, and begins anew.
  mutating func flush(into builder: inout DocumentBuilder) {
    if !rows.isEmpty, let heading {
      builder.append(.heading(level: 1), heading)
      self.heading = nil
    }
    if rows.count == 1, rows[0].count == 1 {
      builder.append(.paragraph, text)
    } else if !rows.isEmpty {
      builder.append(.table, text)
    }
    rows = []
  }
}
