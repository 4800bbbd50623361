import Transformer

/// An embedding model that runs in this process, from files on this machine.
public struct LocalEmbeddingModel: EmbeddingModel {
  /// Names by which model files call the text put before questions and before documents.
  private static let queryPrompts = ["query", "s2p_query"]
  private static let documentPrompts = ["document", "passage", "corpus"]

  public let fingerprint: EmbeddingFingerprint
  public let tokens: any TokenCounter
  public let directory: ModelDirectory
  public let encoder: SentenceEncoder
  private let queryPrefix: String
  private let documentPrefix: String

  /// Loads the model in `directory`.
  ///
  /// - Parameters:
  ///   - precision: the arithmetic of the matrix products, part of the fingerprint.
  ///   - pool: threads to share with other models; by default the model starts its own.
  public init(
    directory: ModelDirectory, precision: Precision = .f32, pool: WorkerPool? = nil
  ) throws(TransformerError) {
    let encoder = try SentenceEncoder(
      directory: directory.path, options: .init(precision: precision, pool: pool))
    self.directory = directory
    self.encoder = encoder
    func prompt(_ names: [String]) -> String { names.lazy.compactMap { encoder.prompts[$0] }.first ?? "" }
    queryPrefix = prompt(Self.queryPrompts)
    documentPrefix = prompt(Self.documentPrompts)
    fingerprint = EmbeddingFingerprint(
      provider: "local", model: directory.name, dimensions: encoder.dimensions,
      pooling: encoder.pooling.rawValue,
      prefix: queryPrefix.isEmpty && documentPrefix.isEmpty ? "" : "\(documentPrefix)\n\(queryPrefix)",
      precision: encoder.precision.rawValue)
    let prefixTokens = encoder.tokenizer.count(documentPrefix)
    tokens = LocalTokenCounter(
      tokenizer: encoder.tokenizer, window: max(1, encoder.maximumTokens - 2 - prefixTokens))
  }

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    let prefix = role == .query ? queryPrefix : documentPrefix
    let inputs = prefix.isEmpty ? texts : texts.map { prefix + $0 }
    return EmbeddingMatrix(dimensions: encoder.dimensions, values: try await encoder.embed(inputs))
  }

  public func embedTokens(
    of texts: [ContextualText], as role: EmbeddingRole
  ) async throws -> [TextEmbedding]? {
    let prefix = role == .query ? queryPrefix : documentPrefix
    // Texts share few contexts.
    var lengths: [String: Int] = [:]
    let skipped = texts.map { text in
      let above = prefix + text.context
      let length = lengths[above] ?? encoder.tokenizer.count(above)
      lengths[above] = length
      return length
    }
    return try await encoder.embedWithTokens(texts.map { prefix + $0.whole }, skipping: skipped) { item in
      TextEmbedding(vector: item.vector, tokens: TokenSketch(ids: item.ids, values: item.values))
    }
  }

  /// A word is known if the vocabulary has it in one piece, as it has the usual ones.
  public func knows(_ word: String) -> Bool? { encoder.tokenizer.isPiece(word) }
}
