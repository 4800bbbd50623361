/// Rows of cells as the text of a table block.
struct TableText {
  /// A cell that holds text.
  struct Cell: Equatable {
    /// From 0.
    var column: Int
    var text: String
    /// How many columns and rows it stands over.
    var columns = 1
    var rows = 1
  }

  /// The cells that hold text, in order.
  private var rows: [[Cell]] = []
  /// Words that stand over the next table, if there is one.
  var heading: String?

  /// Adds a row, its cells' white space collapsed; a row without any text ends a table and is not added.
  ///
  /// - Returns: whether it was added.
  @discardableResult mutating func append(_ cells: some Sequence<String>) -> Bool {
    append(cells.enumerated().map { Cell(column: $0.offset, text: $0.element) })
  }

  /// Adds a row of which only some cells are given, those further left first.
  @discardableResult mutating func append(_ cells: [Cell]) -> Bool {
    var row = cells
    for index in row.indices { row[index].text = Whitespace.collapsed(row[index].text) }
    row.removeAll(where: \.text.isEmpty)
    guard !row.isEmpty else { return false }
    rows.append(row)
    return true
  }

  /// Rows as lines, cells divided by ` | `, without columns that are empty throughout; of a table that has next to
  /// nothing but empty cells, only the others.
  private static func text(_ rows: [[Cell]]) -> String {
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

  /// Appends the table, or a lone cell as a paragraph, and begins anew. Lines that stand alone above the names of the
  /// columns are paragraphs, and names in several rows become one.
  mutating func flush(into builder: inout DocumentBuilder) {
    if !rows.isEmpty, let heading {
      builder.append(.heading(level: 1), heading)
      self.heading = nil
    }
    let captions = TableHead.captions(of: rows)
    for caption in rows[..<captions] { builder.append(.paragraph, caption[0].text) }
    let rest = TableHead.joined(Array(rows[captions...]))
    if rest.count == 1, rest[0].count == 1 {
      builder.append(.paragraph, Self.text(rest))
    } else if !rest.isEmpty {
      builder.append(.table, Self.text(rest))
    }
    rows = []
  }
}
