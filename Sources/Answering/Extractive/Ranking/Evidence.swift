import Glibc
import Models
import Retrieval

/// What speaks for and against some passages answering a question.
struct Evidence: Sendable, Equatable {
  /// Cosine of the question and the nearest passage, as a part of what passages have with their nearest neighbours (in
  /// this corpus, and more so in the usual one), less what the nearest of many strangers gains by their number alone.
  var nearness = 0.0
  /// BM25 of the best passage, as a part of what a passage can reach at all, 0 to 1.
  var words = 0.0
  /// Cosine of the question and the nearest statement, as such a part.
  var closeness = 0.0
  /// The same of statements that are long enough to say something: a mere name is near to all that names it.
  private var sentence = 0.0
  /// What the nearest of as many strangers would gain by their number, as such a part.
  private var luck = 0.0
  /// Part of the question's words, weighted by their rarity, that the best statement and what is around it hold, 0 to 1.
  private var coverage = 0.0
  /// Whether the nearest passage is in another language than the question, so that they can share no words.
  var isAcrossLanguages = false
  /// What the score of the best statement is above that of the second, as far as it counts: 0 to 0.3. It is 0 where there
  /// is no second one, and where words alone were searched for.
  var lead = 0.0
  /// Whether the question takes for granted what the best statement contradicts.
  var isContradicted = false

  init(
    _ question: ReadQuestion, _ passages: [Passage], ranked: [RankedStatement],
    statistics: QuestionStatistics?
  ) {
    guard let best = ranked.first, passages.indices.contains(best.statement.passage) else { return }
    coverage = best.features.contextCoverage
    // What shares hardly a word with the question speaks of something else.
    isContradicted =
      best.features.coverage >= Self.leastCoverage
      && question.contradiction.isMet(by: best.statement.text, in: passages[best.statement.passage])
    guard passages.contains(where: { $0.denseScore != nil }) else {
      // Words alone were searched for: a passage that holds them all is as near as one usually is.
      let held = best.features.contextCoverage
      (nearness, words) = (held * Self.usualNearness, held * Self.usualSaturation)
      closeness = nearness
      return
    }
    let scale = Self.scale(statistics)
    let cosines = statistics?.cosineScale ?? CosineScale()
    let others = Self.inOtherLanguages(passages, than: question, cosines)
    let own = passages.indices.lazy.filter { !others.contains($0) }.map { passages[$0] }
    var nearest = -Double.infinity
    if let cosine = own.compactMap(\.denseScore).max() {
      nearest = cosines.stretched(cosine)
      let attainable = statistics?.attainableLexicalScore ?? 0
      words =
        attainable > 0
        ? min(1, (own.compactMap(\.lexicalScore).max() ?? 0) / attainable)
        : best.features.contextCoverage * Self.usualSaturation
    }
    let loss = cosines.stretchedLossAcrossLanguages
    if let cosine = others.compactMap({ passages[$0].denseScore }).max() {
      let other = cosines.stretched(cosine) + loss
      isAcrossLanguages = other > nearest + Self.wordWeight * words * scale
      if isAcrossLanguages { (nearest, words) = (other, 0) }
    }
    luck = Self.luck(statistics)
    nearness = nearest / scale - luck
    var similarity = 0.0
    for item in ranked {
      let own = item.features.similarity
      let value = own > 0 && others.contains(item.statement.passage) ? own + loss : own
      similarity = max(similarity, value)
      if item.statement.text.utf8.count >= Self.shortest { sentence = max(sentence, value / scale) }
    }
    // Where the statements could not be embedded, their passage stands for them.
    closeness = (similarity > 0 ? similarity : nearest) / scale
    let second = ranked.dropFirst().first { ![.heading, .head].contains($0.statement.kind) }
    lead = second.map { min(Self.longestLead, max(0, best.score - $0.score)) } ?? 0
  }

  /// `nearness`, and more where a statement lies nearer to the question than its passage, which speaks of other things, too;
  /// the more so, the more of the question's words it holds.
  private var likeness: Double {
    let gain = isAcrossLanguages ? 0 : max(0, sentence - luck - nearness)
    return nearness + Self.statementWeight * coverage * gain
  }

