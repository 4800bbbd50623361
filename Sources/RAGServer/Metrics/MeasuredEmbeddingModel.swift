import Models

/// An embedding model whose calls are counted.
struct MeasuredEmbeddingModel: EmbeddingModel {
  let base: any EmbeddingModel
  let metrics: Metrics

  var fingerprint: EmbeddingFingerprint { base.fingerprint }
  var tokens: any TokenCounter { base.tokens }

  func knows(_ word: String) -> Bool? { base.knows(word) }

  var cosineScale: CosineScale { base.cosineScale }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    let start = ContinuousClock.now
    defer { metrics.called(.embedding, model: base.fingerprint.model, in: .now - start) }
    do {
      return try await base.embed(texts, as: role)
    } catch {
      metrics.failed(.embedding, error)
      throw error
    }
  }

  func embedTokens(
    of texts: [ContextualText], as role: EmbeddingRole
  ) async throws -> [TextEmbedding]? {
    let start = ContinuousClock.now
    var isCalled = true
    defer {
      if isCalled { metrics.called(.embedding, model: base.fingerprint.model, in: .now - start) }
    }
    do {
      let embeddings = try await base.embedTokens(of: texts, as: role)
      // A model that has no vectors of tokens was not asked for anything.
      isCalled = embeddings != nil
      return embeddings
    } catch {
      metrics.failed(.embedding, error)
      throw error
    }
  }
}
