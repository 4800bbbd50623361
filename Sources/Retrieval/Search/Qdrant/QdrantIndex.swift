import Models
import Qdrant

/// Searches a corpus on a Qdrant server.
///
/// One request brings both legs. A query of Qdrant's that fuses its prefetches gives ranks only, and the fusion of this
/// library weighs scores; so the request holds two queries with the same two prefetches, one that scores whatever
/// the legs found by its vector and one that scores it by its words. Filters stand in each prefetch, where they
/// limit the candidates.
struct QdrantIndex: PassageIndex {
  /// Chunks that are read for each phrase: the best by BM25 of its words.
  private static let phraseDepth = 200
  /// Candidates that a quantised copy of the vectors gives, to each that is wanted.
  private static let oversampling = 2.0
  /// Searches that are made at most while documents are being replaced under them.
  private static let attempts = 3

  let client: QdrantClient
  let names: QdrantNames
  let location: String
  private let sparse = SparseText()
  private let measured: QdrantStatistics
  private let siteLinks: QdrantSiteLinks

  init(client: QdrantClient, names: QdrantNames, location: String) {
    self.client = client
    self.names = names
    self.location = location
    measured = QdrantStatistics(client: client, names: names)
    siteLinks = QdrantSiteLinks(client: client, names: names)
  }

  /// What is read of a point while candidates are gathered; of the collection's own point, what describes it.
  struct Hit: Decodable, Sendable {
    var document: String?
    var revision: String?
    var header: String?
    var text: String?
    var lexical: String?
  }

  struct Found: Sendable {
    var id: PointID
    var hit: Hit
    /// Known of hits that readers may see.
    var document = DocumentHead()
    var dense: Double?
    var lexical: Double?
    /// Of a question of few words: whether it holds all of them.
    var holdsAllWords = false
  }

  func candidates(
    for query: SearchQuery, depth: Int, vector: @escaping @Sendable () async throws -> ArraySlice<Float>
  ) async throws -> PassageCandidates {
    do {
      let question = try await Question(query, depth: depth, vector: vector, sparse: sparse)
      async let evidence = query.mode == .hybrid ? statistics(question) : nil
      let phrases = try await holders(of: question)
      var found: [Found] = []
      for attempt in 1...Self.attempts {
        let (hits, isWhole) = try await visible(try await hits(question, phrases))
        found = hits
        // A document whose old revision was found and whose new one was not has been replaced in between.
        if isWhole || attempt == Self.attempts { break }
      }
      var candidates = passages(of: found, question, phrases)
      candidates.statistics = try await evidence
      return candidates
    } catch let error as QdrantError {
      // Nothing has been taken in yet.
      if error.kind == .notFound { return PassageCandidates(scores: []) { _ in [] } }
      if error.kind == .cancelled { throw CancellationError() }
      throw CorpusError.qdrant(error)
    }
  }

  /// A question as the server is asked it.
  private struct Question: Sendable {
    var query: SearchQuery
    var depth: Int
    var dense: [Float]?
    var words: SparseVector?
    /// Each word by itself, where it says something that a chunk holds all of them.
    var fewWords: [SparseVector] = []
    var phrases: [[String]]
    var filter: Filter

    init(
      _ query: SearchQuery, depth: Int, vector: () async throws -> ArraySlice<Float>, sparse: SparseText
    ) async throws {
      self.query = query
      self.depth = depth
      dense = query.mode == .lexical ? nil : Array(try await vector())
      let lexical = LexicalQuery(query.text)
      words = query.mode == .dense ? nil : sparse.vector(terms: lexical.terms)
      if query.mode == .hybrid, LexicalSearch.fewWords.contains(lexical.terms.count) {
        fewWords = lexical.terms.compactMap { sparse.vector(terms: [$0]) }
      }
      phrases = query.mode == .dense ? [] : lexical.phrases
      filter = Filter(must: query.filter.conditions, mustNot: [.flag("staged", true)])
    }
  }

  /// What the fusion weighs the legs by.
  private func statistics(_ question: Question) async throws -> QuestionStatistics? {
    guard question.words != nil else { return nil }
    let terms = LexicalQuery(question.query.text).terms
    async let frequencies = frequencies(of: terms)
    let values = try await measured.values()
    // A term that no chunk holds is the rarest.
    let rarest = BM25.inverseFrequency(0, of: values.chunks)
    let weights = try await frequencies
    let all = weights.reduce(0) { $0 + ($1 > 0 ? $1 : rarest) }
    let unknown = Double(weights.count { $0 == 0 }) * rarest
    return QuestionStatistics(
      passages: values.chunks, attainableLexicalScore: all * (BM25().k1 + 1),
      unknownWords: all > 0 ? unknown / all : 0,
      neighbourCosine: values.cosines.neighbour, cosineSpread: values.cosines.spread,
      usualShare: values.cosines.priorShare)
  }

  // MARK: Legs

