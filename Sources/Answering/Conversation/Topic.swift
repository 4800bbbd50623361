/// The thing that a question asks about, as it names it.
struct Topic: Equatable {
  let text: String
  /// The same as a later sentence names it: with `the`, if the question had an article before it.
  let phrase: String
  private let tokens: [String]
  private let range: Range<Int>

  /// The last name with capital letters or digits, else the words after an article, else the last run of words that
  /// mean something.
  ///
  /// - Parameters:
  ///   - like: what is to stand in its place: where it holds a number, one is looked for, and a thing without a
  ///     name of its own takes the place of the last thing rather than of what is to be known about it.
  ///   - isDefinite: whether it is "the" thing, and no name, so that it takes the place of such a one.
  init?(_ question: String, like thing: String? = nil, isDefinite: Bool = false) {
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
    if isDefinite, let thing, !thing.contains(where: { $0.isNumber || $0.isUppercase }) {
      let named = runs
      collect { !Words.isCommon(words[$0]) && !Self.verbs.contains(words[$0]) && !words[$0].isEmpty }
      runs = runs.filter { run in
        run.lowerBound > 0 && words[run.lowerBound - 1] == "the"
          && !tokens[run].contains { $0.contains(where: \.isUppercase) }
      }
      // "What is the rate of …" asks for that, and not of it.
      if let first = runs.first, first.lowerBound == 3 { runs.removeFirst() }
      if runs.isEmpty { runs = named }
    }
    if runs.isEmpty {
      collect { !Words.isCommon(words[$0]) && !Self.verbs.contains(words[$0]) && !words[$0].isEmpty }
      let named = runs.filter { $0.lowerBound > 0 && ["a", "an", "the"].contains(words[$0.lowerBound - 1]) }
      if !named.isEmpty, thing == nil || runs.last.map({ !Self.follows("of", $0, words) }) ?? true {
        runs = named
      }
    }
    if let thing {
      let hasDigit = thing.contains(where: \.isNumber)
      let alike = runs.filter { range in tokens[range].contains { $0.contains(where: \.isNumber) } == hasDigit
      }
      if !alike.isEmpty { runs = alike }
    }
    guard var last = runs.last else { return nil }
    // "What does a harmonic drive do", "... measure": a verb ends the question.
    if last.count > 1, last.upperBound == tokens.count,
      words[..<last.lowerBound].contains(where: Self.doing.contains)
    {
      last = last.lowerBound..<last.upperBound - 1
    }
    self.tokens = tokens.map(String.init)
    range = last
    text = run(last)
    if text.isEmpty { return nil }
    let hasArticle = last.lowerBound > 0 && ["a", "an", "the"].contains(words[last.lowerBound - 1])
    phrase = hasArticle ? "the " + text : text
  }

  /// The question about another thing in its place.
  func exchanged(for thing: String) -> String {
    var (first, end) = (range.lowerBound, range.upperBound)
    var parts = thing.split(separator: " ").map(String.init)
    func word(_ place: Int) -> String { FollowUp.word(tokens[place][...]) }
    // "A resistive sensor" and "a capacitive one".
    if let one = parts.last?.lowercased(), ["one", "ones"].contains(one), parts.count > 1, range.count > 1 {
      parts = parts.dropLast() + tokens[range].dropFirst().map { $0.filter { !"?!.,;:".contains($0) } }
    }
    let newWords = parts.map { FollowUp.word($0[...]) }
    // What the thing repeats of the words around stands there once.
    while first > 0, newWords.count > 1, newWords.first == word(first - 1) { first -= 1 }
    while end < tokens.count, newWords.count > 1, newWords.last == word(end) { end += 1 }
    var rest = tokens
    if first > 0, let initial = parts.first?.first, ["a", "an"].contains(word(first - 1)) {
      if initial.isUppercase {
        first -= 1
      } else {
        rest[first - 1] = "aeiou".contains(initial) ? "an" : "a"
      }
    }
    let last = tokens[end - 1]
    let name = last.hasSuffix("'s") || last.hasSuffix("’s") ? last.dropLast(2) : last[...]
    let tail =
      last.count > name.count
      ? last.suffix(2)
      : last[
        (last.lastIndex { !"?!.,;:'\"”’".contains($0) }.map { last.index(after: $0) } ?? last.endIndex)...]
    rest.replaceSubrange(first..<end, with: [parts.joined(separator: " ") + tail])
    return rest.joined(separator: " ")
  }

  private static func follows(_ word: String, _ run: Range<Int>, _ words: [String]) -> Bool {
    let before = words[..<run.lowerBound].last { !["a", "an", "the"].contains($0) }
    return before == word
  }

  private static let doing: Set<String> = [
    "do", "does", "did", "can", "could", "will", "would", "should", "must", "may",
  ]
  private static let verbs: Set<String> = [
    "work", "works", "mean", "means", "weigh", "weighs", "cost", "costs", "look", "looks", "need", "needs",
    "use", "used", "made", "make", "makes", "built", "build", "called", "happen", "happens", "help", "helps",
    "differ", "long", "far", "tall", "heavy", "fast", "old", "often", "large", "big", "high", "list", "show",
    "compare", "define", "tell", "explain", "describe", "invented", "get", "go", "say", "know", "want",
  ]
}
