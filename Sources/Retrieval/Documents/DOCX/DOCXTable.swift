/// A Word table: what its cells hold, and the columns and rows that they stand over.
struct DOCXTable {
  var text = TableText()
  /// The paragraphs of the cells, for the notes and text boxes that hang on them.
  private(set) var runs: [DOCXRuns] = []
  private var rows: [[TableText.Cell]] = []

  /// Tables within tables that are read as such; those in them are paragraphs of a cell.
  private static let deepest = 3
  /// Word allows as many columns.
  private static let mostColumns = 63

  /// - Parameters:
  ///   - element: a `w:tbl` element.
  ///   - depth: how many tables stand around it.
  init(_ element: XMLElement, depth: Int = 0) {
    // Where the cells begin that may go on in the next row, by their columns.
    var above: [Int: (row: Int, cell: Int)] = [:]
    for row in Self.rows(element) {
      var cells: [TableText.Cell] = []
      var merged: [Int: (row: Int, cell: Int)] = [:]
      var column = Self.columns(row.first("trPr")?.first("gridBefore"), least: 0)
      for cell in Self.found("tc", in: row) {
        let properties = cell.first("tcPr")
        let columns = Self.columns(properties?.first("gridSpan"), least: 1)
        let merge = properties?.first("vMerge")
        if let start = above[column], merge != nil, merge?.attribute("val") != "restart" {
          rows[start.row][start.cell].rows = rows.count - start.row + 1
          merged[column] = start
        } else {
          if merge != nil { merged[column] = (rows.count, cells.count) }
          cells.append(
            TableText.Cell(column: column, text: words(of: cell, depth: depth), columns: columns))
        }
        column += columns
      }
      rows.append(cells)
      above = merged
    }
    for row in rows { text.append(row) }
  }

  /// The cells of a table with one column; nil for others.
  static func onlyColumn(_ element: XMLElement) -> [XMLElement]? {
    let rows = rows(element).map { found("tc", in: $0) }
    return rows.allSatisfy { $0.count == 1 } ? rows.flatMap { $0 } : nil
  }

  private mutating func words(of cell: XMLElement, depth: Int) -> String {
    var parts: [String] = []
    for block in Self.blocks(cell, opensTables: depth == Self.deepest) {
      if block.name == "tbl" {
        let table = DOCXTable(block, depth: depth + 1)
        let lines = table.rows.map { $0.map(\.text).filter { !$0.isEmpty }.joined(separator: ", ") }
        parts.append(lines.filter { !$0.isEmpty }.joined(separator: "; "))
        runs.append(contentsOf: table.runs)
      } else {
        let paragraph = DOCXRuns(block)
        parts.append(Whitespace.collapsed(paragraph.text))
        runs.append(paragraph)
      }
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Paragraphs and tables of a cell, content controls opened.
  private static func blocks(_ cell: XMLElement, opensTables: Bool) -> [XMLElement] {
    cell.outermost { element in
      switch element.name {
      case "p": .found
      case "tbl": opensTables ? .enter : .found
      case "tcPr", "sdtPr", "del", "moveFrom": .pass
      default: .enter
      }
    }
  }

  private static func rows(_ table: XMLElement) -> [XMLElement] {
    found("tr", in: table).filter { $0.first("trPr")?.first("del") == nil }
  }

  /// Rows of a table or cells of a row, also those inside content controls.
  private static func found(_ name: String, in element: XMLElement) -> [XMLElement] {
    element.outermost { child in
      switch child.name {
      case name: .found
      case "sdt", "sdtContent", "customXml", "ins", "moveTo": .enter
      default: .pass
      }
    }
  }

  private static func columns(_ element: XMLElement?, least: Int) -> Int {
    min(max(least, element?.attribute("val").flatMap { Int($0) } ?? least), mostColumns)
  }
}
