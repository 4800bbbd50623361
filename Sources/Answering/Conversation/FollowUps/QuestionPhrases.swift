/// The things that a question names and what they are in it, read by the order of words alone.
struct QuestionPhrases {
  let tokens: [String]
  let words: [String]
  private(set) var phrases: [NounPhrase] = []
  /// Place of the word before the subject: `does`, `is`.
  private(set) var auxiliary: Int?
  /// Place of the verb or of what is said with `is`.
  private(set) var verb: Int?
  /// Whether it asks about what somebody does: "How do I …", "How to …".
  private(set) var isAboutAction = false
  /// Whether it is built like a question or a request.
  private(set) var isQuestion = true
  /// Whether it asks how much or how tall something is.
  private(set) var isAboutMeasure = false

  init(_ question: String) {
    let tokens = question.split(whereSeparator: \.isWhitespace).flatMap { token -> [Substring] in
      // "What's" is two words.
      let word = FollowUp.word(token)
      let isShort = Words.interrogatives.contains(word) && token.count == word.count + 2
      if ["whats", "hows", "wheres", "whos"].contains(word) { return [token.prefix(word.count - 1), "is"] }
      return isShort ? [token.dropLast(2), "is"] : [token]
    }
    self.tokens = tokens.map(String.init)
    var words = tokens.map(FollowUp.word)
    // "Doctor Who": what is written like a name behind one belongs to it.
    for place in words.indices.dropFirst(2)
    where tokens[place].first?.isUppercase ?? false && Words.interrogatives.contains(words[place])
      && tokens[place - 1].first?.isUppercase ?? false
    {
      words[place] = String(tokens[place].filter(\.isLetter))
    }
    self.words = words
    read()
  }

  // MARK: What it says

  /// Tokens as text, without the marks around it.
  func text(_ range: Range<Int>) -> String {
    var text = tokens[range].joined(separator: " ")
    while let last = text.last, "?!,;:'\"”’".contains(last) { text.removeLast() }
    // The dots of "R.U.R." belong to it.
    if text.last == ".", !(text.split(separator: " ").last ?? "").dropLast().contains(".") {
      text.removeLast()
    }
    if QuestionGrammar.isPossessive(text) { text.removeLast(2) }
    return String(text.drop { "\"'“‘".contains($0) })
  }

  /// Whether a token is written like a name or holds a number.
  func isName(_ place: Int) -> Bool {
    let token = tokens[place]
    guard token.contains(where: { $0.isNumber || $0.isUppercase }) || Fragments.isCode(token) else {
      return false
    }
    if QuestionGrammar.isSeveralAcronyms(token) { return false }
    return QuestionGrammar.isContent(words[place]) && !Words.isCommon(words[place])
      && !(place == 0 && QuestionGrammar.isVerb(words[place]))
  }

  func isNamed(_ phrase: NounPhrase) -> Bool { phrase.core.contains(where: isName) }

  func head(_ phrase: NounPhrase) -> String { words[phrase.core.upperBound - 1] }

  func isAttribute(_ phrase: NounPhrase) -> Bool { QuestionGrammar.attributes.contains(head(phrase)) }

  func isUnit(_ phrase: NounPhrase) -> Bool { QuestionGrammar.units.contains(head(phrase)) }

  /// Whether it is more than one; what has a name is taken for one.
  func isPlural(_ phrase: NounPhrase) -> Bool {
    !isName(phrase.core.upperBound - 1) && !["a", "an"].contains(determiner(phrase) ?? "")
      && QuestionGrammar.isPlural(head(phrase))
  }

  func determiner(_ phrase: NounPhrase) -> String? {
    phrase.range.lowerBound < phrase.core.lowerBound ? words[phrase.range.lowerBound] : nil
  }

  func preposition(_ phrase: NounPhrase) -> String? { phrase.preposition.map { words[$0] } }

  /// Whether it says when: "in 2005", "on Sunday".
  func isTime(_ phrase: NounPhrase) -> Bool {
    phrase.preposition != nil && phrase.core.allSatisfy { QuestionGrammar.isTime(words[$0]) }
  }

  /// Positions of the phrases that belong to the one at `position`: "the deposit in the agreement".
  func attached(to position: Int) -> Range<Int> {
    var end = position + 1
    let isSubject = phrases[position].role == .subject
    while end < phrases.count, let place = phrases[end].preposition,
      place == phrases[end - 1].range.upperBound, !isTime(phrases[end]),
      words[place] == "of"
        || (isSubject && belongs(phrases[end], to: phrases[position]))
    {
      end += 1
    }
    return position + 1..<end
  }

  /// Whether "and" stands between two names: "the French and Indian War".
  private func joins(_ place: Int, until end: Int) -> Bool {
    words[place] == "and" && place > 0 && place + 1 < end && isName(place - 1) && isName(place + 1)
      && tokens[place - 1].last != ","
  }

