/// The entry of a setting, an option or a function that a statement is a part of.
extension Statement {
  /// Where an entry stands: its passage, the headings right above it, and its term.
  struct EntryPlace: Equatable {
    var passage: Int
    var section: String
    var term: String?
  }

  var entryPlace: EntryPlace {
    EntryPlace(
      passage: passage, section: section,
      term: under ?? term?.split(separator: "\n").joined(separator: ", "))
  }

  /// Whether it says no more than what holds for its entry unless something else is set: "Default: 2".
  var saysDefault: Bool {
    guard kind == .sentence || kind == .item, text.lowercased().hasPrefix("default") else { return false }
    let words = Words.of(text)
    return words.count <= Self.defaultWords && ["default", "defaults"].contains(words.first)
  }

  /// The name in code of the entry that it goes on with, or of the heading that it stands under: `Persistent=`,
  /// `RETRY_TIMES`, `systemd-analyze blame`. Nil where these are words of prose, or it begins with the term itself.
  ///
  /// - Parameter heading: the last heading above its passage.
  func entryName(under heading: String?) -> String? {
    guard term == nil, signature == nil else { return nil }
    if let under {
      let name = Words.spaced(String(under.prefix { $0 != "\n" })).joined(separator: " ")
      return Self.isCode(name) ? name : nil
    }
    guard let name = section.isEmpty ? heading : Self.withoutMark(section), name.allSatisfy({ !$0.isNewline })
    else {
      return nil
    }
    let parts = Words.spaced(name)
    // "Built-in settings" is a title.
    guard parts.count == 1 || !name.contains(where: \.isUppercase) else { return nil }
    return Self.isCode(name) ? name : nil
  }

  /// A heading without the signs that Markdown has before it.
  private static func withoutMark(_ heading: String) -> String {
    String(heading.drop { $0 == "#" }.drop { $0 == " " })
  }

  private static func isCode(_ name: String) -> Bool {
    let parts = Words.spaced(name)
    guard let first = parts.first, let letter = first.first(where: \.isLetter), parts.count <= nameWords,
      !first.contains("'"), !first.contains("’"), !"([".contains(first.prefix(1))
    else { return false }
    if "-/".contains(first.prefix(1)) || first.contains(where: { "=_+(<@".contains($0) }) { return true }
    // "Pre-requisites" is a word.
    let isWord = letter.isUppercase && first.contains("-") && first.contains(where: \.isLowercase)
    return CodeName(first) != nil && !isWord
  }

  private static let defaultWords = 8
  private static let nameWords = 4
}
