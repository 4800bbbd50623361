/// Reads Excel workbooks (SpreadsheetML, ECMA-376 part 1, chapter 18): each sheet is a section with its tables, which
/// empty rows divide. Formulas give the value that was stored with them.
public struct XLSXParser: DocumentParser {
  private let limits: DocumentLimits

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let office = try OfficeParts(bytes, limits: limits)
    let main = "xl/workbook.xml"
    let workbook = try XMLTree(office.parts.required(main, is: "its list of sheets"), part: main)
    let relationships = try office.relationships(of: main)
    let strings = try Self.sharedStrings(office.parts["xl/sharedStrings.xml"])
    let is1904 = ["1", "true"].contains(workbook.root?.first("workbookPr")?.attribute("date1904") ?? "")
    let formats = try XLSXFormats(office.tree("xl/styles.xml"), is1904: is1904)
    let sheets =
      workbook.root?.first("sheets")?.all("sheet").filter { $0.attribute("state") ?? "visible" == "visible" }
      ?? []

    var builder = DocumentBuilder()
    builder.title = office.title
    var bytes = 0
    // A small file that names a sheet again and again would take any time.
    var shown: Set<String> = []
    for sheet in sheets {
      // The identifier is `r:id`; `sheetId` is another number.
      guard let id = sheet.attribute("id"), let part = relationships[id], part.type == "worksheet",
        shown.insert(part.target).inserted, let content = office.parts[part.target]
      else { continue }
      let name = Whitespace.collapsed(sheet.attribute("name") ?? "")
      var table = TableText()
      if sheets.count > 1 || !SheetName.isDefault(name) { table.heading = name }
      let merges = try Self.merges(content, part: part.target)
      var previous = 0
      try XMLBlockReader.forEachChild(of: "sheetData", in: content, part: part.target) { row in
        // Excel has 1,048,576 rows.
        let number = row.attribute("r").flatMap { Int($0) }.map { min(max($0, 0), 1 << 20) } ?? previous + 1
        var cells = Self.cells(row, strings: strings, formats: formats)
        for index in cells.indices {
          guard let span = merges[CellPlace(row: number, column: cells[index].column)] else { continue }
          (cells[index].columns, cells[index].rows) = span
        }
        // Many cells may show one long string.
        bytes += cells.reduce(0) { $0 + $1.text.utf8.count }
        try DocumentLimits.check(bytes, limit: limits.documentBytes)
        if number > previous + 1, !table.skip(number - previous - 1) { table.flush(into: &builder) }
        if !table.append(cells) { table.flush(into: &builder) }
        previous = number
      }
      table.flush(into: &builder)
    }
    return builder.build()
  }

  private struct CellPlace: Hashable {
    /// From 1, as the file counts.
    var row: Int
    /// From 0.
    var column: Int
  }

  /// How many columns and rows cells stand over that were made of several.
  private static func merges(_ sheet: [UInt8], part: String) throws -> [CellPlace: (columns: Int, rows: Int)]
  {
    guard sheet.firstRange(of: "<mergeCell".utf8) != nil else { return [:] }
    var merges: [CellPlace: (columns: Int, rows: Int)] = [:]
    try XMLBlockReader.forEachChild(of: "mergeCells", in: sheet, part: part) { element in
      let corners = (element.attribute("ref") ?? "").split(separator: ":").map { place(String($0)) }
      guard corners.count == 2, let first = corners[0], let last = corners[1], first.column <= last.column,
        first.row <= last.row, last.column < 16_384
      else { return }
      merges[first] = (last.column - first.column + 1, last.row - first.row + 1)
    }
    return merges
  }

  private static func place(_ reference: String) -> CellPlace? {
    guard let column = column(reference), let row = Int(reference.drop { !$0.isNumber }), row > 0 else {
      return nil
    }
    return CellPlace(row: row, column: column)
  }

  private static func sharedStrings(_ content: [UInt8]?) throws -> [String] {
    var strings: [String] = []
    guard let content else { return strings }
    try XMLBlockReader.forEachChild(of: "sst", in: content, part: "xl/sharedStrings.xml") { item in
      strings.append(item.name == "si" ? text(item) : "")
    }
    return strings
  }

  /// Texts of a string or of its runs, without what says how they are pronounced.
  private static func text(_ item: XMLElement) -> String {
    item.children.map { child in
      switch child.name {
      case "t": child.text
      case "r": child.first("t")?.text ?? ""
      default: ""
      }
    }.joined()
  }

  /// Cells with text and their columns.
  private static func cells(
    _ row: XMLElement, strings: [String], formats: XLSXFormats
  ) -> [TableText.Cell] {
    var cells: [TableText.Cell] = []
    var next = 0
    for cell in row.all("c") {
      let column = cell.attribute("r").flatMap(column) ?? next
      // Excel has 16,384 columns.
      guard column < 16_384, column >= next else { continue }
      next = column + 1
      let text = value(cell, strings: strings, formats: formats)
      if !text.isEmpty { cells.append(TableText.Cell(column: column, text: text)) }
    }
    return cells
  }

  private static func value(_ cell: XMLElement, strings: [String], formats: XLSXFormats) -> String {
    let stored = cell.first("v")?.text ?? ""
    switch cell.attribute("t") {
    case "s":
      guard let index = Int(stored), strings.indices.contains(index) else { return "" }
      return strings[index]
    case "inlineStr": return cell.first("is").map(text) ?? ""
    case "b": return stored == "1" ? "TRUE" : stored == "0" ? "FALSE" : stored
    case "str", "e", "d": return stored
    default: return formats.shown(stored, style: cell.attribute("s").flatMap { Int($0) } ?? 0)
    }
  }

  /// The column of a reference such as `AB12`, from 0.
  static func column(_ reference: String) -> Int? {
    var column = 0
    for byte in reference.utf8.prefix(4) {
      guard (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) else { break }
      column = column * 26 + Int(byte - UInt8(ascii: "A")) + 1
    }
    return column > 0 ? column - 1 : nil
  }
}

/// Names that programs give to new sheets.
enum SheetName {
  static func isDefault(_ name: String) -> Bool {
    let stem = name.lowercased().filter { !$0.isNumber && !$0.isWhitespace }
    return ["sheet", "tabelle", "hoja", "feuil", "feuille", "foglio", "blad", "planilha", "arkusz", ""]
      .contains(stem)
  }
}
