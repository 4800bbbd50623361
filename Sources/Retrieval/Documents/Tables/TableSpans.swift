/// Cells of a table that stand over several rows.
enum TableSpans {
  /// Longest text that is told again.
  private static let longest = 200
  /// Bytes that are told again whatever a table holds; beyond, a few times what it holds.
  private static let budget = 65_536

  /// Rows with what reaches down into them from above, so that each can be read alone.
  ///
  /// - Parameter places: those of the rows among all rows of the table, in order.
  static func filled(_ rows: [[TableText.Cell]], places: [Int]) -> [[TableText.Cell]] {
    guard rows.contains(where: { $0.contains { $0.rows > 1 } }) else { return rows }
    // By column.
    var reaching: [Int: (last: Int, text: String)] = [:]
    var (own, repeated) = (0, 0)
    return zip(rows, places).map { row, place in
      own += row.reduce(0) { $0 + $1.text.utf8.count }
      var cells = row
      if !reaching.isEmpty {
        for cell in row { reaching[cell.column] = nil }
        for column in reaching.keys.sorted() {
          guard let above = reaching[column] else { continue }
          if above.last < place || repeated > budget + 4 * own {
            reaching[column] = nil
          } else {
            cells.append(TableText.Cell(column: column, text: above.text))
            repeated += above.text.utf8.count
          }
        }
        if cells.count > row.count { cells.sort { $0.column < $1.column } }
      }
      for cell in row where cell.rows > 1 && cell.text.utf8.count <= longest {
        reaching[cell.column] = (place + min(cell.rows, 1 << 20) - 1, cell.text)
      }
      return cells
    }
  }
}
