import Models

/// Brings the best passages into an order that also looks at what their single sentences say.
///
/// A passage's vector is that of all it says; the one sentence that answers a question may be lost in it. So the cosine
/// of the question and a passage's best sentence, in standard deviations of the cosine of two passages of the corpus,
/// is added to the score of the search with a small weight. The embedding model itself does the work, and no other
/// model is needed.
public struct SentenceReranker: Sendable {
  /// What a standard deviation counts for, on the scale of fused scores: chosen on seven labelled sets, all of which it
  /// leaves as good as they were, within 0.001 of nDCG@10, or makes better.
  private static let weight = 0.05
  /// Standard deviation where the corpus does not say enough to tell.
  private static let usualSpread = 0.12
  /// Letters of a line, such as one of a table, that is read as one sentence.
  private static let longest = 1000

  /// Limits of one search; twenty passages and a second by default.
  public var options: Reranker.Options
  /// Whether searches that ask for no mode are reranked.
  public var isStandard: Bool
  /// Told what was done for each search.
  public var observe: @Sendable (RerankReport) -> Void
  private let vectors = SentenceVectors()

  public init(
    options: Reranker.Options = Reranker.Options(depth: 20), isStandard: Bool = false,
    observe: @escaping @Sendable (RerankReport) -> Void = { _ in }
  ) {
    self.options = options
    self.isStandard = isStandard
    self.observe = observe
  }

  /// The passages, which come best first with scores from 0 to 1, in their new order; in the one that they had where
  /// time runs out or the model fails.
  ///
  /// - Throws: `CancellationError` if the task is cancelled, and nothing else.
  /// - Returns: with the passages the lowest score that was given, 1 if none was.
  func rerank(
    _ passages: [Passage], for question: String, _ embedding: TextEmbedding? = nil, model: any EmbeddingModel,
    spread: Double?
  ) async throws -> (passages: [Passage], lowest: Double, report: RerankReport) {
    let clock = ContinuousClock()
    let start = clock.now
    var report = RerankReport(
      model: "\(model.fingerprint.model), by sentences", milliseconds: 0, scored: 0,
      candidates: passages.count)
    guard !passages.isEmpty else { return ([], 1, report) }
    var ordered = passages
    do {
      let cosines = try await withDeadline(options.budget) { [vectors] in
        try await Self.cosines(of: passages, question, embedding, vectors, model)
      }
      let scale = Self.weight / (spread.flatMap { $0 > 0 ? $0 : nil } ?? Self.usualSpread)
      for (index, cosine) in cosines.enumerated() {
        ordered[index].rerankScore = max(0, cosine)
        // Scores stay within 0...1.
        ordered[index].score = (ordered[index].score + scale * max(0, cosine)) / (1 + scale)
      }
      // Equal scores keep the order of the search.
      ordered = ordered.enumerated().sorted {
        (-$0.element.score, $0.offset) < (-$1.element.score, $1.offset)
      }
      .map(\.element)
      report.scored = passages.count
    } catch let late as DeadlineExceeded {
      report.failure = DegradedReason(
        code: ModelError.Kind.timeout.rawValue,
        message: "The sentences of \(passages.count) passages were not embedded within \(late.limit).",
        hint: "Give it more time with RERANK_BUDGET, or fewer passages with RERANK_DEPTH.")
    } catch {
      try Task.checkCancellation()
      report.failure = Reranker.failure(error)
    }
    report.milliseconds = (clock.now - start) / .milliseconds(1)
    observe(report)
    return (ordered, report.scored > 0 ? ordered.last?.score ?? 1 : 1, report)
  }

  /// Cosine of the question and the best sentence of each passage.
  private static func cosines(
    of passages: [Passage], _ question: String, _ embedding: TextEmbedding?, _ vectors: SentenceVectors,
    _ model: any EmbeddingModel
  ) async throws -> [Double] {
    let sentences = passages.map { Self.sentences(of: $0.text) }
    let query = try await model.embedding(of: question, known: embedding).vector
    let products = try await vectors.vectors(of: sentences.flatMap(\.self), with: model)
      .products(with: query)
    var position = 0
    return sentences.map { sentences in
      defer { position += sentences.count }
      return Double(products[position..<position + sentences.count].max() ?? -1)
    }
  }

  /// Sentences of running text, items of lists and lines of tables and code; never none.
  static func sentences(of text: String) -> [String] {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [String] = []
    var isOpen = false
    for line in paragraphs {
      let content = line.trimmingPrefix(while: \.isWhitespace)
      guard let first = content.first else {
        isOpen = false
        continue
      }
      // What begins with a letter goes on with the line before.
      if isOpen, first.isLetter || first.isNumber, var last = blocks.popLast() {
        last += " " + content
        blocks.append(last)
      } else {
        blocks.append(String(content))
      }
      isOpen = true
    }
    let sentences = blocks.flatMap { SentenceSplitter.sentences(of: $0) }.filter { $0.utf8.count > 15 }
      .map { String($0.prefix(longest)) }
    return sentences.isEmpty ? [String(text.prefix(longest))] : sentences
  }
}
