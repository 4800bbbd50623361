/// Finds the charset that a page declares in its first bytes.
enum HTMLCharset {
  /// The value of `charset=` in a `<meta>` tag or of `encoding=` in an XML declaration within the first 4 KiB
  /// (the standard asks for 1 KiB), or nil.
  static func declared(in page: [UInt8]) -> String? {
    let head = page.prefix(4096)
    if head.trimmedSpace.starts(with: "<?xml"), let end = head.firstIndex(of: UInt8(ascii: ">")),
      let name = value(of: Array("encoding".utf8), in: head[..<end])
    {
      return name
    }
    var index = head.startIndex
    while let start = head[index...].firstIndex(of: UInt8(ascii: "<")) {
      let end = head[start...].firstIndex(of: UInt8(ascii: ">")) ?? head.endIndex
      if end - start > 5, head[(start + 1)..<(start + 5)].lowercasedString == "meta",
        let name = value(of: Array("charset".utf8), in: head[(start + 5)..<end])
      {
        return name
      }
      index = start + 1
    }
    return nil
  }

  private static func value(of key: [UInt8], in tag: ArraySlice<UInt8>) -> String? {
    var index = tag.startIndex
    while index + key.count < tag.endIndex {
      if tag[index..<(index + key.count)].elementsEqual(key, by: { $0.asciiLowercased == $1 }) {
        var rest = tag[(index + key.count)...].drop { $0.isASCIISpace }
        if rest.first == UInt8(ascii: "=") {
          rest = rest.dropFirst().drop {
            $0.isASCIISpace || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "'")
          }
          let name = rest.prefix { $0.isASCIIAlphanumeric || "-_:.".utf8.contains($0) }
          return name.isEmpty ? nil : name.string
        }
      }
      index += 1
    }
    return nil
  }
}
