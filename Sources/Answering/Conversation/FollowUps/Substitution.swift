/// A question with another thing in the place of one that it names: what "And X?" asks after it.
struct Substitution {
  /// A part of the question that another thing may take the place of.
  private struct Slot {
    var phrase: NounPhrase
    /// With what belongs to it: "the hand of the robot".
    var whole: Range<Int>
    var isOwner = false
    /// Whether the question is rather about something else.
    var isAside = false
  }

  private let read: QuestionPhrases
  private let slots: [Slot]

  /// What has been spoken of for longer than the question, which another thing hardly takes the place of.
  private let given: String?

  init(_ question: String, given: String? = nil) {
    self.given = given
    let read = QuestionPhrases(question)
    self.read = read
    let subject = read.phrases.firstIndex { $0.role == .subject }
    slots = read.phrases.indices.flatMap { position -> [Slot] in
      let phrase = read.phrases[position]
      let isOf = read.preposition(phrase) == "of" && position > 0
      let isAside =
        position < subject ?? 0
        || (isOf && !read.isAttribute(read.phrases[position - 1]) && subject == position - 1)
        || (isOf && position + 1 < read.phrases.count && read.preposition(read.phrases[position + 1]) == "of"
          && read.phrases[position + 1].preposition == phrase.range.upperBound)
      let last = read.attached(to: position).last
      let whole =
        phrase.range.lowerBound..<(last.map { read.phrases[$0].range.upperBound } ?? phrase.range.upperBound)
      guard let owner = phrase.owner else { return [Slot(phrase: phrase, whole: whole, isAside: isAside)] }
      let article = QuestionGrammar.determiners.contains(read.words[owner.lowerBound])
      let core = owner.lowerBound + (article ? 1 : 0)..<owner.upperBound
      let thing = NounPhrase(range: owner, core: core, role: phrase.role, preposition: phrase.preposition)
      return [
        Slot(phrase: phrase, whole: whole, isAside: isAside),
        Slot(phrase: thing, whole: owner, isOwner: true),
      ]
    }
  }

  /// What "How often?" and "By whom?" ask of the same, in the place of what was asked; nil where that has another one.
  func asking(_ fragment: String) -> String? {
    guard let place = read.auxiliary else { return askingOfWhatWasDone(fragment) }
    let opening = read.words[..<place].drop { !Words.interrogatives.contains($0) }
    // "At what temperature do I bake bread?" asks for what may be left out, as "how often is it replaced" does.
    let isAside =
      opening.startIndex > 0 && QuestionGrammar.prepositions.contains(read.words[opening.startIndex - 1])
    let hasVerb = read.verb != nil && opening.starts(with: ["how"]) && read.phrases.first?.role != .asked
    if let asking = opening.first, !((isAside || hasVerb) && !fragment.lowercased().hasPrefix("why")) {
      let isMeasure = OtherThing(fragment).words.starts(with: ["how"]) && fragment.contains(" ")
      // "What did he think of it?" "Why?"
      if asking == "what", opening.count == 1, fragment.lowercased() == "why",
        QuestionGrammar.helping.contains(read.words[place]), read.words.last != "do"
      {
        return "\(fragment) \(read.tokens[place...].joined(separator: " "))"
      }
      guard read.phrases.first?.role != .asked, isMeasure == (opening.count > 1),
        isMeasure || !fragment.lowercased().hasPrefix("why"),
        ["how", "when", "where", "why"].contains(asking)
      else { return nil }
    }
    return
      "\(fragment) \(read.tokens[place].lowercased()) \(read.tokens[(place + 1)...].joined(separator: " "))"
  }

  /// "When?" after "Who built the clock?" is "When was the clock built?"
  private func askingOfWhatWasDone(_ fragment: String) -> String? {
    // "What happens if it is off?" "Why?"
    if read.words.first == "what", read.words.count > 1, fragment.lowercased() == "why",
      let did = ["happens": "does", "happened": "did"][read.words[1]]
    {
      return (["Why", did, "that", "happen"] + read.tokens[2...]).joined(separator: " ")
    }
    guard read.words.first == "who", let verb = read.verb, QuestionGrammar.isParticiple(read.words[verb]),
      ["when", "where", "why", "how"].contains(fragment.lowercased()),
      let thing = read.phrases.first, thing.role == .object, thing.range.lowerBound == verb + 1
    else { return nil }
    let what = read.tokens[thing.range].joined(separator: " ").filter { $0 != "?" }
    let rest = [read.tokens[verb]] + read.tokens[thing.range.upperBound...]
    let said = rest.joined(separator: " ")
    return
      "\(fragment) \(read.isPlural(thing) ? "were" : "was") \(what) \(said)\(said.hasSuffix("?") ? "" : "?")"
  }

