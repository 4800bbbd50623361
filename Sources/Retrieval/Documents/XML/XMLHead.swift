/// What stands at the beginning of a text that says whether it is XML, and of what kind.
struct XMLHead {
  /// The first element's name, without its prefix.
  let root: String
  /// The first tag as it stands, with its namespaces.
  let tag: String
  /// What stands in `<!DOCTYPE …>` before declarations of its own; nil without one.
  let documentType: String?
  /// Where the text goes on after `<?xml …?>`.
  let start: Int
  /// The beginning of the text.
  let beginning: ArraySlice<UInt8>

  /// Bytes in which the first element must begin.
  private static let longest = 1 << 16

  /// Nil where no element comes first.
  ///
  /// - Parameter text: UTF-8.
  init?(_ text: [UInt8]) {
    let head = text.prefix(Self.longest)
    var scan = Scan(bytes: head, index: head.startIndex)
    scan.skipSpace()
    guard scan.byte == UInt8(ascii: "<") else { return nil }
    var start = head.startIndex
    if scan.has("<?xml ") {
      scan.skip(past: "?>")
      start = scan.index
    }
    var documentType: String?
    while true {
      scan.skipSpace()
      if scan.has("<?") {
        scan.skip(past: "?>")
      } else if scan.has("<!--") {
        scan.skip(past: "-->")
      } else if scan.has("<!DOCTYPE") {
        documentType = scan.readDocumentType()
      } else {
        break
      }
    }
    guard scan.byte == UInt8(ascii: "<"), scan.index + 1 < head.endIndex else { return nil }
    let tag = head[(scan.index + 1)...].prefix { $0 != UInt8(ascii: ">") }
    let name = tag.prefix { !$0.isASCIISpace && $0 != UInt8(ascii: "/") }
    guard let first = name.first, first >= 0x80 || Character(UnicodeScalar(first)).isLetter else {
      return nil
    }
    root = name.split(separator: UInt8(ascii: ":")).last.map(\.string) ?? ""
    (self.tag, self.documentType, self.start, beginning) = (tag.string, documentType, start, head)
  }

  /// Whether the beginning of the text holds `string`.
  func contains(_ string: String) -> Bool { beginning.firstRange(of: string.utf8) != nil }

  private struct Scan {
    let bytes: ArraySlice<UInt8>
    var index: Int

    var byte: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

    func has(_ text: String) -> Bool { bytes[index...].starts(with: text.utf8) }

    mutating func skipSpace() {
      while let byte, byte.isASCIISpace { index += 1 }
    }

    mutating func skip(past text: String) {
      index = bytes[index...].firstRange(of: text.utf8)?.upperBound ?? bytes.endIndex
    }

    /// Goes past `<!DOCTYPE … [ … ]>`.
    ///
    /// - Returns: what stands before the bracket.
    mutating func readDocumentType() -> String {
      let start = index
      var end: Int?
      while let byte {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "'"):
          index = bytes[(index + 1)...].firstIndex(of: byte).map { $0 + 1 } ?? bytes.endIndex
        case UInt8(ascii: "["):
          end = end ?? index
          index += 1
        case UInt8(ascii: "<") where has("<!--"): skip(past: "-->")
        case UInt8(ascii: ">") where end == nil:
          index += 1
          return bytes[start..<index].string
        case UInt8(ascii: "]"):
          skip(past: ">")
          return bytes[start..<(end ?? index)].string
        default: index += 1
        }
      }
      return bytes[start..<(end ?? index)].string
    }
  }
}
