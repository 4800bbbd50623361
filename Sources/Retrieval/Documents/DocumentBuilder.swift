/// Writes a `ParsedDocument` block by block, so that every parser keeps the same invariants.
public struct DocumentBuilder: Sendable {
  private var text = ""
  private var blocks: [Block] = []
  public var title: String?
  public var notes: [String] = []
  /// Page that following blocks lie on, from 1.
  public var page: Int?

  public init() {}

  /// Appends a block. Carriage returns and NULs are dropped, white space around it is trimmed (for code only
  /// blank lines are), and a block that is then empty is skipped. Blocks are separated by a blank line,
  /// list items by a line feed.
  public mutating func append(_ kind: Block.Kind, _ content: some StringProtocol, anchor: String? = nil) {
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: content.unicodeScalars.lazy.filter { $0 != "\r" && $0 != "\0" })
    let cleaned = Self.trimmed(String(scalars), keepsIndent: kind == .code)
    guard !cleaned.isEmpty else { return }
    if let last = blocks.last {
      text += last.kind == .listItem && kind == .listItem ? "\n" : "\n\n"
    }
    let start = text.utf8.count
    text += cleaned
    blocks.append(Block(kind: kind, range: start..<text.utf8.count, page: page, anchor: anchor))
  }

  /// The document so far; a builder without blocks gives an empty text.
  public func build() -> ParsedDocument {
    var whole = text
    if !whole.isEmpty { whole += "\n" }
    return ParsedDocument(title: title, text: whole, blocks: blocks, notes: notes)
  }

  private static func trimmed(_ content: String, keepsIndent: Bool) -> Substring {
    var part = content[...]
    while let last = part.unicodeScalars.last, last.properties.isWhitespace {
      part = Substring(part.unicodeScalars.dropLast())
    }
    if keepsIndent {
      while let end = part.unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
        let feed = part.unicodeScalars[..<end].firstIndex(of: "\n")
      {
        part = part[part.unicodeScalars.index(after: feed)...]
      }
    } else {
      while let first = part.unicodeScalars.first, first.properties.isWhitespace {
        part = Substring(part.unicodeScalars.dropFirst())
      }
    }
    return part
  }
}
