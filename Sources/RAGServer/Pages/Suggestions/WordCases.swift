/// How texts write words that begin a sentence where no sentence begins: small, or with a capital as a name.
struct WordCases {
  /// By the word in lower case: how often it stands small, and how often with a capital after another word.
  private var counts: [String: (small: Int, capital: Int)] = [:]

  /// Longest line without a full stop at its end that is taken for a heading, whose capitals say nothing.
  private static let headingLength = 80

  init(_ texts: some Sequence<String>) {
    for text in texts {
      for line in text.split(whereSeparator: \.isNewline)
      where line.utf8.count > Self.headingLength || line.last.map(".!?:;,".contains) == true {
        count(line)
      }
    }
  }

  private mutating func count(_ line: Substring) {
    // Whether the sentence goes on: the word before ends in a letter, a digit or a comma.
    var goesOn = false
    for word in line.split(separator: " ") {
      let letters = word.drop { !$0.isLetter }.prefix { $0.isLetter }
      if let first = letters.first, letters.count > 1, letters.dropFirst().allSatisfy(\.isLowercase) {
        if first.isLowercase {
          counts[String(letters), default: (0, 0)].small += 1
        } else if goesOn, letters.startIndex == word.startIndex {
          counts[letters.lowercased(), default: (0, 0)].capital += 1
        }
      }
      goesOn = word.last.map { $0.isLetter || $0.isNumber || $0 == "," } ?? false
    }
  }

  /// Whether a word, or its part before a hyphen, is written small as often as with a capital; nil if it stands nowhere
  /// but where sentences begin.
  func isSmall(_ word: some StringProtocol) -> Bool? {
    counts[word.prefix { $0.isLetter }.lowercased()].map { $0.small >= $0.capital }
  }
}
