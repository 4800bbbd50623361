/// Collects the text of one block, with white space collapsed as a browser does: runs become one space, none at
/// the start of a line.
struct InlineText {
  private(set) var bytes: [UInt8] = []
  private var hasPendingSpace = false

  var isEmpty: Bool { bytes.isEmpty }

  /// Adds UTF-8 text. No-break spaces count as white space; soft hyphens and zero-width spaces are left out,
  /// since they would split words in a search.
  mutating func add(_ text: UnsafeBufferPointer<UInt8>) {
    var index = 0
    var start = 0
    while index < text.count {
      let byte = text[index]
      if byte > 0x20, byte != 0xC2, byte != 0xE2 {
        index += 1
        continue
      }
      let length = Self.skippedLength(text, at: index)
      if length == 0 {
        index += 1
        continue
      }
      write(text, start..<index)
      if byte <= 0x20 || length == 2 && text[index + 1] == 0xA0 { hasPendingSpace = true }
      index += length
      start = index
    }
    write(text, start..<index)
  }

  mutating func add(_ text: some Collection<UInt8>) {
    if text.withContiguousStorageIfAvailable({ add($0) }) == nil {
      Array(text).withUnsafeBufferPointer { add($0) }
    }
  }

  mutating func add(_ text: StaticString) {
    text.withUTF8Buffer { add($0) }
  }

  /// White space that is written only if text follows on the same line.
  mutating func space() { hasPendingSpace = true }

  /// Takes back white space that no text has followed.
  mutating func withoutSpace() { hasPendingSpace = false }

  mutating func lineBreak() {
    hasPendingSpace = false
    if let last = bytes.last, last != .lineFeed { bytes.append(.lineFeed) }
  }

  /// Adds text as it is.
  mutating func addVerbatim(_ text: some Collection<UInt8>) {
    guard !text.isEmpty else { return }
    writeSpace()
    bytes.append(contentsOf: text)
  }

  /// Takes back a word in braces that nothing has followed (`{func}`), and gives what is in them; nil where there is none.
  mutating func takeRole() -> String? {
    guard !hasPendingSpace, bytes.last == UInt8(ascii: "}"),
      let open = bytes.suffix(60).lastIndex(of: UInt8(ascii: "{"))
    else { return nil }
    let name = bytes[(open + 1)...].dropLast()
    guard let first = name.first, first.isASCIILetter,
      name.allSatisfy({ $0.isASCIIAlphanumeric || "+._:-".utf8.contains($0) })
    else { return nil }
    let role = name.string
    bytes.removeSubrange(open...)
    return role
  }

  /// What was collected; the buffer is empty afterwards.
  mutating func take() -> [UInt8] {
    defer {
      bytes.removeAll(keepingCapacity: true)
      hasPendingSpace = false
    }
    return bytes
  }

  private mutating func write(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    writeSpace()
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[range]))
  }

  private mutating func writeSpace() {
    if hasPendingSpace, let last = bytes.last, last != .lineFeed { bytes.append(.space) }
    hasPendingSpace = false
  }

  /// Bytes of white space or of an invisible character at `index`, or 0.
  private static func skippedLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch text[index] {
    case 0x09...0x0D, 0x20: return 1
    case 0xC2 where index + 1 < text.count: return text[index + 1] == 0xA0 || text[index + 1] == 0xAD ? 2 : 0
    case 0xE2 where index + 2 < text.count: return text[index + 1] == 0x80 && text[index + 2] == 0x8B ? 3 : 0
    default: return 0
    }
  }
}
