/// Percent-decoding of paths and queries (RFC 3986, section 2.1).
enum PercentEncoding {
  /// Decodes a path segment, or returns nil for an incomplete escape, a NUL or bytes that are not UTF-8:
  /// two readers must never see different segments in the same path.
  static func decodeSegment(_ segment: Substring) -> String? {
    let utf8 = segment.utf8
    guard utf8.contains(0x25) else { return String(segment) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(utf8.count)
    var rest = utf8.makeIterator()
    while let byte = rest.next() {
      guard byte == 0x25 else {
        bytes.append(byte)
        continue
      }
      guard let high = rest.next().flatMap(ASCII.hexValue), let low = rest.next().flatMap(ASCII.hexValue),
        high << 4 | low != 0
      else { return nil }
      bytes.append(high << 4 | low)
    }
    return String(validating: bytes, as: UTF8.self)
  }

  /// Decodes a name or value of a form: `+` is a space, what is not a complete escape stays as it is, and
  /// bytes that are not UTF-8 become U+FFFD (WHATWG URL, application/x-www-form-urlencoded).
  static func decodeForm(_ text: some Collection<UInt8>) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = text.startIndex
    while index != text.endIndex {
      let byte = text[index]
      text.formIndex(after: &index)
      if byte == 0x2B {
        bytes.append(0x20)
      } else if byte == 0x25, let (value, next) = escape(text, at: index) {
        bytes.append(value)
        index = next
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func encode(_ text: String, keeping isKept: (UInt8) -> Bool) -> String {
    guard !text.utf8.allSatisfy(isKept) else { return text }
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in text.utf8 {
      if isKept(byte) {
        bytes.append(byte)
      } else {
        bytes += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func escape<Bytes: Collection<UInt8>>(
    _ text: Bytes, at index: Bytes.Index
  ) -> (UInt8, Bytes.Index)? {
    guard index != text.endIndex, let high = ASCII.hexValue(text[index]) else { return nil }
    let second = text.index(after: index)
    guard second != text.endIndex, let low = ASCII.hexValue(text[second]) else { return nil }
    return (high << 4 | low, text.index(after: second))
  }
}
