/// Turns the bytes of a text document, whatever their encoding, into valid Unicode with `\n` line ends and
/// no NUL.
///
/// In order: a byte order mark; UTF-16 recognised by its NUL bytes; UTF-8 where it is valid; the declared
/// charset; UTF-8 with some damage; Windows-1252, unless the text is plainly in another script.
public enum TextDecoding {
  /// - Parameters:
  ///   - bytes: the document as it came.
  ///   - declaredCharset: what the document or its transport says of itself, such as `iso-8859-2`.
  /// - Throws: `DocumentError` with code `unsupported` for binary data.
  public static func decode(_ bytes: [UInt8], declaredCharset: String? = nil) throws -> DecodedText {
    let (utf8, notes) = try decodeUTF8(bytes, declaredCharset: declaredCharset)
    return DecodedText(text: utf8.string, notes: notes)
  }

  /// The same as valid UTF-8 bytes, for parsers that go on with bytes.
  static func decodeUTF8(
    _ bytes: [UInt8], declaredCharset: String? = nil
  ) throws -> (utf8: [UInt8], notes: [String]) {
    var notes: [String] = []
    let decoded = try decodeScalars(bytes, declaredCharset: declaredCharset, notes: &notes)
    return (cleaned(decoded, notes: &notes), notes)
  }

  private static func decodeScalars(
    _ bytes: [UInt8], declaredCharset: String?, notes: inout [String]
  ) throws -> [UInt8] {
    if let mark = ByteOrderMark(of: bytes) {
      let rest = bytes[mark.length...]
      switch mark {
      case .utf8: return try decodeUTF8OrOther(Array(rest), declaredCharset: nil, notes: &notes)
      case .utf16LittleEndian, .utf16BigEndian:
        return decodeUTF16(rest, bigEndian: mark == .utf16BigEndian, notes: &notes)
      case .utf32LittleEndian, .utf32BigEndian:
        return decodeUTF32(rest, bigEndian: mark == .utf32BigEndian, notes: &notes)
      }
    }
    if let bigEndian = utf16ByteOrder(of: bytes) {
      var repairs: [String] = []
      let decoded = decodeUTF16(bytes[...], bigEndian: bigEndian, notes: &repairs)
      if !looksBinary(decoded) {
        notes += ["read as UTF-16 without a byte order mark"] + repairs
        return decoded
      }
    }
    if looksBinary(bytes) {
      throw DocumentError(
        .unsupported,
        "this is binary data, not text. Convert it to a format that can be read (text, Markdown, HTML, PDF), "
          + "or leave it out.")
    }
    return try decodeUTF8OrOther(bytes, declaredCharset: declaredCharset, notes: &notes)
  }

  private static func decodeUTF8OrOther(
    _ bytes: [UInt8], declaredCharset: String?, notes: inout [String]
  ) throws -> [UInt8] {
    let declared = declaredCharset.map { Charset(label: $0) }
    // The ISO-2022 family hides in ASCII bytes behind escape sequences.
    let mayBeUTF8 = declared?.isStateful != true || !bytes.contains(0x1B)
    if mayBeUTF8, (try? UTF8Span(validating: bytes.span)) != nil { return bytes }
    if let declared, !declared.isUTF8, !declared.isWindows1252 {
      if let (decoded, broken) = declared.decode(bytes) {
        notes.append("read as \(declared.name)")
        if broken > 0 { notes.append(repaired(broken)) }
        return decoded
      }
      notes.append("the declared charset '\(declared.name)' is unknown")
    }
    let census = UTF8Census(bytes)
    if census.isMostlyUTF8 {
      notes.append(repaired(census.broken))
      return Array(bytes.string.utf8)
    }
    guard declared != nil || !looksForeign(bytes) else {
      throw DocumentError(
        .unsupported,
        "its encoding is not known: it is not UTF-8, and reading it as Windows-1252 would give nonsense. Save it as "
          + "UTF-8; 'iconv -f SHIFT_JIS -t UTF-8' does so for one in Shift-JIS.")
    }
    notes.append("read as Windows-1252")
    return Windows1252.decode(bytes)
  }

