import FoundationEssentials

/// Values of header fields that are not plain ASCII: `=?base64?…?=` (MCP 2026-07-28, Streamable HTTP).
enum Base64Header {
  static func encoded(_ text: String) -> String {
    let isPlain =
      text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && text.first != " " && text.last != " "
      && !text.hasPrefix("=?base64?")
    return isPlain ? text : "=?base64?\(Data(text.utf8).base64EncodedString())?="
  }

  /// Nil for an encoding that is broken.
  static func decoded(_ value: String) -> String? {
    guard value.hasPrefix("=?base64?"), value.hasSuffix("?="), value.utf8.count >= 11 else { return value }
    guard let bytes = Data(base64Encoded: String(value.dropFirst(9).dropLast(2))) else { return nil }
    return String(validating: bytes, as: UTF8.self)
  }
}
