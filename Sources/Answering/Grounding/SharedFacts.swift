import Retrieval

/// What of a sentence can be looked up in texts in other languages: numbers, and names as far as they are written alike
/// everywhere.
struct SharedFacts: Sendable, Equatable {
  /// Numbers in digits, and those that are spelt out in a language whose number words are known.
  private(set) var numerals: [Numeral] = []
  private(set) var spelt: Set<String> = []
  /// What stands between backticks.
  private(set) var code: [String] = []
  /// Words that mix letters with digits, underscores or capitals inside, in small letters.
  private(set) var identifiers: Set<String> = []
  /// Stems of other words with a capital first: names, if a source has them for such, and in German nouns, too.
  private(set) var capitals: Set<String> = []

  /// - Parameter language: of the sentence, if it is known.
  init(_ sentence: String, language: FunctionWords.Language?) {
    var prose = ""
    for (index, part) in sentence.split(separator: "`", omittingEmptySubsequences: false).enumerated() {
      if index % 2 == 0 {
        prose += part
      } else {
        prose += " "
        let words = Words.spaced(String(part)).filter { !$0.contains("<") && !$0.contains("…") }
        if !words.isEmpty { code.append(words.joined(separator: " ").lowercased()) }
      }
    }
    var rest: [String] = []
    for token in Words.spaced(prose) {
      let word = token.trimming { !$0.isLetter && !$0.isNumber }
      if let identifier = Self.identifier(word) {
        identifiers.insert(identifier)
        continue
      }
      rest.append(token)
      guard word.first?.isUppercase == true else { continue }
      for part in Words.of(word) where !Words.isCommon(part) { capitals.insert(Words.stem(part)) }
    }
    // Numbers within identifiers are parts of names.
    numerals = Numeral.numerals(in: rest.joined(separator: " "))
    if let language { spelt = NumberWords.numbers(in: prose, language) }
  }

  /// Part of the numbers that no source holds, 0 to 1.
  func missingNumbers(in texts: [SharedText]) -> Double {
    let numbers = texts.reduce(into: Set<String>()) { $0.formUnion($1.numbers) }
    let count = numerals.count + spelt.count
    let missing = numerals.count { !$0.isHeld(by: numbers) } + spelt.count { !numbers.contains($0) }
    return count == 0 ? 0 : Double(missing) / Double(count)
  }

  /// Part of the names that no source holds, 0 to 1.
  ///
  /// - Parameter known: what `capitals` are names of, as stems.
  func missingNames(in texts: [SharedText], known: Set<String>) -> Double {
    let names = capitals.intersection(known)
    let count = code.count + identifiers.count + names.count
    let missing =
      code.count { code in !texts.contains { $0.holds(code: code) } }
      + identifiers.count { word in !texts.contains { $0.holds(word) } }
      + names.count { name in !texts.contains { $0.stems.holds(name) } }
    return count == 0 ? 0 : Double(missing) / Double(count)
  }

  /// The identifier that a word is, in small letters; nil for any other. Abbreviations of capitals alone are none: other
  /// languages have others.
  private static func identifier(_ word: String) -> String? {
    var word = word
    // "P2s", "der RT-2-Regler".
    if word.last == "s", let before = word.dropLast().last, before.isUppercase || before.isNumber {
      word.removeLast()
    }
    var parts = word.split(separator: "-")
    while let last = parts.last, parts.count > 1, last.allSatisfy(\.isLetter),
      last.contains(where: \.isLowercase)
    {
      parts.removeLast()
    }
    word = parts.joined(separator: "-")
    guard word.allSatisfy(\.isASCII), word.first?.isLetter == true, let first = parts.first else {
      return nil
    }
    let isMixed = word.contains(where: \.isNumber) && !first.contains(where: \.isLowercase)
    // Shorter ones are units, such as kWh.
    let hasCapitalInside =
      word.count > 4 && word.allSatisfy(\.isLetter)
      && word.drop { !$0.isLowercase }.contains(where: \.isUppercase)
    return isMixed || word.contains("_") || hasCapitalInside ? word.lowercased() : nil
  }
}

/// A source as sentences in other languages look things up in it.
struct SharedText: Sendable {
  let numbers: Set<String>
  /// Stems of its words, and of those of its headings.
  let stems: StemSet
  /// In small letters, with one space between words; the same without hyphens, and with spaces for them.
  private let forms: [String]

  init(_ text: String, stems: StemSet) {
    self.stems = stems
    let plain = Words.spaced(text.replacing("`", with: "")).joined(separator: " ").lowercased()
    forms = [plain, plain.replacing("-", with: ""), plain.replacing("-", with: " ")].map { " " + $0 }
    numbers = Numeral.numerals(in: text).reduce(into: NumberWords.numbers(in: text)) { numbers, numeral in
      for reading in numeral.readings { numbers.formUnion(reading) }
    }
  }

  /// Whether it holds what is written alike in all languages, as the beginning of a word or as it stands.
  func holds(_ name: String) -> Bool {
    guard !name.contains("_") else { return forms[0].contains(name) }
    return zip(forms, [name, name.replacing("-", with: ""), name.replacing("-", with: " ")]).contains {
      text, name in
      text.ranges(of: name).contains { range in
        range.lowerBound == text.startIndex
          || !(text[text.index(before: range.lowerBound)].isLetter
            || text[text.index(before: range.lowerBound)].isNumber)
      }
    }
  }

  /// Whether it holds code: in one place, or each of its words.
  func holds(code: String) -> Bool {
    forms[0].contains(code) || code.split(separator: " ").allSatisfy { forms[0].contains($0) }
  }
}
