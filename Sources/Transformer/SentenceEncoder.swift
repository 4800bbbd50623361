internal import CTransformerKernels

/// A sentence-transformers model: texts in, vectors out.
public final class SentenceEncoder: Sendable {
  /// Choices that a model's files leave open.
  public struct Options: Sendable {
    public var precision = Precision.f32
    /// A limit on tokens below the model's own, special tokens included.
    public var maximumTokens: Int?
    /// Where batches run; by default a pool of the encoder's own.
    public var pool: WorkerPool?

    public init(precision: Precision = .f32, maximumTokens: Int? = nil, pool: WorkerPool? = nil) {
      self.precision = precision
      self.maximumTokens = maximumTokens
      self.pool = pool
    }
  }

  /// Tokens that go through the encoder together: enough to use the weights well while they are in cache.
  static let batchTokens = 448
  /// Tokens up to which one text is embedded on the calling thread rather than queued.
  static let inlineTokens = 64
  /// Texts that one piece of work tokenizes.
  static let tokenizedTogether = 64

  /// The directory that the model was loaded from.
  public let directory: String
  public let tokenizer: Tokenizer
  /// Values a vector.
  public let dimensions: Int
  public let pooling: Pooling
  /// Whether the model's own files say that its vectors have length 1.
  public let normalizes: Bool
  /// Tokens that a text may have, special ones included.
  public let maximumTokens: Int
  /// Text put before inputs of a kind, such as `query` or `document`, by the model's files.
  public let prompts: [String: String]
  public let precision: Precision

  private let encoder: BERTEncoder
  private let pool: WorkerPool
  private let workspaces = WorkspaceCache()

  /// Loads the model in `directory`, which has the layout of Hugging Face and sentence-transformers.
  public init(directory: String, options: Options = Options()) throws(TransformerError) {
    let sentence = try SentenceConfiguration(directory: directory)
    let folder = sentence.encoderFolder.isEmpty ? directory : "\(directory)/\(sentence.encoderFolder)"
    let model = try LoadedModel(directory: folder, precision: options.precision)
    self.directory = directory
    encoder = model.encoder
    tokenizer = model.tokenizer
    dimensions = model.encoder.configuration.hiddenSize
    pooling = sentence.pooling
    normalizes = sentence.normalizes
    let limits = [sentence.maximumTokens, options.maximumTokens].compactMap { $0 }
    maximumTokens = max(3, limits.reduce(model.encoder.configuration.positions, min))
    prompts = sentence.prompts
    precision = options.precision
    pool = options.pool ?? WorkerPool()
  }

  /// The pooled vectors of `texts`, row i belonging to `texts[i]`: `texts.count` x `dimensions` values.
  /// With `normalized` they have length 1.
  ///
  /// One short text is computed at once on the calling thread; everything else by the pool, longest texts
  /// first and packed without padding.
  public func embed(_ texts: [String], normalized: Bool = true) async throws -> [Float] {
    if texts.count == 1, let vector = embedInline(texts[0], normalized: normalized) { return vector }
    let sequences = try await tokenize(texts)
    let result = RowStore(rows: texts.count, columns: dimensions)
    try await run(sequences) { workspace, batch, indices in
      for (index, rows) in zip(indices, batch.rowRanges) {
        let target = result.row(index)
        self.pool(rows, of: workspace, into: target)
        if normalized { workspace.kernels.normalize(target) }
      }
    }
    return result.values
  }

  /// The normalized vectors of `texts`, and from the same pass those of their tokens, as `make` keeps them: a text's own
  /// take hundreds of times its bytes, so those of one text at a time are held on each thread.
  ///
  /// - Parameters:
  ///   - skipping: how many tokens of each text, from its start, are not wanted.
  ///   - make: is called once for each text, on any thread.
  public func embedWithTokens<Made: Sendable>(
    _ texts: [String], skipping: [Int], _ make: @escaping @Sendable (TokenVectors) -> Made
  ) async throws -> [Made] {
    precondition(skipping.count == texts.count)
    if texts.count == 1, let vectors = embedShort(texts[0], skipping: skipping[0]) { return [make(vectors)] }
    let sequences = try await tokenize(texts)
    let result = TokenVectorStore<Made>(count: texts.count)
    try await run(sequences) { workspace, batch, indices in
      for (index, rows) in zip(indices, batch.rowRanges) {
        let vectors = self.vectors(
          sequences[index], skipping: skipping[index], rows.lowerBound, in: workspace)
        result.set(index, make(vectors))
      }
    }
    return result.values
  }