  /// What a statement says for itself, whatever else its passage speaks of. It must be nearer than a passage, and the more
  /// passages there are, the more, since each has many statements.
  private var likenessOfSentence: Double {
    isAcrossLanguages ? -.infinity : sentence - Self.sentenceLoss - Self.sentenceLuck * luck
  }

  /// How sure it is that the passages answer the question: a logistic function. How much words and the number of passages
  /// count was chosen on questions of eight sets, as they are, in other words, wrapped in talk, and of other sets, each
  /// set also predicted from the others; how steeply it rises, by the replies to SQuAD's.
  var probability: Double {
    let argument = max(likeness + Self.wordWeight * words, likenessOfSentence)
    let value = 1 / (1 + exp(8.4 - 13.3 * argument))
    return isContradicted ? min(value, Self.contradicted) : value
  }

  /// How sure it is that a reply of the passages' sentences holds the answer: a logistic function, fitted to whether such
  /// replies to SQuAD's and the sample book's questions did. That one statement stands out counts the more, the nearer it
  /// is: among strangers some one always does.
  var replyProbability: Double {
    let words = isAcrossLanguages ? Self.wordsAcrossLanguages : words
    return 1 / (1 + exp(2.6 - 2.3 * words - (1.6 + 6.6 * lead) * closeness))
  }

  /// Positions of the passages that are surely in another language than the question; none with a model that tells nothing
  /// across languages.
  private static func inOtherLanguages(
    _ passages: [Passage], than question: ReadQuestion, _ cosines: CosineScale
  ) -> Set<Int> {
    guard cosines.lossAcrossLanguages != nil else { return [] }
    let asked = LanguageTraces(question.text)
    return Set(passages.indices.filter { asked.differs(from: LanguageTraces(passages[$0].text)) })
  }

  /// Cosine of a question and a passage that lies as near as another passage would.
  private static func scale(_ statistics: QuestionStatistics?) -> Double {
    scale(neighbourCosine: max(0.1, statistics?.stretchedNeighbourCosine ?? usualNeighbourCosine))
  }

  /// - Parameter cosine: mean cosine of a passage of the corpus and the one nearest to it, stretched to the usual range.
  static func scale(neighbourCosine cosine: Double) -> Double {
    pow(cosine, 0.25) * pow(usualNeighbourCosine, 0.75)
  }

  /// What the nearest of the corpus's passages is nearer than that of a thousand, if all of them are strangers: the
  /// highest of n values of a normal distribution grows with the logarithm of n.
  private static func luck(_ statistics: QuestionStatistics?) -> Double {
    statistics.map { 0.06 * log10(Double(max(fewest, $0.passages)) / 1000) } ?? 0
  }

  /// How much it counts that a statement lies nearer than its passage. Chosen, as `fewest`, on corpora of three to 25
  /// passages and on whole sets.
  private static let statementWeight = 0.4

  /// How much nearer than a passage a statement must be to count for itself, and how many times the luck of strangers is
  /// taken from it. Chosen on small corpora and whole sets.
  private static let sentenceLoss = 0.09
  private static let sentenceLuck = 1.5

  /// Bytes of the shortest statement that says something.
  private static let shortest = 30

  /// How much `words` count beside nearness.
  private static let wordWeight = 0.4

  /// What `words` would be of a passage in the question's language that is as near as one across languages.
  private static let wordsAcrossLanguages = 0.2

  /// Passages of the smallest corpus that this was measured with; fewer are taken for as many.
  private static let fewest = 3

  /// Part of the question's words, weighted by their rarity, that a statement must hold to contradict it.
  private static let leastCoverage = 0.25

  /// How sure it is at most that a passage answers a question that it contradicts.
  static let contradicted = 0.15
  /// Lead of the best statement from which more says nothing.
  private static let longestLead = 0.3
  /// Of a corpus of English prose with the default model.
  static let usualNeighbourCosine = 0.7
  /// BM25 that a word reaches of what it could, in a passage of average length that holds it once.
  private static let usualSaturation = 0.5
  /// Nearness of a question and a passage that holds all of its words, where nothing else is known of it.
  private static let usualNearness = 1.1
}
