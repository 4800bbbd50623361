/// One pass over the bytes of a text, copying them but for secrets.
struct RedactionScanner {
  private let bytes: [UInt8]
  private var index = 0
  private(set) var output: [UInt8] = []
  private var hasChanged = false

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    output.reserveCapacity(bytes.count)
  }

  /// Whether anything was hidden.
  mutating func run() -> Bool {
    while index < bytes.count {
      if Self.isWord(bytes[index]) {
        word()
      } else if bytes[index...].starts(with: "://".utf8) {
        copy(to: index + 3)
        userInformation()
      } else {
        copy(to: index + 1)
      }
    }
    return hasChanged
  }

  private mutating func word() {
    let end = self.end(index, Self.isWord)
    let word = String(decoding: bytes[index..<end], as: UTF8.self)
    if let prefix = Self.prefixes.first(where: { word.hasPrefix($0) }) {
      let tokenEnd = self.end(index, Self.isToken)
      if tokenEnd - index >= prefix.utf8.count + 8 {
        copy(to: index + prefix.utf8.count)
        return hide(to: tokenEnd)
      }
    }
    if Self.isOpaque(bytes[index..<end]) { return hide(to: end) }
    let isQueryKey =
      word == "key" && (byte(index - 1) == UInt8(ascii: "?") || byte(index - 1) == UInt8(ascii: "&"))
    copy(to: end)
    if isQueryKey || Redaction.isSecretName(word) {
      namedValue(isHeader: Self.headers.contains(word.lowercased()))
    } else if Self.schemes.contains(word.lowercased()) {
      bearer()
    }
  }

  /// After `Bearer`: a token, unless it is a plain word of a sentence.
  private mutating func bearer() {
    let start = end(index) { $0 == 0x20 }
    let end = self.end(start, Self.isToken)
    let token = bytes[start..<end]
    guard start > index, token.count >= 20 || (token.count >= 6 && token.contains(where: Self.isDigit)) else {
      return
    }
    copy(to: start)
    hide(to: end)
  }

  /// After a name such as `password`: `=value`, `: value` or `": "value"`.
  private mutating func namedValue(isHeader: Bool) {
    var position = index
    if Self.isQuote(byte(position)) { position += 1 }
    position = end(position) { $0 == 0x20 }
    let separator = byte(position)
    guard separator == UInt8(ascii: "=") || separator == UInt8(ascii: ":") else { return }
    position += 1
    let start = end(position) { $0 == 0x20 }
    // What is hidden already stays as it is.
    if bytes[start...].starts(with: Redaction.mark.utf8) {
      return copy(to: start + Redaction.mark.utf8.count)
    }
    let opening = byte(start)
    if let opening, Self.isQuote(opening) {
      copy(to: start + 1)
      return hide(to: end(index) { $0 != opening })
    }
    let valueEnd = isHeader ? end(start) { $0 != 0x0A && !Self.isQuote($0) } : end(start, Self.isValue)
    let isSpaced = separator == UInt8(ascii: ":") && start > position
    let isPlainWord =
      valueEnd - start <= 12 && bytes[start..<valueEnd].allSatisfy { (0x61...0x7A).contains($0) }
    if isSpaced, isPlainWord { return }
    copy(to: start)
    hide(to: valueEnd)
  }

  /// After `://`: the password of `user:password@host`, which by these words is an example and nobody's.
  private mutating func userInformation() {
    let authorityEnd = end(index) { $0 > 0x20 && !"/?#\"'<>".utf8.contains($0) }
    guard let at = bytes[index..<authorityEnd].lastIndex(of: UInt8(ascii: "@")),
      let colon = bytes[index..<at].firstIndex(of: UInt8(ascii: ":"))
    else { return }
    if Self.isExample(bytes[index..<authorityEnd]) { return copy(to: authorityEnd) }
    copy(to: colon + 1)
    hide(to: at)
  }

  /// Whether it is literally `user:password@host`, with or without a port.
  private static func isExample(_ authority: ArraySlice<UInt8>) -> Bool {
    let example = "user:password@host".utf8
    guard authority.starts(with: example) else { return false }
    let rest = authority.dropFirst(example.count)
    return rest.allSatisfy { isDigit($0) || ":,.;)".utf8.contains($0) }
  }

  private mutating func copy(to end: Int) {
    output += bytes[index..<end]
    index = end
  }

  private mutating func hide(to end: Int) {
    guard end > index else { return }
    output += Redaction.mark.utf8
    hasChanged = true
    index = end
  }

  private func byte(_ position: Int) -> UInt8? { bytes.indices.contains(position) ? bytes[position] : nil }

  private func end(_ start: Int, _ belongs: (UInt8) -> Bool) -> Int {
    var end = start
    while end < bytes.count, belongs(bytes[end]) { end += 1 }
    return end
  }

  private static let prefixes = [
    "sk-", "sk_", "rk_", "AIza", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "xoxb-", "xoxp-", "hf_",
    "eyJ",
    "AKIA", "ek_", "pa-", "fn_",
  ]
  private static let schemes: Set<String> = ["bearer", "basic"]
  private static let headers: Set<String> = ["authorization", "proxy-authorization", "cookie", "set-cookie"]

  /// 32 or more letters and digits whose kind changes as often as in random text; names in camel case change
  /// less, hashes in hexadecimal have one case, UUIDs too.
  private static func isOpaque(_ word: ArraySlice<UInt8>) -> Bool {
    // A UUID behind a name, as in names of temporary folders, is no secret.
    word.split(separator: UInt8(ascii: "-")).contains(where: isOpaquePart)
  }

  private static func isOpaquePart(_ word: ArraySlice<UInt8>) -> Bool {
    guard word.count >= 32, word.filter(isDigit).count >= 3 else { return false }
    let kinds = word.map { isDigit($0) ? 0 : isUpper($0) ? 1 : isLower($0) ? 2 : 3 }
    guard kinds.contains(1), kinds.contains(2) else { return false }
    let changes = zip(kinds, kinds.dropFirst()).count { $0 != $1 }
    return changes * 20 >= word.count * 9
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isUpper(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
  private static func isLower(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }
  private static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isUpper(byte) || isLower(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
  }
  /// The alphabet of RFC 6750 tokens.
  private static func isToken(_ byte: UInt8) -> Bool { isWord(byte) || ".~+/=".utf8.contains(byte) }
  private static func isValue(_ byte: UInt8) -> Bool { byte > 0x20 && !"\"',;&)}]<>".utf8.contains(byte) }
  private static func isQuote(_ byte: UInt8?) -> Bool {
    byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
  }
}