  /// The question about `thing`; nil if it has no place in it.
  func asking(about text: String) -> String? {
    let thing = OtherThing(text)
    if thing.words.count > 1 {
      if ["only", "just"].contains(thing.words[0]) { return asking(about: thing.text(from: 1)) }
      // "Just one table?"
      if thing.words[0] == "one", QuestionGrammar.isContent(thing.words[1]) {
        return asking(about: "a " + thing.text(from: 1))
      }
    }
    if Fragments.isCircumstance(thing.words) { return appended(text) }
    if let contrary = QuestionGrammar.contraries[thing.head.isEmpty ? text.lowercased() : thing.head],
      thing.core.count <= 1, let place = read.words.lastIndex(of: contrary)
    {
      return replaced(place..<place + 1, with: thing.words.last ?? text)
    }
    if thing.words.first == "if" { return condition(text) }
    if thing.words.first == "to", thing.words.count > 1, QuestionGrammar.isVerb(thing.words[1]) {
      return aim(text)
    }
    if thing.preposition != nil { return thing.words.count > 1 ? circumstance(thing) : nil }
    if thing.words.count == 1, let verb = read.verb, verb < read.words.count,
      QuestionGrammar.isVerb(text), !QuestionGrammar.attributes.contains(text),
      let auxiliary = read.auxiliary, QuestionGrammar.helping.contains(read.words[auxiliary])
    {
      return replaced(verb..<verb + 1, with: text)
    }
    if read.isAboutAction, thing.isAction { return action(thing) }
    if thing.isAttribute, !slots.contains(where: { read.isAttribute($0.phrase) }),
      read.isAboutMeasure || read.words.first == "what" || slots.contains(where: { read.isNamed($0.phrase) })
    {
      return attribute(thing)
    }
    guard let slot = slot(for: thing) else { return nil }
    // Part of what has a name: "How tall is Atlas?" "And the leg?"
    if thing.determiner == "the", !thing.named, !thing.isWhole, read.isNamed(slot.phrase), !slot.isOwner,
      read.determiner(slot.phrase) == nil, !sharesHead(thing, slot)
    {
      return replaced(
        slot.phrase.range, with: "\(text) of \(read.text(slot.phrase.range))", agreeing: slot, thing)
    }
    return exchanged(slot, for: thing)
  }

  // MARK: When, where and for whom

  /// "And for children?" takes the place of what is said of others, or is added.
  private func circumstance(_ thing: OtherThing) -> String? {
    let isTime = thing.words.dropFirst().allSatisfy {
      QuestionGrammar.isTime($0) || QuestionGrammar.determiners.contains($0)
    }
    let isNamed = OtherThing(thing.text(from: 1)).named
    let alike = slots.filter { slot in
      guard let own = read.preposition(slot.phrase), read.isTime(slot.phrase) == isTime else { return false }
      if own == thing.preposition || isTime { return true }
      return [own, thing.preposition].allSatisfy { ["of", "for"].contains($0) } && isNamed
        && read.isNamed(slot.phrase)
    }
    if alike.isEmpty, thing.preposition == "of", let owner = slots.last(where: \.isOwner) {
      return replaced(owner.whole, with: thing.text(from: 1), agreeing: owner, thing)
    }
    // "In all files" takes the place of no "in vim".
    let hasDeterminer = thing.words.dropFirst().first.map(QuestionGrammar.determiners.contains) ?? false
    let isPlace = { (preposition: String?) in QuestionGrammar.places.contains(preposition ?? "") }
    let standing =
      isPlace(thing.preposition) && !isTime
      ? slots.last {
        isPlace(read.preposition($0.phrase)) && !read.isTime($0.phrase)
          && (read.isNamed($0.phrase) == isNamed || hasDeterminer == (read.determiner($0.phrase) != nil))
      } : nil
    guard let slot = alike.last ?? standing, let place = slot.phrase.preposition else {
      return appended(thing.text)
    }
    return replaced(place..<slot.whole.upperBound, with: thing.text)
  }

