/// Puts mistyped words of a question right, as words of one corpus.
///
/// A word is taken for mistyped if no passage holds it and it is not known as a word. What may have been meant is what
/// one slip away from it stands in the corpus, after Norvig, "How to Write a Spelling Corrector" (2007). Names, numbers,
/// code and what stands in quotes are left as they are. Whether it was meant is for the caller to find out.
struct SpellingCorrector {
  /// Words of fewer letters have too many neighbours.
  static let shortest = 4
  /// Longer ones are no words.
  static let longest = 24
  /// Words that are put right at most.
  static let limit = 12
  /// Words that what was meant is looked for at most: a question of nothing but noise would take long.
  static let guesses = LexicalQuery.limit

  let index: LexicalIndex
  /// Whether a word is known to be written so.
  let knows: (String) -> Bool

  /// The question with other words in place of mistyped ones; nil if there is nothing to put right.
  func corrected(_ question: String) -> String? {
    var quoted = LexicalQuery.quoted(in: question)[...]
    var changes: [(place: Range<String.Index>, word: String)] = []
    var guesses = 0
    for word in Self.words(of: question) where changes.count < Self.limit && guesses < Self.guesses {
      quoted = quoted.drop { $0.endIndex < word.endIndex }
      let isQuoted = quoted.first.map { $0.startIndex <= word.startIndex } ?? false
      guard !isQuoted, looksMistyped(word) else { continue }
      guesses += 1
      guard let meant = meant(by: word) else { continue }
      changes.append((word.startIndex..<word.endIndex, meant))
    }
    guard !changes.isEmpty else { return nil }
    var text = ""
    var position = question.startIndex
    for change in changes {
      text += question[position..<change.place.lowerBound] + change.word
      position = change.place.upperBound
    }
    return text + question[position...]
  }

  /// What stands between blanks, without the marks around it.
  private static func words(of question: String) -> [Substring] {
    question.split(whereSeparator: \.isWhitespace).compactMap { part in
      guard let first = part.firstIndex(where: { $0.isLetter || $0.isNumber }),
        let last = part.lastIndex(where: { $0.isLetter || $0.isNumber })
      else { return nil }
      return part[first...last]
    }
  }

  /// Whether a word is neither known nor any of what these rules leave alone.
  private func looksMistyped(_ word: Substring) -> Bool {
    let bytes = Array(word.utf8)
    guard (Self.shortest...Self.longest).contains(bytes.count),
      bytes.allSatisfy({ UInt8(ascii: "a")...UInt8(ascii: "z") ~= $0 | 0x20 }),
      // A capital inside a word makes it a name.
      bytes.dropFirst().allSatisfy({ $0 & 0x20 != 0 })
    else { return false }
    let lower = Self.lower(word)
    // There are models that know the nouns of German, and names, with a capital alone.
    return term(lower).withUnsafeBytes(index.documentFrequency) == 0 && !isWord(lower) && !knows(String(word))
  }

  /// The word of the corpus that was most likely meant; nil if none is near.
  private func meant(by word: Substring) -> String? {
    guard let best = best(for: Self.lower(word)) else { return nil }
    let text = text(best)
    return word.first?.isUppercase == true ? text.prefix(1).uppercased() + text.dropFirst() : text
  }

  private static func lower(_ word: Substring) -> [UInt8] { word.utf8.map { $0 | 0x20 } }

  /// Endings of words whose stem is known.
  private static let endings = ["s", "es", "d", "ed", "r", "er", "ing", "ly", "y", "ness", "less"].map {
    Array($0.utf8)
  }

  /// Whether a word, or the word that it is a form of, is known.
  private func isWord(_ word: [UInt8]) -> Bool {
    if StopWords.english.contains(text(word)) || knows(text(word)) { return true }
    return Self.endings.contains { ending in
      guard word.count >= ending.count + 3, word.suffix(ending.count).elementsEqual(ending) else {
        return false
      }
      let stem = Array(word.dropLast(ending.count))
      return knows(text(stem)) || knows(text(stem + [UInt8(ascii: "e")]))
    }
  }

  /// What makes one candidate better than another.
  private struct Rank: Comparable {
    var isKnown: Bool
    var keepsFirstLetter: Bool
    var frequency: Int

    static func < (left: Rank, right: Rank) -> Bool {
      if left.isKnown != right.isKnown { return right.isKnown }
      if left.keepsFirstLetter != right.keepsFirstLetter { return right.keepsFirstLetter }
      return left.frequency < right.frequency
    }
  }

  private func best(for word: [UInt8]) -> [UInt8]? {
    var best: (rank: Rank, word: [UInt8])?
    let filters = index.termFilters
    Self.forEachSlip(of: word) { candidate in
      guard candidate.count >= Self.shortest - 1 else { return }
      let frequency = term(candidate).withUnsafeBytes { index.documentFrequency(of: $0, passing: filters) }
      guard frequency > 0 else { return }
      let rank = Rank(
        isKnown: knows(text(candidate)), keepsFirstLetter: candidate.first == word.first, frequency: frequency
      )
      if best.map({ $0.rank < rank }) ?? true { best = (rank, candidate) }
    }
    return best?.word
  }

  /// Visits everything that differs from a word by one letter too many, too few, wrong or exchanged with the next.
  static func forEachSlip(of word: [UInt8], _ body: ([UInt8]) -> Void) {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    for place in 0...word.count {
      var longer = word
      longer.insert(0, at: place)
      for letter in letters {
        longer[place] = letter
        body(longer)
      }
      guard place < word.count else { break }
      var shorter = word
      shorter.remove(at: place)
      body(shorter)
      var other = word
      for letter in letters where letter != word[place] {
        other[place] = letter
        body(other)
      }
      if place + 1 < word.count, word[place] != word[place + 1] {
        var exchanged = word
        exchanged.swapAt(place, place + 1)
        body(exchanged)
      }
    }
  }

  /// The word as the index has it.
  private func term(_ word: [UInt8]) -> [UInt8] {
    index.options.stemming == .english ? EnglishStemmer.stem(word) : word
  }

  private func text(_ word: [UInt8]) -> String { String(decoding: word, as: UTF8.self) }
}
