/// Reads the table that `pdftotext -tsv` writes: a row for each page, block, line and word, with its box.
struct PDFLayoutReader {
  private(set) var pages: [PDFPage] = []
  /// Most bytes of text; more is `.tooLarge`.
  private let limit: Int
  private var textBytes = 0
  private var rest: [UInt8] = []
  private var words: [PDFWord] = []
  private var block = 0

  init(limit: Int) { self.limit = limit }

  /// Takes the next part of the output, which may end anywhere.
  mutating func receive(_ part: UnsafeRawBufferPointer) throws {
    rest.append(contentsOf: part)
    var start = rest.startIndex
    while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
      try readRow(start..<end)
      start = rest.index(after: end)
    }
    rest.removeFirst(start)
    guard rest.count <= limit else { throw tooLarge() }
  }

  mutating func finish() { endLine() }

  /// level, page, paragraph, block, line, word, left, top, width, height, confidence, text
  private mutating func readRow(_ row: Range<Int>) throws {
    let fields = rest[row].split(
      separator: UInt8(ascii: "\t"), maxSplits: 11, omittingEmptySubsequences: false)
    guard fields.count == 12, let level = Int(fields[0]) else { return }
    switch level {
    case 1:
      endLine()
      block = 0
      pages.append(PDFPage(number: Int(fields[1]) ?? pages.count + 1, height: Self.number(fields[9])))
    case 2, 3:
      endLine()
      block += 1
    case 4:
      endLine()
    default:
      textBytes += fields[11].count
      guard textBytes <= limit else { throw tooLarge() }
      let text = Ligatures.opened(String(decoding: fields[11], as: UTF8.self))
      guard !text.allSatisfy(\.isWhitespace) else { return }
      words.append(
        PDFWord(
          left: Self.number(fields[6]), top: Self.number(fields[7]), width: Self.number(fields[8]),
          height: Self.number(fields[9]), text: text))
    }
  }

  private mutating func endLine() {
    guard !words.isEmpty else { return }
    // A copy has room for no more words than there are, of which a large document has many.
    if !pages.isEmpty { pages[pages.count - 1].lines.append(PDFLine(words.map(\.self), block: block)) }
    words.removeAll(keepingCapacity: true)
  }

  private func tooLarge() -> DocumentError {
    DocumentError(
      .tooLarge,
      "Its text has more than \(ByteCount(limit)). Raise the limit with --max-size, or split the file.")
  }

  /// A decimal number as poppler prints it; anything else is 0. Boxes beyond a million points are cut there, so
  /// that arithmetic with them stays finite.
  private static func number(_ field: ArraySlice<UInt8>) -> Double {
    var value = 0.0
    var scale = 0.0
    for byte in field {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"):
        value = value * 10 + Double(byte - UInt8(ascii: "0"))
        scale *= 10
      case UInt8(ascii: "."): scale = 1
      case UInt8(ascii: "-"): continue
      default: return 0
      }
      if value > 1e15 { return 1e6 }
    }
    value = min(scale > 0 ? value / scale : value, 1e6)
    return field.first == UInt8(ascii: "-") ? -value : value
  }
}

extension Int {
  /// A small decimal number of a table.
  fileprivate init?(_ field: ArraySlice<UInt8>) { self.init(String(decoding: field, as: UTF8.self)) }
}
