/// A Word table as rows of text.
struct DOCXTable {
  private(set) var rows: [[String]] = []
  /// The paragraphs of the cells, for the notes and text boxes that hang on them.
  private(set) var runs: [DOCXRuns] = []
  private var cells: [[XMLElement]] = []
  /// How many columns each cell of a row stands over, where those that another stands over have none.
  private var spans: [[Int]] = []

  /// - Parameter element: a `w:tbl` element.
  init(_ element: XMLElement) {
    // What stands in a column that is merged downwards is repeated in each of its rows, so that a row can be
    // read alone.
    var merged: [Int: String] = [:]
    for row in Self.found("tr", in: element) where !Self.isDeleted(row) {
      var texts: [String] = []
      var elements: [XMLElement] = []
      var spans: [Int] = []
      for cell in Self.found("tc", in: row) {
        let properties = cell.first("tcPr")
        let span = properties?.first("gridSpan")?.attribute("val").flatMap { Int($0) } ?? 1
        let merge = properties?.first("vMerge")
        let continues = merge != nil && merge?.attribute("val") != "restart"
        let column = texts.count
        let text = continues ? merged[column] ?? "" : append(cell)
        // A long one would make a small file into any amount of text.
        merged[column] = merge == nil || text.utf8.count > 200 ? nil : text
        texts.append(text)
        elements.append(cell)
        // Word allows 63 columns.
        let covered = min(max(1, span), 63) - 1
        texts.append(contentsOf: repeatElement("", count: covered))
        spans.append(covered + 1)
        spans.append(contentsOf: repeatElement(0, count: covered))
      }
      guard texts.contains(where: { !$0.isEmpty }) else { continue }
      rows.append(texts)
      cells.append(elements)
      self.spans.append(spans)
    }
  }

  /// Rows as lines, cells divided by ` | `; names of columns in several rows are one.
  var text: String {
    rowsUnderOneHead.map { $0.joined(separator: " | ") }.joined(separator: "\n")
  }

  private var rowsUnderOneHead: [[String]] {
    let head = zip(rows, spans).prefix(8).map { row, spans in
      zip(row, spans).enumerated().compactMap { column, cell in
        cell.0.isEmpty ? nil : TableText.Cell(column: column, text: cell.0, columns: max(1, cell.1))
      }
    }
    let joined = TableHead.joined(Array(head))
    guard joined.count < head.count, let names = joined.first else { return rows }
    var texts = [String](repeating: "", count: rows[0].count)
    for name in names where texts.indices.contains(name.column) { texts[name.column] = name.text }
    return [texts] + rows.dropFirst(head.count - joined.count + 1)
  }

  /// The cells of a table with one column.
  var onlyColumn: [XMLElement]? {
    cells.allSatisfy { $0.count == 1 } ? cells.flatMap { $0 } : nil
  }

  private mutating func append(_ cell: XMLElement) -> String {
    var parts: [String] = []
    for child in Self.blocks(cell) {
      if child.name == "tbl" {
        let table = DOCXTable(child)
        parts.append(
          table.rows.map { $0.filter { !$0.isEmpty }.joined(separator: ", ") }.joined(separator: "; "))
        runs.append(contentsOf: table.runs)
      } else {
        let paragraph = DOCXRuns(child)
        parts.append(Whitespace.collapsed(paragraph.text))
        runs.append(paragraph)
      }
    }
    return parts.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// Paragraphs and tables of a cell, content controls opened.
  private static func blocks(_ element: XMLElement) -> [XMLElement] {
    element.children.flatMap { child -> [XMLElement] in
      switch child.name {
      case "p", "tbl": [child]
      case "tcPr", "sdtPr", "del", "moveFrom": []
      default: blocks(child)
      }
    }
  }

  /// Rows of a table or cells of a row, also those inside content controls.
  private static func found(_ name: String, in element: XMLElement) -> [XMLElement] {
    element.children.flatMap { child -> [XMLElement] in
      switch child.name {
      case name: [child]
      case "sdt", "sdtContent", "customXml", "ins", "moveTo": found(name, in: child)
      default: []
      }
    }
  }

  private static func isDeleted(_ row: XMLElement) -> Bool {
    row.first("trPr")?.first("del") != nil
  }
}
