/// Reads manual pages in the macros of man(7) or mdoc(7).
public struct ManualPageParser: DocumentParser {
  public init() {}

  public func parse(_ bytes: [UInt8], name: String = "") throws -> ParsedDocument {
    let (text, notes) = try TextDecoding.decodeUTF8(bytes)
    var builder: DocumentBuilder
    let title: String?
    if Self.macros(of: text) == .mdoc {
      var reader = MdocReader(text)
      reader.read()
      (builder, title) = (reader.writer.builder, reader.title)
    } else {
      var reader = ManReader(text)
      reader.read()
      (builder, title) = (reader.writer.builder, reader.title)
    }
    builder.notes = notes
    builder.title = title.map { Self.spelt($0, as: builder.build().text) } ?? builder.firstHeading
    return builder.build()
  }

  enum Macros { case man, mdoc }

  /// Lines that are looked at for what every page has: programs write their definitions before it.
  private static let headLines = 600

  /// Which macros a text is written in, by the one that names the page; nil for any other text.
  static func macros(of text: [UInt8]) -> Macros? {
    var isFirst = true
    for line in text.prefix(1 << 16).split(separator: .lineFeed).prefix(headLines) where !line.isBlank {
      if isFirst {
        guard line.first == UInt8(ascii: ".") || line.first == UInt8(ascii: "'") else { return nil }
        isFirst = false
        if line.starts(with: ".so man".utf8) { return .man }
      }
      if line.starts(with: ".TH ".utf8) || line.starts(with: ".TH\t".utf8) { return .man }
      if line.starts(with: ".Dd".utf8) { return .mdoc }
    }
    return nil
  }

  /// The title, whose name many pages write in capitals, as the page's own text writes it.
  private static func spelt(_ title: String, as text: String) -> String {
    guard let open = title.lastIndex(of: "("), title == title.uppercased() else { return title }
    let name = title[..<open]
    let head = text.prefix(500)
    let words = head.split { $0.isWhitespace || $0 == "," }
    let own = words.first { $0.lowercased() == name.lowercased() && $0 != name }
    return (own.map(String.init) ?? name.lowercased()) + title[open...].lowercased()
  }
}
