/// The thing that a question asks about, as it names it.
struct Topic: Equatable {
  let text: String
  /// The same as a later sentence names it: with `the`, if the question had an article before it.
  let phrase: String
  /// The same as an owner before `'s`, without what stands after its name: "the deposit" of "the deposit in the contract".
  let owner: String
  /// What several things or somebody belong to, which "it" means then: "the soup" of "the ingredients of the soup".
  let whole: String?
  /// What something is known of, where the question asks for just that: "the city" of "What is the income of the city?"
  let bearer: String?
  /// Who does something in it, if that has a name: "William" of "When did William conquer England?"
  let doer: String?
  let isPlural: Bool
  /// Whether its last word is written like a name.
  let isNamed: Bool
  /// What somebody does in it, if it asks how: `restore a file` of "How do I restore a file?".
  let action: String?

  /// The last thing with a name of its own, if there is one that belongs to no other, else the subject, else what
  /// something is done to. "The weight of the tent" asks about the tent.
  ///
  /// - Parameter plural: the number that the thing has to have, if any.
  init?(_ question: String, plural: Bool? = nil) {
    let read = QuestionPhrases(question)
    guard let best = plural.map({ Self.first(read, plural: $0) }) ?? Self.best(read) else { return nil }
    let found = read.phrases[best]
    // "Give me an example" is about nothing new.
    if Fragments.examples.contains(read.head(found)) { return nil }
    var range = found.range
    var own = found.owner ?? found.range
    if let owner = found.owner, read.isAttribute(found) {
      range = owner
    } else {
      let attached = read.attached(to: best)
      let isBase = read.preposition(found) != "of" || best == 0
      if isBase, let last = attached.last { range = range.lowerBound..<read.phrases[last].range.upperBound }
      // "What limits it?" after "How long is a battery charged at 1C?": a battery charged at 1C.
      if let end = read.endOfState(best) { range = range.lowerBound..<end }
      let ofs = attached.prefix { read.preposition(read.phrases[$0]) == "of" }
      if isBase, found.owner == nil, let last = ofs.last {
        own = own.lowerBound..<read.phrases[last].range.upperBound
      }
    }
    // "The play R.U.R." is R.U.R.: the words before its name say of what kind it is.
    let isKind = { (place: Int) in !read.tokens[place].contains(where: \.isUppercase) }
    let name = found.core.drop(while: isKind)
    if found.owner == nil, found.range == range, let first = name.first, first > found.core.lowerBound,
      !name.contains(where: isKind)
    {
      (range, own) = (first..<found.core.upperBound, first..<found.core.upperBound)
    }
    func named(_ range: Range<Int>) -> (text: String, phrase: String) {
      let hasArticle = Words.articles.contains(read.words[range.lowerBound])
      let isCounted = range.lowerBound > 0 && read.words[range.lowerBound - 1] == "one"
      let text = read.text(range.lowerBound + (hasArticle ? 1 : 0)..<range.upperBound)
      return (text, (hasArticle || isCounted || found.role == .asked ? "the " : "") + text)
    }
    (text, phrase) = named(range)
    if text.isEmpty { return nil }
    owner = named(own).phrase
    let isOwners = found.owner.map { $0 == range } ?? false
    isPlural =
      QuestionGrammar.isPlural(isOwners ? read.words[range.upperBound - 1] : read.head(found))
      && !["a", "an"].contains(read.determiner(found) ?? "")
    let next = best + 1
    isNamed = read.isName(found.core.upperBound - 1)
    let isOf =
      next < read.phrases.count && read.preposition(read.phrases[next]) == "of"
      && read.attached(to: best).contains(next)
    let isSomebody = read.asksWhat && read.words.contains("who")
    whole =
      isOf && (read.isPlural(found) || isSomebody) && !read.isPlural(read.phrases[next])
      ? named(read.phrases[next].range).phrase : nil
    doer = read.phrases[..<best].first { $0.role == .subject && read.isNamed($0) && $0.owner == nil }
      .map { named($0.range).phrase }
    bearer = isOf && read.asksWhat && !isSomebody ? named(read.phrases[next].range).phrase : nil
    action = read.isAboutAction ? read.verb.map { read.text($0..<read.tokens.count) } : nil
  }

  /// The same as one of several: "an item pipeline".
  var single: String {
    if isNamed { return text }
    var name = text
    if isPlural, name.hasSuffix("s") {
      let isLong = ["ses", "shes", "ches", "xes"].contains(where: name.hasSuffix)
      name = name.hasSuffix("ies") ? name.dropLast(3) + "y" : String(name.dropLast(isLong ? 2 : 1))
    }
    return (name.first.map { "aeiou".contains($0.lowercased()) } ?? false ? "an " : "a ") + name
  }

  /// Position of the first thing of a number, what does something or is done to before what follows a preposition.
  private static func first(_ read: QuestionPhrases, plural: Bool) -> Int? {
    let possible = read.phrases.indices.filter { position in
      let phrase = read.phrases[position]
      return read.isPlural(phrase) == plural && !read.isTime(phrase) && !read.isUnit(phrase)
        && !read.isAttribute(phrase)
    }
    let roles: [NounPhrase.Role] = [.subject, .object, .complement]
    return roles.lazy.compactMap { role in possible.first { read.phrases[$0].role == role } }.first
  }

  /// Position of the phrase.
  private static func best(_ read: QuestionPhrases) -> Int? {
    let phrases = read.phrases
    var bases: [Int] = []
    var position = 0
    while position < phrases.count {
      let attached = read.attached(to: position)
      let phrase = phrases[position]
      if !read.isTime(phrase), phrase.role != .asked || !read.isUnit(phrase) {
        let things = attached.prefix { read.preposition(phrases[$0]) == "of" }
        // "What is the income of Fresno?" asks about Fresno.
        let isOfName =
          read.asksWhat && !read.words.contains("who") && !read.isNamed(phrase)
          && things.last.map { read.isNamed(phrases[$0]) } ?? false
        let isHow = (read.isAttribute(phrase) || isOfName) && phrase.owner == nil
        bases.append(isHow ? things.last ?? position : position)
      }
      position = attached.upperBound
      // Whatever else follows a thing belongs to it: "a repository on S3".
      while position < phrases.count, let place = phrases[position].preposition,
        place == phrases[position - 1].range.upperBound, phrases[position - 1].role != .asked
      {
        position += 1
      }
    }
    func isNamed(_ range: Range<Int>) -> Bool {
      // "At 1C" is no name.
      range.contains { read.isName($0) && !(read.words[$0].first?.isNumber ?? false) }
    }
    let named = bases.filter { isNamed(phrases[$0].core) || phrases[$0].owner.map(isNamed) ?? false }
    if let best = named.last(where: { [.subject, .object].contains(phrases[$0].role) }) { return best }
    // "When did paper money appear in the Yuan dynasty?" is about money.
    let subject = bases.first { phrases[$0].role == .subject }
    let isOne = subject.map { !read.isPlural(phrases[$0]) && phrases[$0].owner == nil } ?? false
    if let best = named.last(where: { phrases[$0].role != .asked }), !isOne { return best }
    func rank(_ position: Int) -> Int {
      switch phrases[position].role {
      case .subject: 3
      case .object: 2
      // "What did the board decide about the fee?"
      case .complement: read.preposition(phrases[position]) == "about" ? 4 : 1
      case .asked: 0
      }
    }
    return bases.max { (rank($0), -$0) < (rank($1), -$1) }
  }
}
