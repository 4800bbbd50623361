/// What a statement names of the kinds of things that questions ask for, as stems.
struct Mentions: Sendable, Equatable {
  /// Years and months.
  let times: [String]
  /// Versions, such as `3.2.1`.
  let versions: [String]
  /// Numbers, in digits or as words.
  let amounts: [String]
  /// Words with a capital letter that does not start the statement.
  let names: [String]

  init(of text: String) {
    let words = Words.of(text)
    versions = Words.of(text, keepsDots: true).filter(Self.isVersion)
    times = words.filter { Self.isYear($0) || Words.months.contains($0) }.map(Words.stem)
    amounts = words.filter { Self.holdsNumber($0) || Quantities.numerals.contains($0) || $0 == "twice" }.map(
      Words.stem)
    names = Words.spaced(text).dropFirst().filter(Self.isCapitalised).flatMap(Words.of)
      .filter { !Words.isCommon($0) }.map(Words.stem)
  }

  /// Those that a question asks for; nil if it asks for none of these kinds.
  func wanted(by expectation: QuestionWords.Expectation) -> [String]? {
    switch expectation {
    case .time: times
    case .version: versions
    case .amount: amounts
    case .person, .place: names
    case .definition, .other: nil
    }
  }

  private static func isYear(_ word: String) -> Bool {
    word.utf8.count == 4 && Int(word).map { (1000...2199).contains($0) } ?? false
  }

  private static func isVersion(_ word: String) -> Bool {
    word.contains(".") && word.allSatisfy { $0 == "." || ("0"..."9").contains($0) }
  }

  private static func holdsNumber(_ word: String) -> Bool {
    word.unicodeScalars.contains { scalar in
      scalar.isASCII ? "0"..."9" ~= scalar : scalar.properties.numericType != nil
    }
  }

  private static func isCapitalised(_ token: String) -> Bool {
    token.first { $0.isLetter || $0.isNumber }?.isUppercase ?? false
  }
}
