import Retrieval

/// What speaks for and against some passages answering a question. Parts are 0 to 1.
struct Evidence: Sendable, Equatable {
  /// Cosine of the question and the nearest passage, as a part of the cosine that passages of this corpus have with
  /// their nearest neighbours: it means the same with every corpus and embedding model.
  var nearness = 0.0
  /// BM25 of the best passage, as a part of what a passage can reach at all.
  var words = 0.0
  /// Part of the question's words, weighted by their rarity in the corpus, that no passage of the corpus holds.
  var unknown = 0.0
  /// Cosine of the question and the best statement, scaled as `nearness`.
  var statement = 0.0
  /// Part of the question's words, weighted, that the passage of the best statement holds, with its headings.
  var held = 0.0
  /// The same of the passage that holds most.
  var mostHeld = 0.0
  /// The same of the best statement, the one before it and the headings.
  var stated = 0.0
  /// Weight of the rarest word that the passage of the best statement lacks, against that of the rarest word of all.
  var rarestMissing = 0.0
  /// Part of the names in the question that the passage of the best statement lacks.
  var missingNames = 0.0
  /// Part of the numbers in the question that it lacks.
  var missingNumbers = 0.0
  /// Whether a kind of thing is asked for (a person, a time, an amount, a place) that none of the best statements holds.
  var unmet = 0.0
  /// Whether such a kind is asked for and held.
  var met = 0.0
  /// Whether the best statement says the opposite of a word of the question, which its passage lacks.
  var opposed = 0.0
  /// Whether only one of question and best statement denies.
  var denied = 0.0
  /// How far the nearest passage stands above the second nearest, in standard deviations of the cosine of two passages.
  var lead = 0.0

  init() {}

  init(
    _ question: String, _ passages: [Passage], ranked: [RankedStatement], statistics: QuestionStatistics?
  ) {
    guard let best = ranked.first, passages.indices.contains(best.statement.passage) else { return }
    let neighbours = max(0.1, statistics?.neighbourCosine ?? Self.usualNeighbourCosine)
    let cosines = passages.compactMap(\.denseScore).sorted(by: >)
    let tokenizer = LexicalTokenizer()
    let terms = statistics.map(\.terms) ?? []
    let texts = passages.map { passage in
      Set(tokenizer.terms(of: Self.headings(passage) + "\n" + passage.text))
    }
    let home = passages[best.statement.passage]
    let total = terms.reduce(0) { $0 + $1.weight }
    func part(_ set: Set<String>) -> Double {
      total > 0 ? terms.reduce(0) { $0 + (set.contains($1.text) ? $1.weight : 0) } / total : 0
    }
    if terms.isEmpty {
      held = best.features.contextCoverage
      mostHeld = held
      stated = held
    } else {
      let own = texts[best.statement.passage]
      held = part(own)
      mostHeld = texts.map(part).max() ?? 0
      stated = part(Set(tokenizer.terms(of: Self.headings(home) + "\n" + Self.surroundings(best, home))))
      let rarest = terms.map(\.weight).max() ?? 1
      rarestMissing =
        rarest > 0 ? (terms.filter { !own.contains($0.text) }.map(\.weight).max() ?? 0) / rarest : 0
    }
    statement = best.features.similarity / neighbours
    unknown = statistics?.unknownWords ?? 0
    if let nearest = cosines.first {
      nearness = nearest / neighbours
      let spread = statistics?.cosineSpread ?? 0
      if spread > 0, cosines.count > 1 { lead = (nearest - cosines[1]) / spread }
    } else {
      // Words alone were searched for: a passage that holds them all is as near as one usually is.
      nearness = mostHeld * Self.usualNearness
      statement = nearness
    }
    let attainable = statistics?.attainableLexicalScore ?? 0
    words =
      attainable > 0
      ? min(1, (passages.compactMap(\.lexicalScore).max() ?? 0) / attainable) : held * Self.usualSaturation
    compare(Facts(question), QuestionWords(question), ranked, home)
  }

  private mutating func compare(
    _ asked: Facts, _ words: QuestionWords, _ ranked: [RankedStatement], _ home: Passage
  ) {
    let said = Facts(ranked[0].statement.text)
    let around = Facts(Self.headings(home) + ". " + home.text)
    let stems = Set(around.stems).union(around.names)
    missingNames = Grounder.part(of: Array(asked.names)) { !stems.contains($0) }
    missingNumbers = Grounder.part(of: Array(asked.numbers)) { !around.numbers.contains($0) }
    if words.expectation.isKind {
      let isMet = ranked.prefix(3).contains { $0.features.expected == 1 }
      (met, unmet) = isMet ? (1, 0) : (0, 1)
    }
    let opposes = asked.stems.contains { stem in
      !stems.contains(stem) && !Opposites.of(stem).isDisjoint(with: said.stems)
    }
    opposed = opposes ? 1 : 0
    denied = (asked.denials > 0) != (said.denials > 0) ? 1 : 0
  }

  private static func headings(_ passage: Passage) -> String {
    ([passage.title ?? ""] + passage.headingPath).joined(separator: ". ")
  }

  /// The statement with what stands before it.
  private static func surroundings(_ best: RankedStatement, _ passage: Passage) -> String {
    let text = Array(passage.text.unicodeScalars)
    let end = min(best.statement.range.upperBound, text.count)
    let start = max(0, min(best.statement.range.lowerBound, end) - 200)
    return String(String.UnicodeScalarView(text[start..<end]))
  }

  /// Of a corpus of English prose with the default model.
  static let usualNeighbourCosine = 0.7
  /// BM25 that a word reaches of what it could, in a passage of average length that holds it once.
  private static let usualSaturation = 0.5
  /// Nearness of a question and a passage that holds all of its words, where nothing else is known of it.
  private static let usualNearness = 1.1
}