  /// Where the words end that say in which state something without a name of its own is: "a battery charged at 1C".
  func endOfState(_ position: Int) -> Int? {
    let (phrase, next) = (phrases[position], position + 1)
    guard phrase.role == .subject, !isNamed(phrase), let auxiliary, let verb, next < phrases.count,
      ["is", "are"].contains(words[auxiliary]), phrase.range.upperBound == verb,
      QuestionGrammar.isParticiple(words[verb]), !QuestionGrammar.comparing.contains(words[verb]),
      phrases[next].preposition == verb + 1,
      !isTime(phrases[next])
    else { return nil }
    return phrases[next].range.upperBound
  }

  /// Whether it asks what or who something is: "What is the population of Fresno?"
  var asksWhat: Bool {
    guard let auxiliary, auxiliary > 0, phrases.first?.role == .subject, verb == nil else { return false }
    return ["what", "who"].contains(words[auxiliary - 1]) && QuestionGrammar.being.contains(words[auxiliary])
  }

  /// "In metres" says how to answer, "in the agreement" which one is meant.
  private func belongs(_ phrase: NounPhrase, to thing: NounPhrase) -> Bool {
    // "How far is Heathrow from the centre?": a name needs nothing else to be known by.
    if isName(thing.core.upperBound - 1), !["in", "for"].contains(preposition(phrase)) { return false }
    return ["in", "on", "for", "to", "from", "with", "between", "at"].contains(preposition(phrase) ?? "")
      && (determiner(phrase) != nil || isNamed(phrase) || preposition(phrase) != "in")
  }

  // MARK: How it is read

  private mutating func read() {
    var start = words.startIndex
    while start < words.count,
      ["and", "but", "so", "also", "or", "ok", "okay", "please", ""].contains(words[start])
    {
      start += 1
    }
    if start < words.count - 1, QuestionGrammar.prepositions.contains(words[start]),
      Words.interrogatives.contains(words[start + 1])
    {
      start += 1
    }
    guard start < words.count else { return }
    func begins(_ place: Int) -> Bool {
      Words.interrogatives.contains(words[place]) || QuestionGrammar.auxiliaries.contains(words[place])
        || QuestionGrammar.requests.contains(words[place])
    }
    // "Thanks. How …", "In 2005, how …"
    if !begins(start) {
      start =
        (start..<words.count).first { place in
          place > start && begins(place) && (tokens[place - 1].last.map { ".!,:;?".contains($0) } ?? false)
        } ?? start
    }
    if Words.interrogatives.contains(words[start]) {
      readAsking(from: start)
    } else if QuestionGrammar.auxiliaries.contains(words[start]) {
      readSubject(auxiliary: start, hasAsked: false, isWhether: true)
    } else if QuestionGrammar.requests.contains(words[start]) {
      verb = start
      readPhrases(start + 1..<words.count, as: .object, skipsFirstPreposition: true)
    } else {
      isQuestion = false
      readPhrases(start..<words.count, as: .subject)
    }
  }

  private mutating func readAsking(from start: Int) {
    let asking = words[start]
    if asking == "how", start + 2 < words.count, words[start + 1] == "to" {
      (verb, isAboutAction) = (start + 2, true)
      return readPhrases(start + 3..<words.count, as: .object)
    }
    var asked = start + 1
    let measured =
      asking == "how" && asked < words.count && !QuestionGrammar.auxiliaries.contains(words[asked])
    let counts = measured && ["many", "much"].contains(words[asked])
    if measured { asked += 1 }
    isAboutMeasure = measured
    // What is asked for ends where the sentence begins: "Which robot did …", and not "Which robot won what was …".
    let found = words.indices[asked...].first { QuestionGrammar.auxiliaries.contains(words[$0]) }
    let place = found.flatMap { place -> Int? in
      for between in asked..<place {
        let isAfterOf = between > asked && words[between - 1] == "of"
        if QuestionGrammar.joining.contains(words[between])
          || (QuestionGrammar.determiners.contains(words[between]) && !isAfterOf)
        {
          return nil
        }
      }
      return ["who", "whom"].contains(asking) && place > asked ? nil : place
    }
    let namesAsked = counts || ["what", "which", "whose"].contains(asking)
    guard let place else { return readAfterSubject(asking, from: asked, counts: counts) }
    if namesAsked { readPhrases(asked..<place, as: .asked) }
    isAboutAction =
      asking == "how" && !measured && place + 1 < words.count
      && ["i", "you", "we", "one"].contains(words[place + 1])
    readSubject(
      auxiliary: place, hasAsked: !phrases.isEmpty || ["who", "what", "which"].contains(asking),
      isWhether: asking == "why")
  }

