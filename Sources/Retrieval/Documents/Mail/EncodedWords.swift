import FoundationEssentials

/// Words of header fields that are not ASCII: `=?utf-8?Q?Caf=C3=A9?=` (RFC 2047).
enum EncodedWords {
  static func decoded(_ text: String) -> String {
    var result = ""
    var rest = text[...]
    var isAfterWord = false
    while let start = rest.firstRange(of: "=?") {
      let before = rest[..<start.lowerBound]
      guard let (word, end) = word(rest[start.upperBound...]) else {
        result += rest[..<start.upperBound]
        rest = rest[start.upperBound...]
        isAfterWord = false
        continue
      }
      // White space between two encoded words belongs to neither.
      if !(isAfterWord && before.allSatisfy(\.isWhitespace)) { result += before }
      result += word
      rest = rest[end...]
      isAfterWord = true
    }
    return result + rest
  }

  /// The word after `=?`, and where it ends. Words have at most 75 characters; programs write longer ones.
  private static func word(_ rest: Substring) -> (word: String, end: String.Index)? {
    let text = rest.prefix(1000)
    guard let charsetEnd = text.firstIndex(of: "?") else { return nil }
    let encoded = text[text.index(after: charsetEnd)...]
    guard let encodingEnd = encoded.firstIndex(of: "?") else { return nil }
    let words = encoded[encoded.index(after: encodingEnd)...]
    guard let end = words.firstRange(of: "?=") else { return nil }
    let bytes: [UInt8]
    switch encoded[..<encodingEnd].lowercased() {
    case "q": bytes = QuotedPrintable.decoded(words[..<end.lowerBound].utf8, spaces: true)
    case "b":
      guard let data = Data(base64Encoded: String(words[..<end.lowerBound])) else { return nil }
      bytes = Array(data)
    default: return nil
    }
    // RFC 2231 allows a language after the charset: `utf-8*en`.
    let charset = String(text[..<charsetEnd].prefix { $0 != "*" })
    guard let decoded = try? TextDecoding.decode(bytes, declaredCharset: charset) else { return nil }
    return (decoded.text, end.upperBound)
  }
}
