import Retrieval

/// A thing that a question asks about, as titles name it.
struct TitledThing: Sendable, Equatable {
  /// As the question calls it.
  let name: String
  /// Stems of each of its names.
  private let names: [[String]]

  /// - Parameter names: words of each of its names, in lower case, the question's own first; not empty.
  init(names: [[String]]) {
    name = names[0].joined(separator: " ")
    self.names = names.map { $0.map(Words.stem) }
  }

  /// Whether a title names the thing and nothing else, numbers, its kind and what it is part of aside: "23.6. Tablespaces",
  /// "git-rebase(1)", "Class: Worker", "Decorators — Python 3.11 documentation".
  func isNamed(by title: String) -> Bool {
    let text = Self.own(title)
    if text.hasSuffix("?") { return QuestionWords(text).names.contains { names.contains($0) } }
    let words = Self.words(of: text)
    if isName(words) { return true }
    // Pages of a manual are often named after their program first.
    return words.count > 1 && Self.endsWithSection(text) && isName(words.dropFirst())
  }

  /// Whether a title is the thing's name without its first word, which stands before it in the passage: "wait" above
  /// "Usage: docker wait CONTAINER".
  func isNamed(by title: String, above passage: Passage) -> Bool {
    let stems = Self.words(of: Self.own(title)).map(Words.stem)
    guard !stems.isEmpty, let name = names.first(where: { $0.dropFirst().elementsEqual(stems) }) else {
      return false
    }
    let text = Words.of(passage.text).map(Words.stem)
    return text.indices.contains { text[$0...].starts(with: name) }
  }

  private func isName(_ words: ArraySlice<String>) -> Bool {
    QuestionWords.names(of: words.drop { Words.articles.contains($0) })
      .contains { names.contains($0.map(Words.stem)) }
  }

  /// A title without what it is part of, and without the kind of what it names.
  private static func own(_ title: String) -> String {
    var title = title[...]
    if let colon = title.firstRange(of: ": "),
      QuestionWords.kinds.contains(title[..<colon.lowerBound].lowercased())
    {
      title = title[colon.upperBound...]
    }
    let end = signs.compactMap { title.firstRange(of: $0)?.lowerBound }.min()
    return String(title[..<(end ?? title.endIndex)])
  }

  /// Those of a title without its number and the section of a manual.
  private static func words(of text: String) -> ArraySlice<String> {
    var words = TitleNumber.removed(from: Words.of(text))
    while endsWithSection(text), words.count > 1, let last = words.last, last.allSatisfy(\.isNumber) {
      words = words.dropLast()
    }
    return words[...]
  }

  private static func endsWithSection(_ text: String) -> Bool { text.hasSuffix(")") }

  private static let signs = [" \u{2014} ", " \u{2013} ", " - ", " | ", ": "]
}