  /// "Who built it?", "Which robot won the race?": what is asked for does it.
  private mutating func readAfterSubject(_ asking: String, from start: Int, counts: Bool) {
    var place = start
    if counts || asking == "which" || asking == "whose" {
      let end = (start..<words.count).first { !QuestionGrammar.isContent(words[$0]) } ?? words.count
      let verb =
        (start..<end).dropFirst().first { !isName($0) && isInflectedVerb(words[$0]) }
        ?? (end > start + 1 ? end - 1 : end)
      readPhrases(start..<min(verb, words.count), as: .asked)
      place = verb
    }
    verb = place < words.count ? place : nil
    guard place + 1 <= words.count else { return }
    readPhrases(min(place + 1, words.count)..<words.count, as: .object)
  }

  private func isInflectedVerb(_ word: String) -> Bool {
    QuestionGrammar.verbs.contains(word) || QuestionGrammar.isParticiple(word)
      || (word.hasSuffix("s") && QuestionGrammar.isVerb(String(word.dropLast())))
  }

  private mutating func readSubject(auxiliary place: Int, hasAsked: Bool, isWhether: Bool) {
    auxiliary = place
    var start = place + 1
    if start < words.count, words[start] == "not" { start += 1 }
    guard start < words.count else { return }
    let isPronoun = QuestionGrammar.pronouns.contains(words[start])
    if isPronoun, words[start] != "there" {
      verb = start + 1 < words.count ? start + 1 : nil
      // "Search and replace" is one action.
      let isDouble =
        start + 3 < words.count && words[start + 2] == "and" && QuestionGrammar.canBeVerb(words[start + 1])
        && QuestionGrammar.canBeVerb(words[start + 3])
      readPhrases(min(start + (isDouble ? 4 : 2), words.count)..<words.count, as: .object)
      // "Make a service restart" makes a service do it.
      if let verb, ["make", "let"].contains(words[verb]), let made = phrases.first, made.role == .object,
        made.core.count > 1, determiner(made) != nil, QuestionGrammar.canBeVerb(head(made))
      {
        phrases[0].core = made.core.lowerBound..<made.core.upperBound - 1
        phrases[0].range = made.range.lowerBound..<made.range.upperBound - 1
      }
      return
    }
    if isPronoun { start += 1 }
    // "What does set logscale do?"
    let said = words.indices.last {
      !["there", "here", "exactly", "actually", "", "then"].contains(words[$0])
    }
    if QuestionGrammar.helping.contains(words[place]), let said, said > start, words[said] == "do" {
      verb = said
      return readPhrases(start..<said, as: .subject)
    }
    let end =
      isPronoun
      ? nil
      : QuestionGrammar.helping.contains(words[place])
        ? plainVerb(from: start) : predicate(from: start, hasAsked: hasAsked, isWhether: isWhether)
    verb = end
    readPhrases(start..<(end ?? words.count), as: .subject)
    if let end {
      // "Take place" is one verb.
      let isTaking =
        words[end] == "take" && end + 1 < words.count && QuestionGrammar.taken.contains(words[end + 1])
      readPhrases(min(end + (isTaking ? 2 : 1), words.count)..<words.count, as: .object)
    }
  }

  /// Place of the verb after "does" and a subject that begins at `start`.
  private func plainVerb(from start: Int) -> Int? {
    let opens = QuestionGrammar.determiners.contains(words[start]) ? start + 2 : start + 1
    let places = words.indices[min(opens, words.count)...].prefix {
      !QuestionGrammar.joining.contains(words[$0])
    }
    func canBeVerb(_ place: Int) -> Bool {
      place < words.count && !isName(place) && QuestionGrammar.canBeVerb(words[place])
        && !QuestionGrammar.determiners.contains(words[place - 1])
        && !QuestionGrammar.prepositions.contains(words[place - 1])
    }
    if let place = places.first(where: { place in
      // "The emergency stop take": the first of two names the thing.
      canBeVerb(place)
        && (QuestionGrammar.verbs.contains(words[place])
          || !(canBeVerb(place + 1) && QuestionGrammar.verbs.contains(words[place + 1])))
    }) {
      return place
    }
    if let place = places.first(where: { $0 >= opens && words[$0] == "have" }) { return place }
    // A verb there is: the last word before something else begins.
    var last: Int?
    var place = start
    while place < words.count {
      if QuestionGrammar.isContent(words[place]) {
        last = place
        if tokens[place].last.map({ ",;:".contains($0) }) ?? false { break }
      } else if !(place == start || words[place] == "of" || words[place - 1] == "of")
        && !joins(place, until: words.count)
      {
        break
      }
      place += 1
    }
    guard var verb = last else { return nil }
    // "Did Tesla announce Optimus": it stands between two names.
    while verb >= opens, isName(verb) { verb -= 1 }
    return verb >= opens && QuestionGrammar.isContent(words[verb]) ? verb : nil
  }