  /// "And if it is wet?"
  private func condition(_ text: String) -> String {
    guard let place = read.words.firstIndex(of: "if"), place > 0 else { return appended(text) }
    return replaced(place..<read.tokens.count, with: text)
  }

  /// "And to paint the walls?"
  private func aim(_ text: String) -> String? {
    let place = read.words.indices.dropLast().last {
      read.words[$0] == "to" && QuestionGrammar.isContent(read.words[$0 + 1]) && !read.isName($0 + 1)
    }
    return place.map { replaced($0..<read.tokens.count, with: text) }
  }

  /// The question with more said at its end.
  func appended(_ text: String) -> String {
    let question = read.tokens.joined(separator: " ")
    let end = question.lastIndex { !"?!.".contains($0) }.map(question.index(after:)) ?? question.endIndex
    return question[..<end] + " " + text + question[end...]
  }

  // MARK: What is done

  /// Whether it asks how or whether somebody does something.
  var isAction: Bool {
    guard let auxiliary = read.auxiliary, auxiliary + 1 < read.words.count else { return read.isAboutAction }
    return read.isAboutAction
      || (QuestionGrammar.helping.contains(read.words[auxiliary])
        && ["i", "we", "you"].contains(read.words[auxiliary + 1]))
  }

  /// "And uninstall the plugin?" after "How do I …?"
  ///
  /// - Parameter onlyVerbs: whether it has to begin with what is a verb by itself, or by what follows.
  func doing(_ text: String, onlyVerbs: Bool = false) -> String? {
    let thing = OtherThing(text)
    guard isAction, let verb = read.verb, verb < read.words.count else { return nil }
    if thing.isAction { return onlyVerbs ? nil : action(thing) }
    guard let first = thing.words.first, !QuestionGrammar.prepositions.contains(first),
      QuestionGrammar.isContent(first), thing.words.count > 1
    else { return nil }
    let opensThing =
      QuestionGrammar.determiners.contains(thing.words[1])
      || QuestionGrammar.pronouns.contains(thing.words[1])
    guard QuestionGrammar.verbs.contains(first) || (QuestionGrammar.canBeVerb(first) && opensThing) else {
      return nil
    }
    return "\(read.tokens[..<verb].joined(separator: " ")) \(text)?"
  }

  /// The question with `text` in the place of `other`; nil where it does not speak of that.
  func replacing(_ other: String, with text: String) -> String? {
    func named(_ text: String) -> ArraySlice<String> {
      let words = text.split(whereSeparator: \.isWhitespace).map(FollowUp.word)
      return words.drop(while: QuestionGrammar.determiners.contains)
    }
    let old = named(other)
    guard !old.isEmpty, old.count <= read.words.count,
      let start = (0...read.words.count - old.count).first(where: {
        read.words[$0..<$0 + old.count].elementsEqual(old)
      })
    else { return nil }
    let tokens = text.split(whereSeparator: \.isWhitespace)
    let isDetermined = start > 0 && QuestionGrammar.determiners.contains(read.words[start - 1])
    let new = isDetermined ? tokens.suffix(named(text).count) : tokens[...]
    guard !new.isEmpty else { return nil }
    return replaced(start..<start + old.count, with: new.joined(separator: " "))
  }

  /// "Is that the default?" after "Does Scrapy respect robots.txt?"
  var byDefault: String? {
    guard read.auxiliary == 0 || read.auxiliary == 1,
      !read.words[..<(read.auxiliary ?? 0)].contains(where: Words.interrogatives.contains),
      !read.words.contains("default")
    else { return nil }
    return appended("by default")
  }

  /// "And building a model?" after "How do I …?"
  private func action(_ thing: OtherThing) -> String? {
    guard let verb = read.verb, verb < read.words.count else { return nil }
    let subject = read.tokens[..<verb].joined(separator: " ")
    if Words.stem(thing.words[0]) == Words.stem(read.words[verb]) {
      return asking(about: thing.text(from: 1))
    }
    return "\(subject) go about \(thing.text)?"
  }

  /// "And the weight?" after what asks something else of a thing.
  private func attribute(_ thing: OtherThing) -> String? {
    guard let topic = Topic(read.tokens.joined(separator: " ")) else { return nil }
    let article = thing.determiner == nil ? "the " : ""
    return "What \(thing.isPlural ? "are" : "is") \(article)\(thing.text) of \(topic.phrase)?"
  }

