/// What tells the language of a text: its script, and the function words of languages that it holds.
///
/// It tells whether a question and a passage are surely in two languages, and is made for texts of some words: prose holds
/// function words in every sentence, and few questions have none. Of languages that it has no words of it knows the script.
package struct LanguageTraces: Sendable, Equatable {
  /// The script of its letters; nil where it has none that is known.
  package private(set) var script: Script?
  /// Number of its words, digits not counted.
  package private(set) var words = 0
  /// How many of its words are function words of a language.
  package private(set) var counts: [FunctionWords.Language: Int] = [:]

  /// For each of its function words the languages that have it.
  private var origins: [[FunctionWords.Language]] = []

  /// What of a passage is looked at, in code points: some hundred words.
  package static let limit = 1000

  package init(_ text: String) {
    var letters: [Script: Int] = [:]
    var word = ""
    func finish() {
      guard !word.isEmpty else { return }
      words += 1
      let languages = FunctionWords.languages(with: word.lowercased())
      for language in languages { counts[language, default: 0] += 1 }
      if !languages.isEmpty { origins.append(languages) }
      word = ""
    }
    for scalar in text.unicodeScalars.prefix(Self.limit) {
      if let script = Script(scalar) {
        letters[script, default: 0] += 1
        word.unicodeScalars.append(scalar)
      } else if scalar.isASCII || !scalar.properties.isAlphabetic && !scalar.properties.isDiacritic {
        finish()
      } else {
        word.unicodeScalars.append(scalar)
      }
    }
    finish()
    // Texts in other scripts hold Latin names and terms, hardly ever the other way round.
    let all = letters.values.reduce(0, +)
    let foreign = letters.filter { $0.key != .latin }.max { $0.value < $1.value }
    if let foreign, foreign.value * Self.foreignShare >= all {
      script = foreign.key
    } else if all > 0 {
      script = .latin
    }
  }

  /// The language of prose; nil where its function words are too few to tell, as in code and in tables of numbers, or tell
  /// two languages alike.
  package var language: FunctionWords.Language? {
    guard let best = counts.max(by: { $0.value < $1.value }),
      best.value >= Self.least, Double(best.value) >= Self.leastShare * Double(words),
      counts.count(where: { $0.value == best.value }) == 1
    else { return nil }
    return best.key
  }

  /// The language of most of its function words; nil if it has none, or as many of another.
  package var likeliest: FunctionWords.Language? {
    let most = counts.values.max()
    let best = counts.filter { $0.value == most }
    return best.count == 1 ? best.first?.key : nil
  }

  /// Whether a question is surely in another language than `passage`: in another script, or in one language's words at least
  /// twice as much as in those of the passage's.
  package func differs(from passage: LanguageTraces) -> Bool {
    guard let script, let theirs = passage.script else { return false }
    if script != theirs { return true }
    guard let language = passage.language, let most = counts.values.max() else { return false }
    return most >= 2 * (counts[language] ?? 0)
  }

  /// Whether a question differs from `passage` by two words at least that the passage's language does not have: one may be a
  /// slip of another word ("wat").
  package func surelyDiffers(from passage: LanguageTraces) -> Bool {
    guard differs(from: passage), let language = passage.language, script == passage.script else {
      return differs(from: passage)
    }
    var own: [FunctionWords.Language: Int] = [:]
    for origin in origins where !origin.contains(language) {
      for language in origin { own[language, default: 0] += 1 }
    }
    return (own.values.max() ?? 0) >= 2
  }

  /// Whether two of its words at least, or its script, speak for a language.
  package var isTelling: Bool { (counts.values.max() ?? 0) >= 2 || script.map { $0 != .latin } ?? false }

  /// The same of this text and `other` together, in the script of this one where it has any.
  package func joined(with other: LanguageTraces) -> LanguageTraces {
    var joined = self
    joined.script = script ?? other.script
    joined.words += other.words
    joined.counts.merge(other.counts, uniquingKeysWith: +)
    joined.origins += other.origins
    return joined
  }

  /// One letter of how many has to be of another script than Latin for the text to be in it.
  private static let foreignShare = 3
  /// Function words of a language that a passage has at least, and their part of its words. English prose has 0.3 to 0.5.
  private static let least = 4
  private static let leastShare = 0.15
}