  /// Place of what is said of a subject with "is", where it begins at `start`: "is the battery mounted".
  private func predicate(from start: Int, hasAsked: Bool, isWhether: Bool) -> Int? {
    func ends(_ place: Int) -> Bool {
      place + 1 >= words.count || !QuestionGrammar.isContent(words[place + 1])
    }
    for place in start..<words.count where place > start || hasAsked {
      // "What is systemd-resolved?"
      if place == start, place == words.count - 1, tokens[place].dropFirst().contains("-") { return nil }
      if QuestionGrammar.joining.contains(words[place]) { break }
      let before = place > start ? words[place - 1] : ""
      if QuestionGrammar.isParticiple(words[place]), !isName(place), ends(place),
        !QuestionGrammar.determiners.contains(before), !QuestionGrammar.prepositions.contains(before)
      {
        return place
      }
    }
    guard isWhether else { return nil }
    let opens = QuestionGrammar.determiners.contains(words[start]) ? start + 1 : start
    let end = (opens..<words.count).first { !QuestionGrammar.isContent(words[$0]) } ?? words.count
    let isLast = end >= words.count || !QuestionGrammar.determiners.contains(words[end])
    return isLast && end - 1 > opens && !isName(end - 1) ? end - 1 : nil
  }

  private mutating func readPhrases(
    _ range: Range<Int>, as role: NounPhrase.Role, skipsFirstPreposition: Bool = false
  ) {
    var place = range.lowerBound
    var preposition: Int?
    var owner: Range<Int>?
    var isFirst = true
    while place < range.upperBound {
      let word = words[place]
      if QuestionGrammar.prepositions.contains(word) {
        preposition = skipsFirstPreposition && isFirst ? nil : place
        // "To charge the battery" names what is done.
        if word == "to", place + 1 < range.upperBound, QuestionGrammar.verbs.contains(words[place + 1]) {
          preposition = nil
          place += 1
        }
        place += 1
        continue
      }
      let isDetermined = QuestionGrammar.determiners.contains(word)
      // "How deep it goes": how it does, and no thing.
      if place > range.lowerBound, words[place - 1] == "how", !isDetermined {
        place += 1
        continue
      }
      guard isDetermined || QuestionGrammar.isContent(word) else {
        // Another clause speaks of other things.
        if !phrases.isEmpty, QuestionGrammar.joining.contains(word) { return }
        (preposition, owner) = (nil, nil)
        place += 1
        continue
      }
      if !isDetermined, isSaid(place) {
        place += 1
        continue
      }
      let start = owner?.lowerBound ?? place
      let core = isDetermined ? place + 1 : place
      let end = endOfThing(core, isDetermined: isDetermined, until: range.upperBound)
      guard end > core else {
        place = end
        continue
      }
      if QuestionGrammar.isPossessive(tokens[end - 1]), end < range.upperBound,
        QuestionGrammar.isContent(words[end])
      {
        owner = start..<end
        place = end
        continue
      }
      // "A bike late" names a bike.
      let isAdverb = end - core > 1 && QuestionGrammar.trailing.contains(words[end - 1])
      // "How deep the spider goes" names the spider.
      let isClause =
        isDetermined && end - core > 1
        && words[range.lowerBound..<place].contains(where: QuestionGrammar.joining.contains)
        && QuestionGrammar.isFinite(words[end - 1])
      let last = isAdverb || isClause ? end - 1 : end
      phrases.append(
        NounPhrase(
          range: start..<last, core: core..<last, role: preposition == nil ? role : .complement,
          preposition: preposition, owner: owner))
      (preposition, owner, isFirst) = (nil, nil, false)
      place = end
    }
  }

  /// Whether a word says what somebody is or does in a clause and names nothing.
  private func isSaid(_ place: Int) -> Bool {
    guard place > 0, !isName(place) else { return false }
    // "If I am sick" says how it is, and "if I return a bike" has a verb.
    return QuestionGrammar.being.contains(words[place - 1]) && place - 1 != auxiliary
      || QuestionGrammar.isVerb(words[place]) && QuestionGrammar.actors.contains(words[place - 1])
  }

  /// Where the words end that name a thing from `core` on; `core` itself where none does.
  private func endOfThing(_ core: Int, isDetermined: Bool, until limit: Int) -> Int {
    var end = core
    // "The down payment", "the first robot".
    if isDetermined, end + 1 < limit, QuestionGrammar.adverbs.contains(words[end]),
      QuestionGrammar.isContent(words[end + 1])
    {
      end += 1
    }
    while end < limit, QuestionGrammar.isContent(words[end]) || (end > core && joins(end, until: limit)) {
      end += 1
      let token = tokens[end - 1]
      if token.last.map({ ",;:?!".contains($0) }) ?? false || QuestionGrammar.isPossessive(token) { break }
    }
    return end
  }
}
