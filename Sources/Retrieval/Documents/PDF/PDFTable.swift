/// A table on a page: rows of lines that stand beside each other in the same columns.
struct PDFTable {
  /// Indices of its lines among those of the page.
  private(set) var lines: Range<Int>
  private var rows: [[String]] = []
  private var columns: [ClosedRange<Double>] = []

  /// The table that begins with the line at `start`, if there are two rows or more of two cells or more.
  init?(_ page: [PDFLine], at start: Int) {
    lines = start..<start
    while let row = Self.row(page, at: lines.upperBound), let places = columns(of: row) {
      lines = start..<(lines.upperBound + row.count)
      var texts = [String](repeating: "", count: columns.count)
      for (cell, place) in zip(row, places) { texts[place] = cell.text }
      takeContinuations(page, row: row, places: places, into: &texts)
      rows.append(texts)
    }
    guard rows.count > 1 else { return nil }
  }

  /// Rows as lines, cells divided by ` | `.
  var text: String { rows.map { $0.joined(separator: " | ") }.joined(separator: "\n") }

  /// Lines from `start` on that stand beside each other; nil if there is only one, or a list's marker comes first.
  private static func row(_ page: [PDFLine], at start: Int) -> [PDFLine]? {
    guard start < page.count else { return nil }
    let first = page[start]
    guard !ListMarker.isBullet(first.text), ListMarker.kind("\(first.text) x") == nil else { return nil }
    var row = [first]
    for line in page[(start + 1)...] {
      guard abs(line.top - first.top) < 0.35 * first.height,
        line.left > row[row.count - 1].right + 0.5 * line.height
      else { break }
      row.append(line)
    }
    return row.count > 1 ? row : nil
  }

  /// The column of each cell, where each lies under one of its own; the first row makes the columns.
  private mutating func columns(of row: [PDFLine]) -> [Int]? {
    if columns.isEmpty {
      columns = row.map { $0.left...max($0.left, $0.right) }
      return Array(row.indices)
    }
    var places: [Int] = []
    for cell in row {
      let range = cell.left...max(cell.left, cell.right)
      let under = columns.indices.filter { columns[$0].overlaps(range) }
      guard under.count == 1, under[0] > places.last ?? -1 else { return nil }
      places.append(under[0])
    }
    for (cell, place) in zip(row, places) {
      let column = columns[place]
      columns[place] = min(column.lowerBound, cell.left)...max(column.upperBound, cell.right)
    }
    return places
  }

  /// Further lines of the row's last cells.
  private mutating func takeContinuations(
    _ page: [PDFLine], row: [PDFLine], places: [Int], into texts: inout [String]
  ) {
    var last = row[row.count - 1]
    while lines.upperBound < page.count, Self.row(page, at: lines.upperBound) == nil {
      let line = page[lines.upperBound]
      guard line.top > last.top + 0.5 * last.height, line.top - last.top < 1.6 * last.height,
        let cell = row.indices.dropFirst().last(where: { abs(row[$0].left - line.left) < 3 })
      else { return }
      texts[places[cell]] += " \(line.text)"
      lines = lines.lowerBound..<(lines.upperBound + 1)
      last = line
    }
  }
}
