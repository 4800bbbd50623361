/// What "And X?" names, read by itself.
struct OtherThing: Equatable {
  /// X as it was written, without the mark at its end.
  let text: String
  let tokens: [String]
  let words: [String]
  /// Places of its words before the first preposition within it, without the determiner.
  let core: Range<Int>

  init(_ thing: String) {
    let read = QuestionPhrases(thing)
    let words = read.words
    (tokens, self.words) = (read.tokens, words)
    text = thing
    let start = words.first.map(QuestionGrammar.determiners.contains) ?? false ? 1 : 0
    let end = words.indices.first { $0 > start && QuestionGrammar.prepositions.contains(words[$0]) }
    core = min(start, words.count)..<max(min(start, words.count), end ?? words.count)
    names = core.filter(read.isName)
  }

  /// Places of the words in it that are written like names or hold numbers.
  private let names: [Int]

  var named: Bool { !names.isEmpty }
  func isName(_ place: Int) -> Bool { names.contains(place) }
  var determiner: String? { core.lowerBound > 0 ? words[0] : nil }
  var preposition: String? { words.first.flatMap { QuestionGrammar.prepositions.contains($0) ? $0 : nil } }
  var head: String { core.isEmpty ? "" : words[core.upperBound - 1] }
  var hasNumber: Bool { text.contains(where: \.isNumber) }
  var isAttribute: Bool { QuestionGrammar.attributes.contains(head) }
  var isWhole: Bool { core.upperBound < words.count }
  /// "Building a model": what is done, and no thing.
  var isAction: Bool {
    words.count > 1 && core.lowerBound == 0 && isGerund(words[0])
      && (QuestionGrammar.determiners.contains(words[1]) || words[0].count > 6)
  }
  var isPlural: Bool {
    !named && !["a", "an"].contains(determiner ?? "")
      && (QuestionGrammar.isPlural(head) || words.contains("and")
        || tokens.last.map(QuestionGrammar.isSeveralAcronyms) ?? false)
  }

  private func isGerund(_ word: String) -> Bool { word.hasSuffix("ing") && word.count > 5 }

  /// The words from `place` on, as they were written.
  func text(from place: Int) -> String { tokens[place...].joined(separator: " ") }
}
