/// One question to one lexical index, its phrases already compared with the stored text.
struct LexicalSearch: Sendable {
  /// Chunks that are read for each phrase: the best by BM25 of those that hold all of its words.
  static let phraseDepth = 1000

  private let index: LexicalIndex
  private let query: LexicalQuery
  private let filter: LexicalFilter?
  private let required: Bool
  /// What the phrases that a chunk holds add to its score, and how many they are.
  private var phrases: [Int: (bonus: Double, count: Int)] = [:]

  init(
    _ query: LexicalQuery, in index: LexicalIndex, of corpus: Corpus, documents: Set<Int>?,
    phrases use: SearchQuery.PhraseUse
  ) async throws {
    self.query = query
    self.index = index
    filter = documents.map { index.filter(documents: $0) }
    required = use == .required && !query.phrases.isEmpty
    let tokenizer = LexicalTokenizer(stemming: index.options.stemming)
    for phrase in query.phrases {
      let words = Array(Set(phrase))
      let candidates = index.holdingAll(of: words, filter: filter).prefix(Self.phraseDepth).map(\.chunk)
      let bonus = words.reduce(0) { $0 + index.inverseDocumentFrequency(of: $1) }
      for (chunk, text) in zip(candidates, try await corpus.texts(of: candidates)) {
        guard let text, Self.contains(tokenizer.sequence(of: text), phrase) else { continue }
        let known = phrases[chunk] ?? (0, 0)
        phrases[chunk] = (known.bonus + bonus, known.count + 1)
      }
    }
  }

  static func contains(_ words: [String], _ phrase: [String]) -> Bool {
    guard let first = phrase.first, words.count >= phrase.count else { return false }
    return (0...(words.count - phrase.count)).contains { start in
      words[start] == first && words[start..<(start + phrase.count)].elementsEqual(phrase)
    }
  }

  /// BM25 that no chunk exceeds without phrases: that of a chunk which holds all of the words very often.
  var attainable: Double {
    query.terms.reduce(0) { $0 + index.inverseDocumentFrequency(of: $1) } * (BM25().k1 + 1)
  }

  /// Part of the words, weighted by their rarity, that no chunk holds, 0 to 1.
  var unknown: Double {
    let weights = query.terms.map { index.inverseDocumentFrequency(of: $0) }
    let missing = zip(query.terms, weights).reduce(0) {
      $0 + (index.documentFrequency(of: $1.0) == 0 ? $1.1 : 0)
    }
    let all = weights.reduce(0, +)
    return all > 0 ? missing / all : 0
  }

  /// Whether a chunk holds every phrase of the question.
  func holdsPhrases(_ chunk: Int) -> Bool {
    query.phrases.isEmpty || phrases[chunk]?.count == query.phrases.count
  }

  /// Words of a question of which it says something that a chunk holds all of them; longer ones have some in vain.
  static let fewWords = 2...3
  /// Most chunks of which it says something.
  static let fewWholeMatches = 10

  /// Those of `chunks` that hold every word of a short question; none if many do.
  func wholeMatches(among chunks: [Int]) -> Set<Int> {
    guard Self.fewWords.contains(query.terms.count) else { return [] }
    let holders = index.holdingAll(of: query.terms, among: chunks)
    return holders.count <= Self.fewWholeMatches ? Set(holders) : []
  }

  /// The best chunks, best first: BM25 and what their phrases add.
  func hits(limit: Int) -> [LexicalHit] {
    if query.phrases.isEmpty { return index.search(query, limit: limit, filter: filter) }
    // A chunk without a phrase is among the best only if it is so without any chunk's phrases.
    var found: [Int: Double] = [:]
    if !required {
      for hit in index.search(query, limit: limit, filter: filter) { found[hit.chunk] = hit.score }
    }
    let holders = phrases.keys.filter { !required || holdsPhrases($0) }.sorted()
    for (chunk, score) in zip(holders, scores(of: holders)) { found[chunk] = score }
    return Array(
      found.map { LexicalHit(chunk: $0.key, score: $0.value) }.sorted { $1.isWorse(than: $0) }.prefix(limit))
  }

  /// The score that each of `chunks` has for the question, 0 where it holds none of the words.
  func scores(of chunks: [Int]) -> [Double] {
    zip(chunks, index.scores(of: chunks, for: query)).map { $1 + (phrases[$0]?.bonus ?? 0) }
  }
}
