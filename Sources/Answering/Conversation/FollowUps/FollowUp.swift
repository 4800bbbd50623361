/// A question that may lean on what was said before, and what it says when it stands for itself.
struct FollowUp: Equatable {
  /// How the question leans on its conversation.
  enum Dependence: Equatable {
    case none
    /// It names something by the word at this place only.
    case pronoun(Int)
    /// It names another thing and leaves out what to know about it: "And the other leg?"
    case otherThing(String)
    /// It names what to know of the thing in question: "And its weight?"
    case property(String)
    /// It says too little to be searched for.
    case fragment
  }

  let question: String
  let dependence: Dependence

  /// Whether it only names another thing: "And the foot?"
  var namesOtherThing: Bool {
    if case .otherThing = dependence { true } else { false }
  }

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
    } else if let property = Self.property(tokens, words) {
      dependence = .property(property)
    } else if let place = words.indices.first(where: sentence.isPronoun) {
      dependence = .pronoun(place)
    } else {
      let content = words.count { !Words.isCommon($0) && !Self.openings.contains($0) && !$0.isEmpty }
      let opens = words.first.map { Self.openings.contains($0) } ?? false
      let isFragment =
        content == 0 || (opens && content <= 2 && !Self.namesThing(question)) || Self.asksOnly(words)
      dependence = isFragment ? .fragment : .none
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
      let followUp = FollowUp(question)
      let whole = followUp.whole(after: last, topic)
      // What could not be made a question says nothing that a later one could lean on.
      if last != nil, followUp.dependence != .none, !(whole.map(Self.isQuestion) ?? false) { continue }
      last = whole ?? question
      topic = Topic(whole ?? question) ?? topic
    }
    return whole(after: last, topic)
  }

  private static func isQuestion(_ whole: String) -> Bool {
    !whole.hasPrefix("As for ") && QuestionPhrases(whole).isQuestion
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
      if let action = topic.action, Self.asksDuration(tokens.map(Self.word), place) {
        let end = question.lastIndex { !"?!. ".contains($0) }.map(question.index(after:)) ?? question.endIndex
        return question[..<end] + " to " + action + question[end...]
      }
      let replaced = replacing(place, with: topic)
      // "And if it is stolen?" and "And uninstall it?" leave out what happens then.
      guard case .otherThing(let thing) = FollowUp(replaced).dependence else { return replaced }
      if thing.lowercased().hasPrefix("if ") { return Substitution(last).asking(about: thing) ?? replaced }
      return place == 2 && tokens.count == 3 ? Substitution(last).doing(thing) ?? replaced : replaced
    case .otherThing(let thing):
      return Substitution(last).asking(about: thing)
        ?? topic.map { "As for \($0.phrase), what about \(thing)?" }
    case .property(let property):
      let word = property.split(separator: " ").last.map(Self.word) ?? ""
      let verb = QuestionGrammar.isPlural(word) ? "are" : "is"
      return topic.map {
        let owner = $0.bearer ?? $0.whole ?? $0.owner
        return owner.contains(" of ")
          ? "What \(verb) the \(property) of \(owner)?" : "What \(verb) \(owner)'s \(property)?"
      }
    case .fragment:
      return fragment(after: last, topic)
    }
  }

  /// "How often?" asks that of what the question before says; what else says too little is about its topic.
  private func fragment(after last: String, _ topic: Topic?) -> String? {
    var rest = tokens[...]
    if rest.count > 1, ["and", "but", "so", "or", "also", "then"].contains(Self.word(tokens[0])) {
      rest = rest.dropFirst()
    }
    let text = rest.joined(separator: " ")
    let words = rest.map(Self.word)
    if Self.asksOnly(words), !["which", "what"].contains(words[0]) {
      let asked = Self.trimmed(text)
      if let whole = Substitution(last).asking(asked.prefix(1).uppercased() + asked.dropFirst()) {
        return whole
      }
    }
    return topic.map { "As for \($0.phrase), \(text.prefix(1).lowercased())\(text.dropFirst())" }
  }

  /// Whether a question names what it is about: "And how much is electricity?", but not "And what is the price?"
  private static func namesThing(_ question: String) -> Bool {
    let read = QuestionPhrases(question)
    let isDone = read.words.contains("who") && read.verb != nil
    guard read.isQuestion, read.auxiliary != nil || isDone else { return false }
    return read.phrases.contains { phrase in
      [.subject, .object].contains(phrase.role) && (isDone || read.determiner(phrase) != "the")
        && !read.isAttribute(phrase) && !["one", "ones"].contains(read.head(phrase))
    }
  }

  /// "How often?", "By whom?", "Which version?": what is asked for without a sentence.
  private static func asksOnly(_ words: [String]) -> Bool {
    guard words.count <= 3, let place = words.firstIndex(where: Words.interrogatives.contains) else {
      return false
    }
    let isNoun = place == words.count - 2 && ["which", "what"].contains(words[place])
    return place <= 1 && words[..<place].allSatisfy(QuestionGrammar.prepositions.contains)
      && words[(place + 1)...].allSatisfy {
        measures.contains($0) || (isNoun && QuestionGrammar.isContent($0))
      }
  }

  /// "How long does it take?", where what takes long is to do something.
  private static func asksDuration(_ words: [String], _ place: Int) -> Bool {
    words[place] == "it" && place + 2 == words.count && words[place + 1] == "take"
  }

  private func replacing(_ place: Int, with topic: Topic) -> String {
    var tokens = tokens.map(String.init)
    let word = Self.word(self.tokens[place])
    let tail = self.tokens[place].drop { $0.isLetter }
    let owns =
      Self.possessive.contains(word)
      || (word == "her" && place + 1 < tokens.count && !Words.isCommon(Self.word(self.tokens[place + 1])))
    if place > 0 {
      let before = Self.word(self.tokens[place - 1])
      if word == "they", !topic.isPlural, let one = QuestionGrammar.singularForms[before] {
        tokens[place - 1] = one
      }
      if word == "it", topic.isPlural, !topic.isNamed, topic.whole == nil,
        let several = QuestionGrammar.singularForms.first(where: { $0.value == before })?.key
      {
        tokens[place - 1] = several
      }
    }
    let isPerson = ["he", "she", "him", "his", "her", "hers"].contains(word)
    if isPerson, let doer = topic.doer {
      tokens[place] = (owns ? doer + "'s" : doer) + tail
      return tokens.joined(separator: " ")
    }
    let name = word == "it" ? topic.whole ?? topic.phrase : topic.phrase
    tokens[place] = (owns ? topic.owner + "'s" : name) + tail
    return tokens.joined(separator: " ")
  }

  /// N of "And its N?".
  private static func property(_ tokens: [Substring], _ words: [String]) -> String? {
    var rest = words.indices.dropFirst(0)
    if let first = rest.first, ["and", "but", "also"].contains(words[first]) { rest = rest.dropFirst() }
    if rest.count > 2, ["what", "how"].contains(words[rest.startIndex]), words[rest.startIndex + 1] == "about"
    {
      rest = rest.dropFirst(2)
    }
    guard let first = rest.first, first > 0, ["its", "their", "his", "her"].contains(words[first]) else {
      return nil
    }
    let named = rest.dropFirst()
    guard (1...5).contains(named.count), named.allSatisfy({ QuestionGrammar.isContent(words[$0]) }) else {
      return nil
    }
    return trimmed(named.map { tokens[$0] }.joined(separator: " "))
  }

  private static func trimmed(_ text: String) -> String {
    var text = text
    while let last = text.last, "?!.,;:".contains(last) { text.removeLast() }
    return text
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
    guard opened || about, !rest.isEmpty, rest.count <= 8 else { return nil }
    // A verb or a question word starts a question of its own.
    if let first = rest.first, words[first] == "if", rest.contains(where: { tokens[$0].last == "," }) {
      return nil
    }
    guard let first = rest.first, about || !(starters.contains(words[first])) else { return nil }
    guard !rest.contains(where: Sentence(words).isPronoun),
      rest.contains(where: { !Words.isCommon(words[$0]) })
    else { return nil }
    let text = trimmed(rest.map { tokens[$0] }.joined(separator: " "))
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
        words.indices.first { place in
          let word = words[place]
          // "Who wrote its score?", "May I wash it by hand?": a verb names nothing.
          return !Words.isCommon(word) && !openings.contains(word) && !measures.contains(word)
            && word.count > 3 && !(place > 0 && doers.contains(words[place - 1]))
        } ?? words.count
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
        if word == "it", next == "take" {
          // "How long does it take?" speaks of what was named, "… take to charge a battery" of nothing.
          let after = place + 2 < words.count ? words[place + 2] : ""
          return (after.isEmpty || QuestionGrammar.taken.contains(after))
            && (named >= place || clause >= place)
        }
        guard named < place else { return true }
        // Something was named before it in another clause of the same question: "If a robot falls, can it get up?"
        if clause < place { return false }
        // "How much power does it draw?" names what is asked, and not who; "Does Atlas use its arms?" does.
        return place + 1 >= words.count || QuestionGrammar.auxiliaries.contains(before)
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
    return QuestionGrammar.isPossessive(letters) ? String(letters.dropLast(2)) : letters
  }

  /// Words behind which a verb stands.
  private static let doers: Set<String> = ["who", "i", "you", "we"]
  /// Words before which "it" stands for nothing.
  private static let empty: Set<String> = [
    "possible", "necessary", "safe", "better", "true", "called", "rain",
  ]
  /// Words that begin a clause.
  private static let clauses: Set<String> = [
    "if", "when", "while", "because", "before", "after", "that", "and", "but", "so", "once", "unless",
    "until", "as",
    "than",
  ]
  /// Words that join a question to what was said before, or ask for more of it.
  private static let openings: Set<String> = [
    "and", "but", "or", "so", "also", "then", "why", "more", "else",
  ]
  /// "How long does it take" names nothing before `it`.
  private static let measures: Set<String> = [
    "long", "often", "much", "many", "far", "fast", "high", "late", "early", "soon", "tall", "heavy", "old",
    "large", "big", "deep", "wide",
  ]
  private static let possessive: Set<String> = ["its", "their", "theirs", "his", "hers"]
  /// Words that begin a question or a request of its own.
  private static let starters = Words.interrogatives.union(QuestionGrammar.auxiliaries).union([
    "tell", "explain",
  ])
}
