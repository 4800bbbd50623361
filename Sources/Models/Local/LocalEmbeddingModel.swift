import Transformer

/// An embedding model that runs in this process, from files on this machine.
public struct LocalEmbeddingModel: EmbeddingModel {
  public let fingerprint: EmbeddingFingerprint
  public let tokens: any TokenCounter
  public let directory: ModelDirectory
  public let encoder: SentenceEncoder
  public let cosineScale: CosineScale
  private let prompts: ModelPrompts

  /// Loads the model in `directory`.
  ///
  /// - Parameters:
  ///   - precision: the arithmetic of the matrix products, part of the fingerprint.
  ///   - pool: threads to share with other models; by default the model starts its own.
  public init(
    directory: ModelDirectory, precision: Precision = .f32, pool: WorkerPool? = nil
  ) throws {
    let encoder = try Self.encoder(directory, .init(precision: precision, pool: pool))
    self.directory = directory
    self.encoder = encoder
    prompts = ModelPrompts(encoder.prompts, model: directory.name)
    let told = try CosineScale(folder: directory.path)
    if directory.name == ModelDirectory.defaultModel {
      cosineScale = told ?? CosineScale()
    } else {
      cosineScale = CosineScale(told, measuring: encoder, prompts)
    }
    fingerprint = EmbeddingFingerprint(
      provider: "local", model: directory.name, dimensions: encoder.dimensions,
      pooling: encoder.pooling.rawValue,
      prefix: prompts.query.isEmpty && prompts.document.isEmpty
        ? "" : "\(prompts.document)\n\(prompts.query)",
      precision: encoder.precision.rawValue)
    let prefixTokens = encoder.tokenizer.countLeading(prompts.document)
    tokens = LocalTokenCounter(
      tokenizer: encoder.tokenizer, window: max(1, encoder.maximumTokens - 2 - prefixTokens))
  }

  private static func encoder(
    _ directory: ModelDirectory, _ options: SentenceEncoder.Options
  ) throws -> SentenceEncoder {
    do {
      return try SentenceEncoder(directory: directory.path, options: options)
    } catch {
      guard case .cannotRead(let file, _) = error, directory.lacks(file) else { throw error }
      throw LocalModelError.incomplete(directory, missing: directory.relative(file))
    }
  }

  public func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    let prefix = role == .query ? prompts.query : prompts.document
    let inputs = prefix.isEmpty ? texts : texts.map { prefix + $0 }
    return EmbeddingMatrix(dimensions: encoder.dimensions, values: try await encoder.embed(inputs))
  }

  public func embedTokens(
    of texts: [ContextualText], as role: EmbeddingRole
  ) async throws -> [TextEmbedding]? {
    let prefix = role == .query ? prompts.query : prompts.document
    // Texts share few contexts.
    var lengths: [String: Int] = [:]
    let skipped = texts.map { text in
      let above = prefix + text.context
      let length = lengths[above] ?? encoder.tokenizer.countLeading(above)
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