  /// Whether so many bytes are no ASCII that the text is in another script than Latin, of which Windows-1252 knows
  /// nothing: in German they are 2 of 100, in Czech 15, in Greek, Russian and Chinese more than half.
  private static func looksForeign(_ bytes: [UInt8]) -> Bool {
    let high = bytes.count { $0 >= 0x80 }
    return high >= 16 && high * 10 > bytes.count * 3
  }

  private static func repaired(_ count: Int) -> String {
    count == 1
      ? "replaced 1 damaged character with U+FFFD" : "replaced \(count) damaged characters with U+FFFD"
  }

  /// Line ends become `\n`, NULs and a byte order mark go.
  private static func cleaned(_ text: [UInt8], notes: inout [String]) -> [UInt8] {
    guard text.contains(where: { $0 == 0x0D || $0 == 0 }) else { return text }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    var nulls = 0
    var afterReturn = false
    for byte in text {
      if byte == 0 {
        nulls += 1
      } else if byte == 0x0D {
        result.append(.lineFeed)
      } else if byte != .lineFeed || !afterReturn {
        result.append(byte)
      }
      afterReturn = byte == 0x0D
    }
    if nulls > 0 { notes.append("dropped \(nulls) NUL character\(nulls == 1 ? "" : "s")") }
    return result
  }

  /// Many control characters that text does not have; white space, backspace (overstrikes in terminal output)
  /// and escape (colours) are not counted.
  private static func looksBinary(_ bytes: [UInt8]) -> Bool {
    var control = 0
    for byte in bytes where (byte < 0x20 && isRareControl[Int(byte)]) || byte == 0x7F { control += 1 }
    return control > 4 && control * 20 > bytes.count
  }

  private static let isRareControl: [Bool] = (0..<32).map { !(8...13).contains($0) && $0 != 27 }

  /// True for big-endian, false for little-endian, nil if the bytes do not look like UTF-16 at all.
  private static func utf16ByteOrder(of bytes: [UInt8]) -> Bool? {
    let pairs = min(bytes.count / 2, 2048)
    // Of a few bytes nothing can be said.
    guard pairs >= 6 else { return nil }
    var even = 0
    var odd = 0
    for pair in 0..<pairs {
      if bytes[2 * pair] == 0 { even += 1 }
      if bytes[2 * pair + 1] == 0 { odd += 1 }
    }
    if odd * 10 >= pairs * 4, even * 20 <= pairs { return false }
    if even * 10 >= pairs * 4, odd * 20 <= pairs { return true }
    return nil
  }

  private static func decodeUTF16(
    _ bytes: ArraySlice<UInt8>, bigEndian: Bool, notes: inout [String]
  ) -> [UInt8] {
    var units: [UInt16] = []
    units.reserveCapacity(bytes.count / 2)
    var index = bytes.startIndex
    while index + 1 < bytes.endIndex {
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      units.append(bigEndian ? first << 8 | second : second << 8 | first)
      index += 2
    }
    if let text = String(validating: units, as: UTF16.self) {
      if index < bytes.endIndex { notes.append("dropped half a character at the end") }
      return Array(text.utf8)
    }
    notes.append("replaced damaged UTF-16 with U+FFFD")
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  private static func decodeUTF32(
    _ bytes: ArraySlice<UInt8>, bigEndian: Bool, notes: inout [String]
  ) -> [UInt8] {
    var text = String.UnicodeScalarView()
    var broken = 0
    var index = bytes.startIndex
    while index + 3 < bytes.endIndex {
      let quad = bytes[index..<index + 4].map(UInt32.init)
      let value =
        bigEndian
        ? quad[0] << 24 | quad[1] << 16 | quad[2] << 8 | quad[3]
        : quad[3] << 24 | quad[2] << 16 | quad[1] << 8 | quad[0]
      if Unicode.Scalar(value) == nil { broken += 1 }
      text.append(Unicode.Scalar(value) ?? "\u{FFFD}")
      index += 4
    }
    if broken > 0 { notes.append(repaired(broken)) }
    return Array(String(text).utf8)
  }
}
