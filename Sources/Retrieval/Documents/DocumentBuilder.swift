/// Writes a `ParsedDocument` block by block, so that every parser keeps the same invariants.
public struct DocumentBuilder: Sendable {
  private var text: [UInt8] = []
  private var blocks: [Block] = []
  public var title: String?
  public var notes: [String] = []
  /// Notes that say what text could not be had.
  public var missing: [String] = []
  /// Page that following blocks lie on, from 1.
  public var page: Int?

  public init() {}

  /// True until a block has been appended.
  public var isEmpty: Bool { blocks.isEmpty }

  public var blockCount: Int { blocks.count }

  /// Appends a block. Carriage returns and NULs are dropped, white space around it is trimmed (for code only
  /// blank lines are), and a block that is then empty is skipped. Blocks are separated by a blank line,
  /// list items by a line feed.
  ///
  /// - Parameter indent: spaces written before the block's first line and left out of its range, for nested
  ///   list items.
  public mutating func append(
    _ kind: Block.Kind, _ content: some StringProtocol, anchor: String? = nil, indent: Int = 0
  ) {
    var content = String(content)
    content.withUTF8 { append(kind, buffer: $0, anchor: anchor, indent: indent) }
  }

  /// The same for bytes; what is not UTF-8 becomes U+FFFD.
  mutating func append(_ kind: Block.Kind, utf8 content: [UInt8], anchor: String? = nil, indent: Int = 0) {
    content.withUnsafeBufferPointer { append(kind, buffer: $0, anchor: anchor, indent: indent) }
  }

  mutating func append(
    _ kind: Block.Kind, utf8 content: ArraySlice<UInt8>, anchor: String? = nil, indent: Int = 0
  ) {
    content.withUnsafeBufferPointer { append(kind, buffer: $0, anchor: anchor, indent: indent) }
  }

  /// The document so far; a builder without blocks gives an empty text.
  public func build() -> ParsedDocument {
    var whole = text
    if !whole.isEmpty { whole.append(.lineFeed) }
    var document = ParsedDocument(
      title: title.map { TitleText.shortened(Array($0.utf8)[...]) }, text: whole.string, blocks: blocks,
      notes: notes + missing)
    document.missing = missing
    return document
  }

  /// The words of the first heading of level 1, for documents that have no other title.
  var firstHeading: String? {
    guard let block = blocks.first(where: { $0.kind == .heading(level: 1) }) else { return nil }
    return text[block.range].string
  }

  /// Text that begins with a combining mark would form one character with a space before it.
  private func joinsSpace(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard let first = content.first, first >= 0x80, let scalar = content.prefix(4).string.unicodeScalars.first
    else { return false }
    return (" " + String(Character(scalar))).count == 1
  }

  private mutating func append(
    _ kind: Block.Kind, buffer: UnsafeBufferPointer<UInt8>, anchor: String?, indent: Int
  ) {
    guard (try? UTF8Span(validating: Span(_unsafeElements: buffer))) != nil else {
      return append(kind, buffer.string, anchor: anchor, indent: indent)
    }
    if buffer.contains(where: { $0 == 0x0D || $0 == 0 }) {
      return append(
        kind, utf8: buffer.filter { $0 != 0x0D && $0 != 0 }, anchor: anchor, indent: indent)
    }
    let range = UTF8WhiteSpace.trim(buffer, keepsIndent: kind == .code)
    guard !range.isEmpty else { return }
    if let last = blocks.last {
      text.append(.lineFeed)
      if last.kind != .listItem || kind != .listItem { text.append(.lineFeed) }
    }
    if !joinsSpace(buffer[range]) { text.append(contentsOf: repeatElement(.space, count: indent)) }
    let start = text.count
    text.append(contentsOf: buffer[range])
    blocks.append(Block(kind: kind, range: start..<text.count, page: page, anchor: anchor))
  }
}
