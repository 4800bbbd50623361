/// What stands at the head of a table: its title, and the names of its columns, which may take several rows.
enum TableHead {
  /// Most rows of a title, and of names.
  private static let (mostCaptions, mostRows) = (3, 4)
  /// Most columns that a row of names may stand over: no table for readers has more, and each is looked for in every row.
  private static let mostColumns = 500

  /// How many rows at the beginning hold one cell only, of several columns or several words, above rows of several cells.
  static func captions(of rows: [[TableText.Cell]]) -> Int {
    let count = rows.prefix { row in
      row.count == 1 && (row[0].columns > 1 || row[0].text.contains(" "))
    }.count
    guard (1...mostCaptions).contains(count), rows.count > count + 1, rows[count].count > 1,
      rows[count + 1].count > 1
    else { return 0 }
    return count
  }

  /// The rows with the names of columns as one row, where a name stands over several columns that have names of their own:
  /// "Q1" over "Plan" and "Actual" gives "Q1 Plan" and "Q1 Actual". Any other rows as they are.
  static func joined(_ rows: [[TableText.Cell]]) -> [[TableText.Cell]] {
    guard let first = rows.first, first.contains(where: { $0.columns > 1 }) else { return rows }
    let height = max(2, first.map(\.rows).max() ?? 1)
    guard height <= mostRows, rows.count > height else { return rows }
    let head = rows[..<height]
    guard head.allSatisfy({ $0.lazy.map(\.columns).reduce(0, +) <= mostColumns }) else { return rows }
    func names(_ column: Int) -> [String] {
      var names: [String] = []
      for row in head {
        let cell = row.last { $0.column <= column && column < $0.column + $0.columns }
        if let cell, names.last != cell.text { names.append(cell.text) }
      }
      return names
    }
    // Below a name that stands over several columns each has its own, in words.
    let areNamed = first.filter { $0.columns > 1 }.allSatisfy { wide in
      (wide.column..<wide.column + wide.columns).allSatisfy { column in
        rows[1..<height].contains { $0.contains { $0.column == column && isName($0.text) } }
      }
    }
    guard areNamed else { return rows }
    let columns = Set(head.joined().flatMap { $0.column..<$0.column + $0.columns }).sorted()
    let names = columns.map { TableText.Cell(column: $0, text: names($0).joined(separator: " ")) }
    return [names] + rows[height...]
  }

  /// Whether a cell may name a column: words, or a year.
  private static func isName(_ text: String) -> Bool {
    text.contains(where: \.isLetter) || Int(text).map { (1900...2199).contains($0) } ?? false
  }
}
