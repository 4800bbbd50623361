/// A question that may lean on what was said before, and what it says when it stands for itself.
struct FollowUp: Equatable {
  /// How the question leans on its conversation.
  enum Dependence: Equatable {
    case none
    /// It names something by the word at this place only.
    case pronoun(Int)
    /// It names another thing and leaves out what to know about it: "And the other leg?"
    case otherThing(String)
    /// It says too little to be searched for.
    case fragment
  }

  let question: String
  let dependence: Dependence
  private let tokens: [Substring]

  init(_ question: String) {
    self.question = question
    tokens = question.split(whereSeparator: \.isWhitespace)
    let words = tokens.map(Self.word)
    let commas = zip(tokens.indices, tokens).filter { $1.last.map { ",;:".contains($0) } ?? false }
      .map(\.0)
    let sentence = Sentence(words, commas: Set(commas))
    if let thing = Self.otherThing(tokens, words) {
      dependence = .otherThing(thing)
    } else if let place = words.indices.first(where: sentence.isPronoun) {
      dependence = .pronoun(place)
    } else {
      let content = words.count { !Words.isCommon($0) && !Self.openings.contains($0) && !$0.isEmpty }
      let opens = words.first.map { Self.openings.contains($0) } ?? false
      dependence = content == 0 || (opens && content <= 2) ? .fragment : .none
    }
  }

  /// The question with what the conversation was about; nil where it stands for itself or nothing can be made of it.
  ///
  /// - Parameter earlier: questions before, oldest first.
  func standalone(after earlier: [String]) -> String? {
    guard dependence != .none else { return nil }
    // What an earlier follow-up was about is said by the question before it.
    var last: String?
    var topic: Topic?
    for question in earlier {
      let whole = FollowUp(question).whole(after: last, topic) ?? question
      last = whole
      topic = Topic(whole) ?? topic
    }
    return whole(after: last, topic)
  }

  /// - Parameters:
  ///   - last: the question before, made whole.
  ///   - topic: of the last question that had one.
  private func whole(after last: String?, _ topic: Topic?) -> String? {
    guard let last else { return nil }
    switch dependence {
    case .none: return nil
    case .pronoun(let place):
      guard let topic else { return nil }
      return replacing(place, with: topic.phrase)
    case .otherThing(let thing):
      return Topic(last, like: thing, isDefinite: hasArticle(before: thing))?.exchanged(for: thing)
        ?? "\(last) \(thing)"
    case .fragment:
      guard let topic else { return nil }
      return "\(question) \(topic.text)"
    }
  }

  private func hasArticle(before thing: String) -> Bool {
    question.lowercased().contains("the \(thing.lowercased())")
  }

  private func replacing(_ place: Int, with topic: String) -> String {
    var tokens = tokens.map(String.init)
    let word = Self.word(self.tokens[place])
    let tail = self.tokens[place].drop { $0.isLetter }
    let owns =
      Self.possessive.contains(word)
      || (word == "her" && place + 1 < tokens.count && !Words.isCommon(Self.word(self.tokens[place + 1])))
    tokens[place] = topic + (owns ? "'s" : "") + tail
    return tokens.joined(separator: " ")
  }

  /// X of "And X?", "What about X?", "How about X?".
  private static func otherThing(_ tokens: [Substring], _ words: [String]) -> String? {
    var rest = words.indices.dropFirst(0)
    if let first = rest.first, ["and", "but", "or", "also"].contains(words[first]) {
      rest = rest.dropFirst()
    }
    let opened = rest.count < words.count
    let about =
      rest.count > 2 && ["what", "how"].contains(words[rest[rest.startIndex]])
      && words[rest[rest.startIndex + 1]] == "about"
    if about { rest = rest.dropFirst(2) }
    guard opened || about, !rest.isEmpty, rest.count <= 6 else { return nil }
    // A verb or a question word starts a question of its own.
    guard let first = rest.first, about || !(starters.contains(words[first])) else { return nil }
    guard !rest.contains(where: Sentence(words).isPronoun),
      rest.contains(where: { !Words.isCommon(words[$0]) })
    else { return nil }
    if ["a", "an", "the"].contains(words[first]) { rest = rest.dropFirst() }
    var text = rest.map { tokens[$0] }.joined(separator: " ")
    while let last = text.last, "?!.,;:".contains(last) { text.removeLast() }
    return text.isEmpty ? nil : text
  }

  /// The words of a question, with where it names something first and where another clause begins after that.
  private struct Sentence {
    private let words: [String]
    private let named: Int
    private let clause: Int

    /// - Parameter commas: places of the tokens that a comma follows.
    init(_ words: [String], commas: Set<Int> = []) {
      self.words = words
      let named =
        words.firstIndex { !Words.isCommon($0) && !openings.contains($0) && $0.count > 3 } ?? words.count
      self.named = named
      clause =
        (named..<words.count).first { clauses.contains(words[$0]) || commas.contains($0) } ?? words.count
    }

    /// Whether a word stands for something that was named before the question.
    func isPronoun(at place: Int) -> Bool {
      let word = words[place]
      let next = place + 1 < words.count ? words[place + 1] : ""
      let before = place > 0 ? words[place - 1] : ""
      switch word {
      case "it", "its", "they", "them", "their", "theirs", "he", "she", "him", "his", "her", "hers":
        // "How long does it take", "is it possible": it stands for nothing.
        if word == "it", empty.contains(next) { return false }
        guard named < place else { return true }
        // Something was named before it in another clause of the same question: "If a robot falls, can it get up?"
        if clause < place { return false }
        // "How much power does it draw?" names what is asked, and not who; "Does Atlas use its arms?" does.
        return place + 1 >= words.count || auxiliaries.contains(before)
      case "this", "these", "those":
        return next.isEmpty || Words.isCommon(next)
      case "that":
        return next.isEmpty
          || ["about", "of", "like", "does", "is", "do", "with", "why", "for"].contains(before)
            && Words.isCommon(next)
      default:
        return false
      }
    }
  }

  static func word(_ token: Substring) -> String {
    let letters = token.filter { $0.isLetter || $0.isNumber || $0 == "'" || $0 == "’" }.lowercased()
    return letters.hasSuffix("'s") || letters.hasSuffix("’s") ? String(letters.dropLast(2)) : letters
  }

  private static let empty: Set<String> = [
    "take", "possible", "necessary", "safe", "better", "true", "called", "rain",
  ]
  /// Words that begin a clause.
  private static let clauses: Set<String> = [
    "if", "when", "while", "because", "before", "after", "that", "and", "but", "so", "once", "unless",
    "until", "as",
    "than",
  ]
  private static let auxiliaries: Set<String> = [
    "do", "does", "did", "is", "are", "was", "were", "can", "could", "will", "would", "should", "must", "may",
    "has",
    "have", "had",
  ]
  private static let openings: Set<String> = [
    "and", "but", "or", "so", "also", "then", "why", "more", "else",
  ]
  private static let possessive: Set<String> = ["its", "their", "theirs", "his", "hers"]
  private static let starters: Set<String> = [
    "how", "what", "when", "where", "which", "who", "whom", "whose", "why", "is", "are", "was", "were", "do",
    "does", "did", "can", "could", "will", "would", "should", "has", "have", "had", "may", "tell", "explain",
    "if",
  ]
}