  // MARK: Things

  private func slot(for thing: OtherThing) -> Slot? {
    let possible = slots.filter { slot in
      let phrase = slot.phrase
      if sharesHead(thing, slot) || overlap(thing, slot) != nil { return true }
      if read.isUnit(phrase), phrase.role == .asked || read.preposition(phrase) == "per" { return false }
      if read.isTime(phrase), !thing.hasNumber { return false }
      // "The price of the tent": another thing takes the place of the tent.
      let belongs = read.isAttribute(phrase) && (phrase.owner != nil || isFollowedByOf(slot))
      return slot.isOwner || !belongs || thing.isAttribute
    }
    return possible.enumerated().map { (slot: $1, likeness: likeness(thing, $1), position: $0) }
      .max { ($0.likeness, -$0.position) < ($1.likeness, -$1.position) }?.slot
  }

  /// How well `thing` would stand in the place of a part; higher is better.
  private func likeness(_ thing: OtherThing, _ slot: Slot) -> Double {
    let phrase = slot.phrase
    if isOne(thing), phrase.core.count < 2 { return -1 }
    let isAlike = sharesHead(thing, slot) || overlap(thing, slot) != nil
    var value = isAlike ? 8.0 : 0
    if read.isNamed(phrase) == thing.named { value += 4 }
    if thing.hasNumber == phrase.core.contains(where: { read.tokens[$0].contains(where: \.isNumber) }) {
      value += 2
    }
    if thing.isAttribute, read.isAttribute(phrase) { value += 4 }
    if article(read.determiner(phrase)) == article(thing.determiner) { value += 2 }
    switch phrase.role {
    case .subject: value += 1.5
    case .object: value += 1
    case .complement: value += read.preposition(phrase) == "of" ? 0.25 : 0.5
    case .asked: break
    }
    if phrase.role == .subject, let given, given == read.text(phrase.core) { value -= 0.75 }
    if thing.core.count == 1, Fragments.isAcronym(thing.head), Fragments.isAcronym(read.head(phrase)) {
      value += 2
    }
    // "How many degrees of freedom does the arm have?" is about the arm, "the cost of transport of a person" about him.
    if slot.isAside, !isAlike || read.isNamed(phrase) != thing.named { value -= 3 }
    // "How many vectors does the index hold?" "And documents?"
    if phrase.role == .asked, thing.isPlural, thing.determiner == nil, read.isPlural(phrase),
      let subject = read.phrases.first(where: { $0.role == .subject }), read.determiner(subject) != nil,
      !read.isPlural(subject), !read.isNamed(subject)
    {
      value += 3.5
    }
    return value
  }

  private func isOne(_ thing: OtherThing) -> Bool { ["one", "ones"].contains(thing.words.last ?? "") }

  private func sharesHead(_ thing: OtherThing, _ slot: Slot) -> Bool {
    !thing.head.isEmpty && Words.stem(thing.head) == Words.stem(read.head(slot.phrase))
      && thing.core.count + slot.phrase.core.count > 2
  }

  /// Place of the first word of `thing` in what it takes the place of: `category` of "stop category 0".
  private func overlap(_ thing: OtherThing, _ slot: Slot) -> Int? {
    guard thing.core.count > 1 else { return nil }
    return slot.phrase.core.first { read.words[$0] == thing.words[thing.core.lowerBound] }
  }

  private func article(_ determiner: String?) -> String {
    ["a", "an"].contains(determiner) ? "a" : determiner ?? ""
  }

