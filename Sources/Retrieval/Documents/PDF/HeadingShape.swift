/// Tells headings by their words, where a PDF says nothing about structure.
enum HeadingShape {
  /// Depth of the section number that the text begins with: "3 Roadmap" 1, "2.7 See also" 2, "Chapter 4" 1,
  /// "A.1 Terms" 2; nil without one, or where no title in words follows a bare number.
  static func depth(_ text: String) -> Int? {
    let words = text.split(separator: " ", maxSplits: 2)
    guard let first = words.first else { return nil }
    if isLabel(first), words.count > 1, isOrdinal(words[1]) { return 1 }
    guard words.count > 1, words[1].first?.isLetter == true || words[1].first?.isPunctuation == true else {
      return nil
    }
    let parts = (first.hasSuffix(".") ? first.dropLast() : first).split(
      separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 6 else { return nil }
    for (index, part) in parts.enumerated() {
      let isNumber = (1...3).contains(part.count) && part.allSatisfy { $0.isASCII && $0.isNumber }
      let isLetter =
        index == 0 && parts.count > 1 && part.count == 1 && part.allSatisfy { $0.isASCII && $0.isUppercase }
      guard isNumber || isLetter else { return nil }
    }
    return parts.count
  }

  /// Whether the text is a section number without its title: "2.1", "IV.", "A.3".
  static func isNumberAlone(_ text: String) -> Bool {
    guard text.count <= 12, !text.contains(" ") else { return false }
    let isRoman = text.hasSuffix(".") && text.dropLast().allSatisfy { "IVX".contains($0) }
    return (isRoman && text.count > 1) || depth("\(text) x") != nil
  }

  /// Whether the text is only the label of a chapter whose title follows: "CHAPTER", "Chapter 3:", "FIVE".
  static func isLabelAlone(_ text: String) -> Bool {
    let words = text.split(separator: " ")
    guard let first = words.first, words.count <= 2 else { return false }
    return words.count == 1 ? isLabel(first) || isOrdinal(first) : isLabel(first) && isOrdinal(words[1])
  }

  /// Whether a line alone, as large as the text, reads as a heading: a section number of two or more parts,
  /// capitals throughout, or Title Case.
  static func isPlausible(_ text: String) -> Bool {
    guard isShort(text), let last = text.last, !",;:.!?-–".contains(last) else { return false }
    if let depth = depth(text) { return depth > 1 || isLabel(text.prefix { $0 != " " }) }
    let letters = text.filter(\.isLetter)
    guard letters.count >= 4, letters.count * 10 > text.count * 7 else { return false }
    if letters.allSatisfy(\.isUppercase) { return true }
    let words = text.split(separator: " ")
    let small: Set<Substring> = [
      "a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with",
    ]
    return (2...8).contains(words.count) && words[0].first?.isUppercase == true
      && words.allSatisfy { ($0.first?.isUppercase == true && $0.count > 1) || small.contains($0) }
  }

  /// A heading's length, no address, and no row of dots such as a table of contents has.
  static func isShort(_ text: String, limit: Int = 120) -> Bool {
    (2...limit).contains(text.count) && text.contains { $0.isLetter } && !text.contains("@")
      && !PDFContents.isRow(text)
  }

  private static func isLabel(_ word: Substring) -> Bool {
    ["chapter", "part", "appendix", "section", "annex"].contains(word.lowercased())
  }

  private static func isOrdinal(_ word: Substring) -> Bool {
    let bare = word.hasSuffix(":") || word.hasSuffix(".") ? word.dropLast() : word
    guard !bare.isEmpty, bare.count <= 13 else { return false }
    let word = bare.lowercased().filter { $0 != "-" }
    let unit = ["twenty", "thirty", "forty"].first { word.hasPrefix($0) && word != $0 }
      .map { String(word.dropFirst($0.count)) }
    return bare.allSatisfy(\.isNumber) || bare.allSatisfy { "IVXLC".contains($0) }
      || (bare.count == 1 && bare.allSatisfy(\.isUppercase)) || numerals.contains(unit ?? word)
  }

  private static let numerals: Set<String> = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty",
  ]
}
