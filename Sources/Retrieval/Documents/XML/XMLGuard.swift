import Glibc

/// Refuses XML for which libxml2 2.9 would take the square of its length: comments full of double hyphens, tags with
/// very many attributes, and declarations in very large numbers. Nobody writes such parts.
enum XMLGuard {
  /// Double hyphens within comments, which XML forbids.
  private static let hyphens = 2000
  /// Equals signs of one tag.
  private static let attributes = 2000
  /// `<!` outside of comments and CDATA sections.
  private static let declarations = 2000

  /// - Parameter part: how the error names the text, such as `word/styles.xml`.
  /// - Throws: `DocumentError(.damaged)`.
  static func check(_ bytes: UnsafeRawBufferPointer, part: String) throws {
    var scan = Scan(bytes: bytes)
    guard scan.isHarmless() else {
      throw DocumentError(
        .damaged,
        "'\(part)' inside it has more attributes in a tag, declarations, or hyphens in comments than programs write. "
          + "Save the document again with its program.")
    }
  }

  private struct Scan {
    let bytes: UnsafeRawBufferPointer
    private var index = 0
    private var doubled = 0
    private var declared = 0

    init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    mutating func isHarmless() -> Bool {
      while let start = position(of: UInt8(ascii: "<"), from: index) {
        if has("<!--", at: start) {
          index = start + 4
          readComment()
        } else if has("<![CDATA[", at: start) {
          index = end(of: "]]>", from: start + 9)
        } else if has("<?", at: start) {
          index = end(of: "?>", from: start + 2)
        } else if has("<!", at: start) {
          index = start + 2
          declared += 1
        } else {
          index = start + 1
          guard readTag() <= XMLGuard.attributes else { return false }
        }
        guard doubled <= XMLGuard.hyphens, declared <= XMLGuard.declarations else { return false }
      }
      return true
    }

    private mutating func readComment() {
      while let hyphen = position(of: UInt8(ascii: "-"), from: index) {
        index = hyphen + 1
        guard has("--", at: hyphen) else { continue }
        if has("-->", at: hyphen) {
          index = hyphen + 3
          return
        }
        doubled += 1
        if doubled > XMLGuard.hyphens { return }
      }
      index = bytes.count
    }

    /// Reads to the end of a tag, or to the next one where it has none.
    ///
    /// - Returns: its attributes.
    private mutating func readTag() -> Int {
      var count = 0
      var quote: UInt8?
      while index < bytes.count {
        let byte = bytes[index]
        // No value may hold it, so that a parser that recovers goes on there.
        if byte == UInt8(ascii: "<") { break }
        index += 1
        if let open = quote {
          if byte == open { quote = nil }
        } else if byte == UInt8(ascii: ">") {
          break
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
          quote = byte
        } else if byte == UInt8(ascii: "=") {
          count += 1
        }
      }
      return count
    }

    private func position(of byte: UInt8, from start: Int) -> Int? {
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = memchr(base + start, Int32(byte), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }

    private func has(_ text: StaticString, at start: Int) -> Bool {
      let count = text.utf8CodeUnitCount
      guard start + count <= bytes.count, let base = bytes.baseAddress else { return false }
      return memcmp(base + start, text.utf8Start, count) == 0
    }

    /// The position after the next `mark`, or the end of the text.
    private func end(of mark: StaticString, from start: Int) -> Int {
      var next = start
      while let found = position(of: mark.utf8Start[0], from: next) {
        if has(mark, at: found) { return found + mark.utf8CodeUnitCount }
        next = found + 1
      }
      return bytes.count
    }
  }
}
