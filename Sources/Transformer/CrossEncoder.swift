internal import CTransformerKernels

/// A BERT or RoBERTa classifier over pairs of texts: how well a document answers a query.
public final class CrossEncoder: Sendable {
  /// Scores a pair.
  public let labels: Int
  /// Tokens that a pair may have, special ones included.
  public let maximumTokens: Int
  public let tokenizer: Tokenizer

  private let encoder: BERTEncoder
  private let pooler: PackedLinear
  private let classifier: PackedLinear
  private let pool: WorkerPool

  /// Loads a `BertForSequenceClassification`, `RobertaForSequenceClassification` or
  /// `XLMRobertaForSequenceClassification` in the layout of Hugging Face.
  public init(
    directory: String, precision: Precision = .f32, maximumTokens: Int? = nil, pool: WorkerPool? = nil
  ) throws(TransformerError) {
    let model = try LoadedModel(directory: directory, precision: precision)
    let configuration = model.encoder.configuration
    guard configuration.family != .distilbert else {
      throw .unsupported(
        file: directory + "/config.json",
        reason: "cross-encoders are implemented for 'bert', 'roberta' and 'xlm-roberta' only")
    }
    // The head is one row a pair: its cost is nothing, so it stays exact.
    let reader = EncoderWeights.Reader(file: model.weights, precision: .f32)
    let size = configuration.hiddenSize
    pooler = try reader.linear(model.names.pooler, outputs: size, inputs: size)
    classifier = try reader.linear(model.names.classifier, outputs: configuration.labels, inputs: size)
    encoder = model.encoder
    tokenizer = model.tokenizer
    labels = configuration.labels
    self.maximumTokens = max(5, min(configuration.positions, maximumTokens ?? .max))
    self.pool = pool ?? WorkerPool()
  }

  /// The classifier's logits, `documents.count` x `labels`, row i for (`query`, `documents[i]`).
  public func score(query: String, documents: [String]) async throws -> [Float] {
    let pairs = documents.map { tokenizer.encode(query, $0, maximum: maximumTokens) }
    let plan = BatchPlan(
      lengths: pairs.map(\.ids.count), tokens: SentenceEncoder.batchTokens, workers: pool.count)
    let result = RowStore(rows: pairs.count, columns: labels)
    try await pool.forEach(plan.batches.count) { number, workspace in
      var batch = TokenBatch()
      for index in plan.batches[number] {
        batch.append(pairs[index].ids, firstSegment: pairs[index].firstCount)
      }
      self.encoder.run(batch, in: workspace)
      for (index, rows) in zip(plan.batches[number], batch.rowRanges) {
        self.classify(row: rows.lowerBound, in: workspace, into: result.row(index))
      }
    }
    return result.values
  }

  /// Puts the vector of the first token through the pooler, tanh and the classifier.
  private func classify(row: Int, in workspace: Workspace, into target: UnsafeMutableBufferPointer<Float>) {
    let stride = workspace.hiddenStride
    let logits = AlignedBuffer<Float>((labels + 31) / 32 * 32)
    workspace.apply(
      pooler, rows: 1, input: workspace.hidden.start + row * stride, stride: stride,
      output: workspace.delta.start, outputStride: stride)
    workspace.apply(
      classifier, rows: 1, input: workspace.delta.start, stride: stride, activation: Int32(FN_TANH),
      output: logits.start, outputStride: logits.count)
    for label in 0..<labels { target[label] = logits.start[label] }
  }
}
