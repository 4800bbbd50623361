/// The tables of reStructuredText as rows of cells, each cell on one line.
enum RSTTable {
  typealias Row = [[UInt8]]

  /// A table drawn with `+---+` and `|`.
  static func grid(_ lines: ArraySlice<RSTLine>) -> [Row] {
    let base = lines.first?.indent ?? 0
    let drawn = lines.map { $0.columns(from: base) }
    var corners: Set<Int> = []
    for line in drawn where line.first == "+" {
      for (column, sign) in line.enumerated() where sign == "+" { corners.insert(column) }
    }
    let columns = corners.sorted()
    var rows: [Row] = []
    var cells: [[Unicode.Scalar]] = []
    var bounds: [Int] = []
    func endRow() {
      if cells.contains(where: { $0.contains { $0 != " " } }) { rows.append(cells.map(text)) }
      cells = []
      bounds = []
    }
    for line in drawn {
      if isSeparator(line) {
        endRow()
        continue
      }
      if bounds.isEmpty {
        bounds = columns.prefix { $0 < line.count }.filter { line[$0] == "|" || line[$0] == "+" }
        cells = Array(repeating: [], count: max(bounds.count - 1, 0))
      }
      for (cell, start) in bounds.dropLast().enumerated() {
        let end = min(bounds[cell + 1], line.count)
        if start + 1 < end { cells[cell] += line[(start + 1)..<end] + [" "] }
      }
    }
    endRow()
    return rows
  }

  /// `+----+` from end to end, or within a row that another cell spans: `|    +----+`.
  private static func isSeparator(_ line: [Unicode.Scalar]) -> Bool {
    guard let first = line.first, first == "+" || first == "|", let corner = line.firstIndex(of: "+"),
      corner + 1 < line.count
    else { return false }
    return line[corner + 1] == "-" || line[corner + 1] == "="
  }

  /// A table whose columns are ruled with `====  ====`.
  static func simple(_ lines: ArraySlice<RSTLine>) -> [Row] {
    guard let border = lines.first else { return [] }
    let columns = ruledColumns(border.columns(from: border.indent))
    var rows: [[[Unicode.Scalar]]] = []
    var startsRow = true
    for line in lines.dropFirst() {
      let drawn = line.columns(from: border.indent)
      if line.isBlank || isRule(line.content) {
        startsRow = true
        continue
      }
      let cells = split(drawn, at: columns)
      if let first = cells.first, !first.contains(where: { $0 != " " }), !startsRow, var row = rows.popLast()
      {
        for (column, cell) in cells.enumerated() {
          if column < row.count { row[column] += [" "] + cell } else { row.append(cell) }
        }
        rows.append(row)
      } else {
        rows.append(cells)
      }
      startsRow = false
    }
    return rows.map { $0.map(text) }
  }

  /// `=====` and `-----` with at least one gap, or a border of one column.
  static func isRule(_ line: ArraySlice<UInt8>) -> Bool {
    guard let sign = line.first, sign == UInt8(ascii: "=") || sign == UInt8(ascii: "-"), line.count > 1 else {
      return false
    }
    return line.allSatisfy { $0 == sign || $0 == .space }
  }

  private static func ruledColumns(_ border: [Unicode.Scalar]) -> [Int] {
    border.indices.filter { border[$0] == "=" && ($0 == 0 || border[$0 - 1] == " ") }
  }

  /// Cuts a row at the columns' starts, but not within a word that runs over them. Columns behind its end have no cells.
  private static func split(_ line: [Unicode.Scalar], at columns: [Int]) -> [[Unicode.Scalar]] {
    var cells: [[Unicode.Scalar]] = []
    for (column, start) in columns.enumerated() {
      guard start < line.count else { break }
      let end = column + 1 < columns.count ? min(columns[column + 1], line.count) : line.count
      let cell = Array(line[start..<end])
      if column > 0, start > 0, line[start - 1] != " ", line[start] != " " {
        cells[column - 1] += cell
        cells.append([])
      } else {
        cells.append(cell)
      }
    }
    return cells
  }

  private static func text(_ cell: [Unicode.Scalar]) -> [UInt8] {
    var line = InlineText()
    line.add(Array(String(String.UnicodeScalarView(cell)).utf8))
    return line.take()
  }

  /// Comma-separated values: quotes around cells, doubled quotes within.
  static func csv(_ text: [UInt8], delimiter: UInt8) -> [Row] {
    var rows: [Row] = []
    var row: Row = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = 0
    func endCell() {
      row.append(Array(cell.map { $0 == .lineFeed ? .space : $0 }.trimmedSpace))
      cell = []
    }
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "\"") {
        if isQuoted, index < text.count, text[index] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted.toggle()
        }
      } else if byte == delimiter, !isQuoted {
        endCell()
      } else if byte == .lineFeed, !isQuoted {
        endCell()
        rows.append(row)
        row = []
      } else {
        cell.append(byte)
      }
    }
    endCell()
    rows.append(row)
    return rows.filter { $0.contains { !$0.isEmpty } }
  }
}