  private func exchanged(_ slot: Slot, for thing: OtherThing) -> String {
    let phrase = slot.phrase
    if let place = overlap(thing, slot), !sharesHead(thing, slot) {
      return replaced(place..<phrase.range.upperBound, with: thing.text(from: thing.core.lowerBound))
    }
    // "LFP" after "NMC cells".
    let last = phrase.core.upperBound - 1
    if thing.core.allSatisfy({ thing.isName($0) }), thing.determiner == nil, !thing.isWhole, !slot.isOwner,
      !read.isName(last), QuestionGrammar.isPlural(read.words[last]),
      (phrase.core.lowerBound..<last).allSatisfy(read.isName), phrase.core.count > 1
    {
      return replaced(phrase.core.lowerBound..<last, with: thing.text)
    }
    // "Svd" after "the eig function".
    if thing.words.count == 1, !slot.isOwner, phrase.core.count > 1,
      Fragments.kinds.contains(read.words[last])
    {
      return replaced(phrase.core.lowerBound..<last, with: thing.text)
    }
    let own = read.determiner(phrase)
    var words = thing.text(from: thing.core.lowerBound)
    let isOne = isOne(thing)
    if isOne {
      // "A resistive sensor" and "a capacitive one".
      let kept = phrase.core.dropFirst(min(thing.core.count - 1, phrase.core.count - 1))
      words =
        thing.tokens[thing.core.lowerBound..<thing.words.count - 1].joined(separator: " ") + " "
        + read.text(kept.startIndex..<kept.endIndex)
    }
    let shares = sharesHead(thing, slot) || isOne
    let determiner = phrase.role == .asked ? nil : self.determiner(thing, own, shares: shares, words)
    let keeps =
      shares
      || (!thing.named && !thing.isWhole && article(own) == article(thing.determiner)
        && (own == "the" || !isFollowedByOf(slot)))
    let range = keeps ? phrase.range : slot.whole
    return replaced(range, with: (determiner.map { $0 + " " } ?? "") + words, agreeing: slot, thing)
  }

  private func isFollowedByOf(_ slot: Slot) -> Bool {
    let end = slot.phrase.range.upperBound
    return end < read.words.count && read.words[end] == "of"
  }

  /// What stands before `thing` in the place of something that had `own` before it.
  private func determiner(_ thing: OtherThing, _ own: String?, shares: Bool, _ words: String) -> String? {
    let vowel = words.first.map { "aeiouAEIOU".contains($0) } ?? false
    switch (thing.determiner, own) {
    case ("the", "a"), ("the", "an"): return vowel ? "an" : "a"
    case (let given?, _): return given
    case (nil, "a"), (nil, "an"):
      let isCounted = shares || !(thing.named || thing.isPlural || words.hasSuffix("ing"))
      return isCounted && !thing.isPlural ? (vowel ? "an" : "a") : nil
    case (nil, "the"):
      return (thing.named || thing.isPlural || thing.words[0].hasSuffix("ing")) && !shares ? nil : "the"
    case (nil, _): return shares ? own : nil
    }
  }

  // MARK: The question

  private func replaced(
    _ range: Range<Int>, with text: String, agreeing slot: Slot? = nil, _ thing: OtherThing? = nil
  ) -> String {
    var tokens = read.tokens
    let last = tokens[range.upperBound - 1]
    var tail = String(
      last[(last.lastIndex { !"?!.,;:'\"”’".contains($0) }.map(last.index(after:)) ?? last.endIndex)...])
    if slot?.isOwner ?? false || QuestionGrammar.isPossessive(last) { tail = "'s" }
    let isFirst = range.lowerBound == 0 && last.first?.isUppercase ?? false
    tokens.replaceSubrange(
      range, with: [(isFirst ? text.prefix(1).uppercased() + text.dropFirst() : text) + tail])
    if let slot, let thing { agree(&tokens, slot, thing, range.lowerBound) }
    return tokens.joined(separator: " ")
  }

  /// "Does a ticket cost" becomes "do meals cost".
  private func agree(_ tokens: inout [String], _ slot: Slot, _ thing: OtherThing, _ start: Int) {
    let phrase = slot.phrase
    let isSame = Words.stem(thing.head) == Words.stem(read.head(phrase))
    if phrase.role == .asked, start > 0, !isSame, ["many", "much"].contains(read.words[start - 1]) {
      tokens[start - 1] = thing.isPlural || thing.words.last == "ones" ? "many" : "much"
    }
    let isSubject =
      phrase.role == .subject || (phrase.role == .asked && !read.phrases.contains { $0.role == .subject })
    guard isSubject, !slot.isOwner, let place = read.auxiliary else { return }
    let wasPlural = read.isPlural(phrase)
    let isPlural = thing.isPlural || thing.words.last == "ones"
    guard wasPlural != isPlural else { return }
    let index = place < start ? place : place - read.tokens.count + tokens.count
    for (many, one) in QuestionGrammar.singularForms where read.words[place] == (isPlural ? one : many) {
      tokens[index] = isPlural ? many : one
    }
  }
}
