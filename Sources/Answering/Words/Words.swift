/// Words as questions and passages are compared: lower case, without marks, common endings cut.
enum Words {
  /// Runs of letters and digits in lower case, apostrophes inside words left out.
  static func of(_ text: String) -> [String] { of(text, keepsDots: false) }

  /// - Parameter keepsDots: whether a dot between two digits belongs to the word; the `v` of a version then does not.
  static func of(_ text: String, keepsDots: Bool) -> [String] {
    var words: [String] = []
    var word = ""
    // A dot that belongs to the word if a digit follows.
    var hasDot = false
    func finish() {
      let isVersion = keepsDots && (word.first == "v" || word.first == "V") && word.contains(".")
      words.append(isVersion ? String(word.lowercased().dropFirst()) : word.lowercased())
      word = ""
    }
    for scalar in text.unicodeScalars {
      if hasDot {
        hasDot = false
        if isDigit(scalar) {
          word.append(".")
        } else {
          finish()
        }
      }
      if isLetterOrDigit(scalar) {
        word.unicodeScalars.append(scalar)
      } else if keepsDots, scalar == ".", let last = word.unicodeScalars.last, isDigit(last) {
        hasDot = true
      } else if scalar == "'" || scalar == "’"
        || !scalar.isASCII && scalar.properties.generalCategory == .nonspacingMark
      {
        continue
      } else if !word.isEmpty {
        finish()
      }
    }
    if !word.isEmpty { finish() }
    return words
  }

  /// Stems of the words of `text`, with decimal numbers and versions whole: `v3.2.1` is `3.2.1`, not three numbers.
  static func stems(_ text: String) -> [String] {
    of(text, keepsDots: true).map(stem)
  }

  /// What can be looked for in `text`: its stems, and what its versions belong to, such as `3.2` and `3` for `3.2.1`; of
  /// versions such as `5.2.15-2` also the whole.
  static func terms(_ text: String) -> Set<String> {
    var terms: Set<String> = []
    for stem in stems(text) {
      var part = stem[...]
      while terms.insert(String(part)).inserted, let dot = part.lastIndex(of: ".") { part = part[..<dot] }
    }
    if terms.contains(where: { $0.contains(".") }) {
      for version in VersionName.all(in: text) where !version.suffix.isEmpty { terms.insert(version.text) }
    }
    return terms
  }

  /// Runs of anything but white space.
  static func spaced(_ text: String) -> [String] {
    text.unicodeScalars.split { $0.isASCII ? $0 == " " || 9...13 ~= $0.value : $0.properties.isWhitespace }
      .map { String($0) }
  }

  // Properties are looked up in tables, which takes far longer than to compare.
  private static func isLetterOrDigit(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.isASCII else {
      return scalar.properties.isAlphabetic || scalar.properties.numericType != nil
    }
    return "a"..."z" ~= scalar || "A"..."Z" ~= scalar || "0"..."9" ~= scalar
  }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { "0"..."9" ~= scalar }

  static func isCommon(_ word: String) -> Bool { common.contains(word) }

  /// Cuts inflectional endings of English words after Harman's S-stemmer ("How effective is suffixing?", JASIS 42,
  /// 1991), and `-ing` and `-ed` where enough is left.
  static func stem(_ word: String) -> String {
    guard word.utf8.count > 3, word.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7A }) else { return word }
    if word.hasSuffix("ies"), word.utf8.count > 4 { return word.dropLast(3) + "y" }
    if word.hasSuffix("ing"), word.utf8.count > 5 { return undoubled(word.dropLast(3)) }
    if word.hasSuffix("ed"), word.utf8.count > 4 { return undoubled(word.dropLast(2)) }
    if word.hasSuffix("es"), word.utf8.count > 4, !word.hasSuffix("aes"), !word.hasSuffix("oes") {
      return withoutE(word.dropLast(1))
    }
    if word.hasSuffix("s"), !word.hasSuffix("ss"), !word.hasSuffix("us"), !word.hasSuffix("is") {
      return withoutE(word.dropLast(1))
    }
    return withoutE(word[...])
  }

  private static func undoubled(_ stem: Substring) -> String {
    let letters = Array(stem.utf8)
    if letters.count > 3, letters[letters.count - 1] == letters[letters.count - 2],
      letters.last != UInt8(ascii: "l"),
      letters.last != UInt8(ascii: "s")
    {
      return String(stem.dropLast())
    }
    return withoutE(stem)
  }

  private static func withoutE(_ stem: Substring) -> String {
    String(stem.hasSuffix("e") && stem.utf8.count > 3 ? stem.dropLast() : stem)
  }

  private static let common: Set<String> = [
    "a", "about", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by",
    "can", "could",
    "did", "do", "does", "for", "from", "had", "has", "have", "he", "her", "him", "his", "how", "i", "if",
    "in", "into",
    "is", "it", "its", "many", "me", "much", "my", "of", "on", "or", "our", "s", "she", "should", "so",
    "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "to", "us", "was", "we",
    "were", "what",
    "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "with", "would", "you", "your",
    "tell", "explain", "describe", "please", "does", "whats", "define", "give", "name",
  ]
}
