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
  private struct Row {
    /// Among all rows, those without text counted.
    var place: Int
    var cells: [Cell]
  }

  private var rows: [Row] = []
  /// The place of the next row, and the one that cells above it reach down to.
  private var (next, reached) = (0, 0)
  /// Words that stand over the next table, if there is one.
  var heading: String?

  /// More rows than any sheet has.
  private static let mostRows = 1 << 20

  /// Adds a row, its cells' white space collapsed; a row without any text is not added, and ends a table.
  ///
  /// - Returns: whether the table goes on.
  @discardableResult mutating func append(_ cells: some Sequence<String>) -> Bool {
    append(cells.enumerated().map { Cell(column: $0.offset, text: $0.element) })
  }

  /// Adds a row of which only some cells are given, those further left first. One without any text is not added, and ends
  /// a table unless a cell above stands over it.
  @discardableResult mutating func append(_ cells: [Cell]) -> Bool {
    var row = cells
    for index in row.indices { row[index].text = Whitespace.collapsed(row[index].text) }
    row.removeAll(where: \.text.isEmpty)
    guard !row.isEmpty else { return skip(1) }
    for cell in row { reached = max(reached, next + min(cell.rows, Self.mostRows)) }
    rows.append(Row(place: next, cells: row))
    next += 1
    return true
  }

  /// Goes past rows without text.
  ///
  /// - Returns: whether the table goes on, since a cell above stands over all of them.
  @discardableResult mutating func skip(_ count: Int) -> Bool {
    next += count
    return next <= reached
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
  /// columns are paragraphs, names in several rows become one, and what stands over several rows is told in each.
  mutating func flush(into builder: inout DocumentBuilder) {
    if !rows.isEmpty, let heading {
      builder.append(.heading(level: 1), heading)
      self.heading = nil
    }
    let captions = captions
    for caption in rows[..<captions] { builder.append(.paragraph, caption.cells[0].text) }
    let under = TableHead.joined(rows[captions...].map(\.cells))
    let rest = TableSpans.filled(under, places: rows.suffix(under.count).map(\.place))
    if rest.count == 1, rest[0].count == 1 {
      builder.append(.paragraph, Self.text(rest))
    } else if !rest.isEmpty {
      builder.append(.table, Self.text(rest))
    }
    (rows, next, reached) = ([], 0, 0)
  }

  /// How many rows at the beginning are a title: none that stand beside others.
  private var captions: Int {
    let count = TableHead.captions(of: rows.map(\.cells))
    return (0..<count).first { rows[$0].cells[0].rows > rows[$0 + 1].place - rows[$0].place } ?? count
  }
}
