/// Names of archive members as relative paths that cannot leave the archive.
enum MemberPath {
  /// Decodes a stored name and keeps its plain components: no leading slash, drive letter, `.`, `..` or
  /// control character; backslashes divide as slashes do.
  static func sanitised(_ name: [UInt8]) -> String {
    var parts: [String] = []
    for part in decoded(name).split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
      let clean = String(
        String.UnicodeScalarView(
          part.unicodeScalars.map { $0.properties.generalCategory == .control ? "\u{FFFD}" : $0 }))
      let isDrive = parts.isEmpty && clean.count == 2 && clean.last == ":"
      if clean != ".", clean != "..", !isDrive { parts.append(clean) }
    }
    return parts.joined(separator: "/")
  }

  /// The path that `reference` names from the folder of the member `base`; fragment and query are dropped and
  /// percent escapes decoded, as in EPUB and Open Packaging relationships.
  static func resolved(_ reference: String, against base: String) -> String {
    let path = reference.prefix { $0 != "#" && $0 != "?" }
    var parts = path.hasPrefix("/") ? [] : base.split(separator: "/").dropLast().map(String.init)
    for part in path.split(separator: "/") {
      switch part {
      case ".": continue
      case "..": _ = parts.popLast()
      default: parts.append(percentDecoded(part))
      }
    }
    return parts.joined(separator: "/")
  }

  /// UTF-8, or code page 437 as the zip specification has it (APPNOTE.TXT, appendix D) for names that are not.
  private static func decoded(_ name: [UInt8]) -> String {
    if let text = String(validating: name, as: UTF8.self) { return text }
    var text = String.UnicodeScalarView()
    for byte in name { text.append(byte < 0x80 ? Unicode.Scalar(byte) : codePage437[Int(byte) - 0x80]) }
    return String(text)
  }

  private static func percentDecoded(_ part: Substring) -> String {
    let bytes = Array(part.utf8)
    var decoded: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        index += 3
      } else {
        decoded.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: decoded, as: UTF8.self)
  }

  private static let codePage437 = Array(
    """
    ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}
    """.unicodeScalars)
}
