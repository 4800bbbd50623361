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
    /// It asks for an example of what was asked before.
    case example
    /// It chooses between two things that were named before: "Which one should I use?"
    case choice
    /// It mends the question before: "No, I meant the client."
    case correction(String)
  }

  /// Without the words that only say how it is meant.
  let question: String
  let dependence: Dependence

  /// Whether it only names another thing: "And the foot?"
  var namesOtherThing: Bool {
    if case .otherThing = dependence { true } else { false }
  }

  private let tokens: [Substring]
  /// Which of two things it speaks of, if they were named before.
  private let reference: PairReference?
  /// What a correction says not to be meant.
  private let instead: String?

  init(_ message: String) {
    let remark = Remark(message)
    question = remark.text
    instead = remark.instead
    tokens = Fragments.tokens(question)
    let words = tokens.map(Self.word)
    reference = PairReference(words)
    let commas = zip(tokens.indices, tokens).filter { $1.last.map { ",;:".contains($0) } ?? false }
      .map(\.0)
    let sentence = Sentence(words, commas: Set(commas))
    if remark.isCorrection, !(words.first.map(Self.starters.contains) ?? true) {
      dependence = .correction(Self.trimmed(question))
    } else if Fragments.asksExample(words) {
      dependence = .example
    } else if let thing = Self.otherThing(tokens, words) {
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
        || IncompleteQuestion(question) != nil
      dependence = isFragment ? .fragment : reference == nil ? .none : .choice
    }
  }

  /// The question with what the conversation was about; nil where it stands for itself or nothing can be made of it.
  ///
  /// - Parameter earlier: questions before, oldest first.
  func standalone(after earlier: [String]) -> String? {
    guard dependence != .none else { return nil }
    // What an earlier follow-up was about is said by the question before it.
    var context = Context()
    for question in earlier {
      let followUp = FollowUp(question)
      let whole = followUp.whole(in: context)
      // What could not be made a question says nothing that a later one could lean on.
      if context.last != nil, followUp.dependence != .none, !(whole.map(Self.isQuestion) ?? false) {
        continue
      }
      context.add(whole ?? followUp.question, of: followUp)
    }
    return whole(in: context)
  }

  /// What was said before, made whole.
  private struct Context {
    /// The question before.
    var last: String?
    /// Of the last question that had one.
    var topic: Topic?
    /// The last two things that were held against each other.
    var pair: ThingPair?
    /// What a pronoun of the question before stood for: what has been spoken of for longer.
    var given: String?

    mutating func add(_ question: String, of followUp: FollowUp) {
      given = followUp.isAboutGiven ? topic?.text : nil
      pair =
        ThingPair(question)
        ?? (followUp.exchanges ? last.flatMap { ThingPair(exchanged: question, for: $0) } : nil)
        ?? pair
      topic = Topic(question) ?? topic
      last = question
    }
  }

  /// Whether a pronoun stands for what was spoken of; "and X?" after "he" is about somebody else.
  private var isAboutGiven: Bool {
    guard case .pronoun(let place) = dependence else { return false }
    return !["he", "she", "him", "his", "her", "hers"].contains(Self.word(tokens[place]))
  }

  private var exchanges: Bool {
    if case .otherThing(let thing) = dependence { !thing.hasPrefix("if ") } else { false }
  }

  private static func isQuestion(_ whole: String) -> Bool {
    !whole.hasPrefix("As for ") && QuestionPhrases(whole).isQuestion
  }

  private func whole(in context: Context) -> String? {
    guard let last = context.last else { return nil }
    let topic = context.topic
    if let reference, let pair = context.pair {
      let said = reference.said(tokens, of: pair, after: last)
      let followUp = FollowUp(said)
      return followUp.dependence == .none || followUp.reference != nil
        ? said : followUp.whole(in: context) ?? said
    }
    switch dependence {
    case .none, .choice: return nil
    case .pronoun(let place):
      guard let topic else { return nil }
      if let action = topic.action, Self.asksDuration(tokens.map(Self.word), place) {
        let end = question.lastIndex { !"?!. ".contains($0) }.map(question.index(after:)) ?? question.endIndex
        return question[..<end] + " to " + action + question[end...]
      }
      if asksWhetherDefault, let whole = Substitution(last).byDefault { return whole }
      let replaced = replacing(place, with: topic, after: last)
      // "And if it is stolen?" and "And uninstall it?" leave out what happens then.
      guard case .otherThing(let thing) = FollowUp(replaced).dependence else { return replaced }
      let substitution = Substitution(last)
      if thing.lowercased().hasPrefix("if ") {
        return isSupposition && !substitution.isAction
          ? replaced : substitution.asking(about: thing) ?? replaced
      }
      return substitution.doing(thing) ?? replaced
    case .otherThing(let thing):
      let substitution = Substitution(last, given: context.given)
      if isSupposition, !substitution.isAction {
        return topic.map { "As for \($0.phrase), what \(thing)?" }
      }
      if let done = substitution.doing(thing, onlyVerbs: true) {
        return FollowUp(done).whole(in: context) ?? done
      }
      return substitution.asking(about: thing)
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
    case .example:
      if QuestionPhrases(last).isAboutAction {
        return "For example, \(last.prefix(1).lowercased())\(last.dropFirst())"
      }
      return topic.map { "What is an example of \($0.phrase)?" }
    case .correction(let text):
      let substitution = Substitution(last)
      if let instead, let whole = substitution.replacing(instead, with: text) { return whole }
      if let done = substitution.doing(text, onlyVerbs: true) {
        return FollowUp(done).whole(in: context) ?? done
      }
      return substitution.asking(about: text) ?? substitution.appended(text)
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
    if let topic, let whole = IncompleteQuestion(text)?.completed(with: topic) { return whole }
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

  private func replacing(_ place: Int, with main: Topic, after last: String) -> String {
    var tokens = tokens.map(String.init)
    let word = Self.word(self.tokens[place])
    let topic = Self.agreeing(word, main, last)
    if word == "one" {
      tokens[place] = topic.single + self.tokens[place].drop { $0.isLetter }
      return tokens.joined(separator: " ")
    }
    // "Why are they against it?" speaks of two things.
    if topic != main,
      let other = tokens.indices.first(where: { $0 > place && Self.word(self.tokens[$0]) == "it" })
    {
      tokens[other] = main.phrase + self.tokens[other].drop { $0.isLetter }
    }
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

  /// What "they" or "it" speaks of: of several things where the topic is one, if the question before names them.
  private static func agreeing(_ word: String, _ topic: Topic, _ last: String) -> Topic {
    switch word {
    case "they", "them", "their":
      topic.isPlural ? topic : Topic(last, plural: true) ?? topic
    case "it", "its":
      !topic.isPlural || topic.isNamed || topic.whole != nil ? topic : Topic(last, plural: false) ?? topic
    default: topic
    }
  }

  /// "Is that the default?"
  private var asksWhetherDefault: Bool {
    let words = tokens.map(Self.word)
    return words.starts(with: ["is", "that"]) && words.count <= 6 && ["default"].contains(words.last)
  }

  /// "What if …?"
  private var isSupposition: Bool { tokens.map(Self.word).starts(with: ["what", "if"]) }

  /// N of "And its N?".
  private static func property(_ tokens: [Substring], _ words: [String]) -> String? {
    var rest = words.indices.dropFirst(0)
    if let first = rest.first, ["and", "but", "also"].contains(words[first]) { rest = rest.dropFirst() }
    // "Any drawbacks?"
    if words.count == 2, words[0] == "any", IncompleteQuestion.known.contains(words[1]) {
      return trimmed(words[1])
    }
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

  static func trimmed(_ text: String) -> String {
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
    let supposes =
      rest.count > 2 && words[rest[rest.startIndex]] == "what" && words[rest.startIndex + 1] == "if"
    if supposes { rest = rest.dropFirst() }
    let isBare = rest.count == words.count && Fragments.isBare(words)
    guard opened || about || supposes || isBare, !rest.isEmpty, rest.count <= (supposes ? 12 : 8) else {
      return nil
    }
    if about || opened, let last = rest.last, rest.count > 1,
      ["then", "though", "please"].contains(words[last])
    {
      rest = rest.dropLast()
    }
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

  static func word(_ token: Substring) -> String {
    let letters = token.filter { $0.isLetter || $0.isNumber || $0 == "'" || $0 == "’" }.lowercased()
    return QuestionGrammar.isPossessive(letters) ? String(letters.dropLast(2)) : letters
  }

  /// Words that join a question to what was said before, or ask for more of it.
  static let openings: Set<String> = [
    "and", "but", "or", "so", "also", "then", "why", "more", "else",
  ]
  /// "How long does it take" names nothing before `it`.
  static let measures: Set<String> = [
    "long", "often", "much", "many", "far", "fast", "high", "late", "early", "soon", "tall", "heavy", "old",
    "large", "big", "deep", "wide",
  ]
  private static let possessive: Set<String> = ["its", "their", "theirs", "his", "hers"]
  /// Words that begin a question or a request of its own.
  private static let starters = Words.interrogatives.union(QuestionGrammar.auxiliaries).union([
    "tell", "explain", "whats", "hows", "wheres", "whos",
  ])
}
