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
    if let thing = Self.otherThing(tokens, words) {
      dependence = .otherThing(thing)
    } else if let place = words.indices.first(where: { Self.isPronoun(at: $0, in: words) }) {
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
    var whole: [String] = []
    for question in earlier { whole.append(FollowUp(question).standalone(after: whole) ?? question) }
    guard let last = whole.last else { return nil }
    let topic = whole.reversed().lazy.compactMap { Topic($0) }.first
    switch dependence {
    case .none: return nil
    case .pronoun(let place):
      guard let topic else { return nil }
      return replacing(place, with: topic.phrase)
    case .otherThing(let thing):
      guard let old = Topic(last)?.text, let range = last.range(ofText: old) else {
        return "\(last) \(thing)"
      }
      return last.replacingCharacters(in: range, with: thing)
    case .fragment:
      guard let topic else { return nil }
      return "\(question) \(topic.text)"
    }
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
    guard !rest.contains(where: { isPronoun(at: $0, in: words) }),
      rest.contains(where: { !Words.isCommon(words[$0]) })
    else { return nil }
    if ["a", "an", "the"].contains(words[first]) { rest = rest.dropFirst() }
    var text = rest.map { tokens[$0] }.joined(separator: " ")
    while let last = text.last, "?!.,;:".contains(last) { text.removeLast() }
    return text.isEmpty ? nil : text
  }

  private static func isPronoun(at place: Int, in words: [String]) -> Bool {
    let word = words[place]
    let next = place + 1 < words.count ? words[place + 1] : ""
    let before = place > 0 ? words[place - 1] : ""
    switch word {
    case "it":
      // "How long does it take", "is it possible": it stands for nothing.
      if ["take", "possible", "necessary", "safe", "better", "true", "called", "rain"].contains(next) {
        return false
      }
      // Something was named before it in the same question: "If a robot falls, can it get up?"
      return !words[..<place].contains { !Words.isCommon($0) && !openings.contains($0) && $0.count > 3 }
        || place + 1 >= words.count
    case "its", "they", "them", "their", "theirs", "he", "she", "him", "his", "her", "hers":
      return !words[..<place].contains { !Words.isCommon($0) && !openings.contains($0) && $0.count > 3 }
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

  static func word(_ token: Substring) -> String {
    let letters = token.filter { $0.isLetter || $0.isNumber || $0 == "'" || $0 == "’" }.lowercased()
    return letters.hasSuffix("'s") || letters.hasSuffix("’s") ? String(letters.dropLast(2)) : letters
  }

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

/// The thing that a question asks about, as it names it.
struct Topic: Equatable {
  let text: String
  /// The same as a later sentence names it: with `the`, if the question had an article before it.
  let phrase: String

  /// The last name with capital letters or digits, else the words after an article, else the last run of words that
  /// mean something.
  init?(_ question: String) {
    let tokens = question.split(whereSeparator: \.isWhitespace)
    let words = tokens.map(FollowUp.word)
    func run(_ range: Range<Int>) -> String {
      var text = tokens[range].joined(separator: " ")
      while let last = text.last, "?!.,;:'\"”’".contains(last) { text.removeLast() }
      if text.hasSuffix("'s") || text.hasSuffix("’s") { text.removeLast(2) }
      return String(text.drop { "\"'“‘".contains($0) })
    }
    var runs: [Range<Int>] = []
    func collect(_ belongs: (Int) -> Bool) {
      runs = []
      for place in tokens.indices where belongs(place) {
        let ended = place > 0 && (tokens[place - 1].last.map { ",;:?".contains($0) } ?? false)
        if let last = runs.last, last.upperBound == place, !ended {
          runs[runs.count - 1] = last.lowerBound..<place + 1
        } else {
          runs.append(place..<place + 1)
        }
      }
    }
    collect { place in
      let isName =
        tokens[place].contains { $0.isNumber } || (tokens[place].first { $0.isLetter }?.isUppercase ?? false)
      return isName && !Words.isCommon(words[place]) && !(place == 0 && Self.verbs.contains(words[place]))
    }
    if runs.isEmpty {
      collect { !Words.isCommon(words[$0]) && !Self.verbs.contains(words[$0]) && !words[$0].isEmpty }
      let named = runs.filter { $0.lowerBound > 0 && ["a", "an", "the"].contains(words[$0.lowerBound - 1]) }
      if !named.isEmpty { runs = named }
    }
    guard let last = runs.last else { return nil }
    text = run(last)
    if text.isEmpty { return nil }
    let hasArticle = last.lowerBound > 0 && ["a", "an", "the"].contains(words[last.lowerBound - 1])
    phrase = hasArticle ? "the " + text : text
  }

  private static let verbs: Set<String> = [
    "work", "works", "mean", "means", "weigh", "weighs", "cost", "costs", "look", "looks", "need", "needs",
    "use", "used", "made", "make", "makes", "built", "build", "called", "happen", "happens", "help", "helps",
    "differ", "long", "far", "tall", "heavy", "fast", "old", "often", "large", "big", "high", "list", "show",
    "compare", "define", "tell", "explain", "describe", "invented", "get", "go", "say", "know", "want",
  ]
}

extension String {
  /// Where `text` first stands.
  fileprivate func range(ofText text: String) -> Range<Index>? { firstRange(of: text) }

  fileprivate func replacingCharacters(in range: Range<Index>, with text: String) -> String {
    self[..<range.lowerBound] + text + self[range.upperBound...]
  }
}