  private static let members = PayloadSelection.include(["document", "revision"])

  private func hits(_ question: Question, _ phrases: Phrases) async throws -> [Found] {
    var legs: [Query.Prefetch] = []
    if let dense = question.dense {
      legs.append(
        .init(
          .dense(dense), using: QdrantCorpus.dense, filter: question.filter,
          precision: .rescored(oversampling: Self.oversampling), limit: question.depth))
    }
    if let words = question.words {
      legs.append(
        .init(.sparse(words), using: QdrantCorpus.bm25, filter: question.filter, limit: question.depth))
    }
    if let words = phrases.words, !phrases.holders.isEmpty {
      legs.append(
        .init(
          .sparse(words), using: QdrantCorpus.bm25,
          filter: Filter(must: [.hasID(Array(phrases.holders.keys))]),
          limit: phrases.holders.count))
    }
    guard !legs.isEmpty else { return [] }
    let limit = legs.reduce(0) { $0 + $1.limit }
    var queries = [meta]
    if let dense = question.dense {
      queries.append(
        Query(
          .dense(dense), using: QdrantCorpus.dense, prefetch: legs, precision: .exact, limit: limit,
          payload: Self.members))
    }
    if let words = question.words {
      queries.append(
        Query(.sparse(words), using: QdrantCorpus.bm25, prefetch: legs, limit: limit, payload: Self.members))
    }
    queries += question.fewWords.map {
      Query(.sparse($0), using: QdrantCorpus.bm25, prefetch: legs, limit: limit)
    }
    var answers = try await client.query(queries, in: names.corpus, payload: Hit.self)
    try check(answers.removeFirst().first?.payload)
    var found: [PointID: (hit: Hit, dense: Double?, lexical: Double?)] = [:]
    if question.dense != nil {
      for point in answers.removeFirst() {
        found[point.id] = (point.payload ?? Hit(), Double(point.score), nil)
      }
    }
    if question.words != nil {
      for point in answers.removeFirst() where point.score > 0 {
        found[point.id, default: (point.payload ?? Hit(), nil, nil)].lexical = Double(point.score)
      }
    }
    // What is left are the holders of each word.
    let holders = answers.map { Set($0.filter { $0.score > 0 }.map(\.id)) }
    return found.map { id, scores in
      Found(
        id: id, hit: scores.hit, dense: scores.dense, lexical: scores.lexical,
        holdsAllWords: !holders.isEmpty && holders.allSatisfy { $0.contains(id) })
    }
  }

  /// Asks, with the same request, what the collection says about itself.
  private var meta: Query {
    Query(
      nil, filter: Filter(must: [.hasID([QdrantNames.meta])]), limit: 1,
      payload: .include(["lexical"]))
  }

  private func check(_ meta: Hit?) throws {
    guard let lexical = meta?.lexical, lexical != LexicalOptions().stored else { return }
    throw CorpusError.otherRules(location)
  }

  /// The hits whose revision is the one that their document's point names, and whether every document that was
  /// found is among them.
  private func visible(_ hits: [Found]) async throws -> (hits: [Found], isWhole: Bool) {
    let ids = Set(hits.compactMap { $0.hit.document.map(PointID.uuid) })
    var documents: [String: DocumentHead] = [:]
    for record in try await client.retrieve(
      Array(ids), from: names.documents, payload: DocumentHead.members, as: DocumentHead.self)
    where record.payload?.status != DocumentPayload.removed {
      documents[record.id.description] = record.payload
    }
    var visible: [Found] = []
    var complete: Set<String> = []
    for var hit in hits {
      guard let id = hit.hit.document, let document = documents[id], document.revision == hit.hit.revision
      else {
        continue
      }
      hit.document = document
      visible.append(hit)
      complete.insert(id)
    }
    return (visible, complete.count == documents.count)
  }

  private func passages(of found: [Found], _ question: Question, _ phrases: Phrases) -> PassageCandidates {
    let isRequired = question.query.phrases == .required && !question.phrases.isEmpty
    let isFused = question.query.mode == .hybrid
    let areFew = found.count { $0.holdsAllWords } <= LexicalSearch.fewWholeMatches
    var scores: [PassageCandidates.Candidate] = []
    var places: [Int: Found] = [:]
    for hit in found {
      let phrase = phrases.holders[hit.id]
      if isRequired, phrase?.count != question.phrases.count { continue }
      // Only what both queries scored can be compared.
      if question.dense != nil, hit.dense == nil { continue }
      let lexical = hit.lexical.map { $0 + (phrase?.bonus ?? 0) } ?? phrase?.bonus
      scores.append(
        .init(
          chunk: hit.id.number, dense: hit.dense, lexical: lexical,
          holdsAllWords: areFew && hit.holdsAllWords))
      places[hit.id.number] = hit
    }
    scores.sort { a, b in
      let (first, second) = (
        (isFused ? nil : a.lexical) ?? a.dense ?? 0, (isFused ? nil : b.lexical) ?? b.dense ?? 0
      )
      return first == second ? a.chunk < b.chunk : first > second
    }
    var candidates = PassageCandidates(scores: scores) { [places] chunks in
      try await passages(chunks.compactMap { places[$0] })
    }
    candidates.texts = { [places] in try await texts(at: $0, of: places.values) }
    return candidates
  }

