/// Reads tables in plain text, cells divided by commas, semicolons, tabs or bars (RFC 4180 and what spreadsheets
/// write).
public struct DelimitedParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let decoded = try TextDecoding.decode(bytes)
    let text = Array(decoded.text.utf8)
    var builder = DocumentBuilder()
    builder.notes = decoded.notes
    var table = TableText()
    for row in Self.rows(text, delimiter: Self.delimiter(text, name: name)) where !table.append(row) {
      table.flush(into: &builder)
    }
    table.flush(into: &builder)
    return builder.build()
  }

  /// The delimiter that most of the first lines have the same number of; of equals the earlier in the list.
  static func delimiter(_ text: [UInt8], name: String) -> UInt8 {
    if FileName.pathExtension(name) == "tsv" { return UInt8(ascii: "\t") }
    var best = (delimiter: UInt8(ascii: ","), score: 0)
    for delimiter in [",", ";", "\t", "|"].compactMap({ $0.utf8.first }) {
      let counts = rows(Array(text.prefix(1 << 14)), delimiter: delimiter).prefix(20).map { $0.count - 1 }
      guard let first = counts.first, first > 0 else { continue }
      let score = counts.count { $0 == first } * 100 + min(first, 99)
      if score > best.score { best = (delimiter, score) }
    }
    return best.delimiter
  }

  /// Rows of cells; quotes are taken off, and line ends within them are kept.
  static func rows(_ text: [UInt8], delimiter: UInt8) -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var cell: [UInt8] = []
    var isQuoted = false
    var index = 0
    func endCell() {
      row.append(cell.string)
      cell.removeAll(keepingCapacity: true)
    }
    while index < text.count {
      let byte = text[index]
      index += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          cell.append(byte)
        } else if index < text.count, text[index] == byte {
          cell.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
      } else if byte == UInt8(ascii: "\""), cell.isEmpty {
        isQuoted = true
      } else if byte == delimiter {
        endCell()
      } else if byte == .lineFeed {
        endCell()
        rows.append(row)
        row = []
      } else {
        cell.append(byte)
      }
    }
    if !cell.isEmpty || !row.isEmpty {
      endCell()
      rows.append(row)
    }
    return rows
  }
}
