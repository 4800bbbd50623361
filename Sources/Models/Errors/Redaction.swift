/// Removes keys from text that comes from a provider.
enum Redaction {
  /// Beginnings by which providers' keys are known: OpenAI, Google, Groq, xAI, GitHub, Hugging Face.
  private static let prefixes = ["sk-", "AIza", "gsk_", "xai-", "ghp_", "hf_"]

  /// Replaces `key` itself, anything that looks like a key, masked ones included, and bearer tokens.
  static func redact(_ text: String, key: String?) -> String {
    var text = text
    if let key, key.utf8.count >= 4 { text = text.replacing(key, with: "[key]") }
    var result = ""
    var word = Substring()
    var previous = Substring()
    func clean(_ word: Substring) -> String {
      let isKey = word.count >= 8 && prefixes.contains { word.hasPrefix($0) }
      return isKey || (previous.lowercased() == "bearer" && word.count >= 4) ? "[key]" : String(word)
    }
    for index in text.indices {
      if isWordPart(text[index]) {
        word = text[(word.isEmpty ? index : word.startIndex)...index]
      } else {
        result += clean(word)
        result.append(text[index])
        if !word.isEmpty { previous = word }
        word = Substring()
      }
    }
    return result + clean(word)
  }

  private static func isWordPart(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber) || "-_*.…•".contains(character)
  }
}

extension String {
  /// One line of at most `limit` characters: white space and control characters become single spaces.
  func excerpt(_ limit: Int) -> String {
    let words = split { $0.isWhitespace || $0.isNewline || ($0.asciiValue ?? 0x20) < 0x20 }
    let line = words.joined(separator: " ")
    return line.count <= limit ? line : line.prefix(limit) + "…"
  }
}