  // MARK: Passages

  func passages(_ found: [Found]) async throws -> [Passage] {
    try await QdrantCorpus.reported {
      var payloads: [PointID: ChunkPayload] = [:]
      for record in try await client.retrieve(found.map(\.id), from: names.corpus, as: ChunkPayload.self) {
        payloads[record.id] = record.payload
      }
      let links = try await siteLinks.book()
      // Of a document that is being deleted some chunks may still be there: all or none.
      let broken = Set(found.filter { payloads[$0.id] == nil }.compactMap(\.hit.document))
      return found.compactMap { hit in
        guard let payload = payloads[hit.id], !broken.contains(payload.document) else { return nil }
        var passage = Passage(
          chunk: hit.id.number, documentID: PointID.uuid(payload.document).number,
          document: hit.document.name ?? payload.name, source: payload.source, collection: payload.collection,
          title: hit.document.title, headingPath: payload.headingPath, page: payload.page,
          anchor: payload.anchor,
          url: DocumentLink.url(
            payload.source, at: links.address(of: payload.source, in: payload.collection),
            anchor: payload.anchor, page: payload.page), start: payload.start, end: payload.end,
          text: payload.text,
          ordinal: payload.ordinal, score: 0)
        passage.tableHead = Chunk.tableHead(
          in: payload.header, title: passage.title, headingPath: passage.headingPath)
        return passage
      }
    }
  }

  // MARK: Words

  func inverseDocumentFrequencies(of terms: [String]) async throws -> [Double] {
    do {
      return try await frequencies(of: terms)
    } catch let error as QdrantError {
      if error.kind == .notFound { return terms.map { _ in 0 } }
      if error.kind == .cancelled { throw CancellationError() }
      throw CorpusError.qdrant(error)
    }
  }

  /// Nothing: each guess at what was meant would be a request of its own.
  func corrected(_ question: String, knows: @escaping @Sendable (String) -> Bool) async throws -> String? {
    nil
  }

  /// The server tells no frequencies; but the score of a chunk for one term is its weight there times the term's inverse
  /// document frequency.
  private func frequencies(of terms: [String]) async throws -> [Double] {
    let queries = terms.compactMap { sparse.vector(terms: [$0]) }.map { vector in
      var query = Query(.sparse(vector), using: QdrantCorpus.bm25, limit: 1)
      query.withVector = .named([QdrantCorpus.bm25])
      return query
    }
    guard !queries.isEmpty else { return [] }
    return zip(terms, try await client.query(queries, in: names.corpus)).map { term, points in
      guard let point = points.first, let vector = point.vector?.sparse[QdrantCorpus.bm25],
        let place = vector.indices.firstIndex(of: SparseText.dimension(term)), vector.values[place] > 0
      else { return 0 }
      return Double(point.score / vector.values[place])
    }
  }

  /// What the phrases of a question add, and to which chunks.
  private struct Phrases: Sendable {
    var holders: [PointID: (bonus: Double, count: Int)] = [:]
    /// All words that holders may be found by.
    var words: SparseVector?
  }

  /// Looks for each phrase in the texts of the chunks that fit its words best.
  private func holders(of question: Question) async throws -> Phrases {
    var phrases = Phrases()
    guard !question.phrases.isEmpty else { return phrases }
    let words = Array(Set(question.phrases.joined()))
    phrases.words = sparse.vector(terms: words + LexicalQuery(question.query.text).terms)
    let weights = Dictionary(
      zip(words, try await frequencies(of: words)), uniquingKeysWith: { first, _ in first })
    let tokenizer = LexicalTokenizer()
    let queries = question.phrases.compactMap { sparse.vector(terms: $0) }.map { vector in
      Query(
        .sparse(vector), using: QdrantCorpus.bm25, filter: question.filter, limit: Self.phraseDepth,
        payload: .include(["header", "text"]))
    }
    let answers = try await client.query(queries, in: names.corpus, payload: Hit.self)
    for (phrase, points) in zip(question.phrases, answers) {
      let bonus = Set(phrase).reduce(0) { $0 + (weights[$1] ?? 0) }
      for point in points {
        let text = "\(point.payload?.header ?? "")\n\(point.payload?.text ?? "")"
        guard LexicalSearch.contains(tokenizer.sequence(of: text), phrase) else { continue }
        let known = phrases.holders[point.id] ?? (0, 0)
        phrases.holders[point.id] = (known.bonus + bonus, known.count + 1)
      }
    }
    return phrases
  }
}