  /// The normalized vectors of a text and of its tokens, computed on the calling thread; nil for a text of more than
  /// 64 tokens.
  ///
  /// - Parameter skipping: how many tokens, from its start, are not wanted.
  public func embedShort(_ text: String, skipping: Int) -> TokenVectors? {
    withInlineStates(of: text) { self.vectors($0, skipping: skipping, 0, in: $1) }
  }

  /// The vectors of a text whose hidden states begin at `row`.
  private func vectors(
    _ ids: [Int32], skipping skipped: Int, _ row: Int, in workspace: Workspace
  ) -> TokenVectors {
    var vector = [Float](repeating: 0, count: dimensions)
    vector.withUnsafeMutableBufferPointer { target in
      pool(row..<row + ids.count, of: workspace, into: target)
      workspace.kernels.normalize(target)
    }
    let own = min(1 + max(0, skipped), ids.count - 1)..<ids.count - 1
    var values = [Float](repeating: 0, count: own.count * dimensions)
    values.withUnsafeMutableBufferPointer { values in
      for (position, token) in own.enumerated() {
        let place = position * dimensions..<(position + 1) * dimensions
        let target = UnsafeMutableBufferPointer(rebasing: values[place])
        target.baseAddress?.update(
          from: workspace.hidden.start + (row + token) * workspace.hiddenStride, count: dimensions)
        workspace.kernels.normalize(target)
      }
    }
    return TokenVectors(vector: vector, ids: Array(ids[own]), values: values)
  }

  /// The vector of a text that is short enough not to be worth queueing; nil for a longer one.
  private func embedInline(_ text: String, normalized: Bool) -> [Float]? {
    withInlineStates(of: text) { ids, workspace in
      [Float](unsafeUninitializedCapacity: dimensions) { buffer, initialized in
        let target = UnsafeMutableBufferPointer(rebasing: buffer[..<dimensions])
        pool(0..<ids.count, of: workspace, into: target)
        if normalized { workspace.kernels.normalize(target) }
        initialized = dimensions
      }
    }
  }

  /// Hands the hidden states of a text that is short enough not to be worth queueing to `body`; nil for a longer one.
  private func withInlineStates<Result>(
    of text: String, _ body: (_ ids: [Int32], _ workspace: Workspace) -> Result
  ) -> Result? {
    // Every token has at least one byte, so most long texts are not even tokenized here.
    guard text.utf8.count <= Self.inlineTokens * 16 else { return nil }
    let ids = tokenizer.encode(text, maximum: maximumTokens)
    guard ids.count <= Self.inlineTokens else { return nil }
    var batch = TokenBatch()
    batch.append(ids)
    return workspaces.withWorkspace { workspace in
      encoder.run(batch, in: workspace)
      return body(ids, workspace)
    }
  }

  private func tokenize(_ texts: [String]) async throws -> [[Int32]] {
    let slices = (texts.count + Self.tokenizedTogether - 1) / Self.tokenizedTogether
    let result = SequenceStore(count: texts.count)
    try await pool.forEach(slices) { slice, _ in
      let range = slice * Self.tokenizedTogether..<min(texts.count, (slice + 1) * Self.tokenizedTogether)
      for index in range {
        result.set(index, self.tokenizer.encode(texts[index], maximum: self.maximumTokens))
      }
    }
    return result.values
  }

  /// Runs all sequences through the encoder in batches and hands each batch's hidden states to `body`.
  private func run(
    _ sequences: [[Int32]],
    _ body: @escaping @Sendable (_ workspace: Workspace, _ batch: TokenBatch, _ indices: [Int]) -> Void
  ) async throws {
    let plan = BatchPlan(lengths: sequences.map(\.count), tokens: Self.batchTokens, workers: pool.count)
    try await pool.forEach(plan.batches.count) { number, workspace in
      var batch = TokenBatch()
      for index in plan.batches[number] { batch.append(sequences[index]) }
      self.encoder.run(batch, in: workspace)
      body(workspace, batch, plan.batches[number])
    }
  }

  private func pool(
    _ rows: Range<Int>, of workspace: Workspace, into target: UnsafeMutableBufferPointer<Float>
  ) {
    pooling.apply(
      to: workspace.hidden.start + rows.lowerBound * workspace.hiddenStride, rows: rows.count,
      stride: workspace.hiddenStride, into: target, kernels: workspace.kernels)
  }
}
