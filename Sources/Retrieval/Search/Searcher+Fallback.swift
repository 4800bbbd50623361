import Models

extension Searcher {
  /// Finds the passages that fit a question. Where the embedding model's provider fails, a search by words and meaning
  /// goes on by words alone and says so in `degradedReason`.
  ///
  /// - Throws: `ModelError` where the query does not allow that; `CorpusError`.
  public func search(_ query: SearchQuery) async throws -> SearchResult {
    do {
      return try await find(query)
    } catch let error as ModelError {
      let hasTwoLegs = query.mode != .lexical && query.mode != .dense
      guard query.fallsBack, hasTwoLegs, error.kind != .cancelled, !Task.isCancelled else { throw error }
      var words = query
      words.mode = .lexical
      var result = try await find(words)
      result.degraded = true
      var reason = DegradedReason(error)
      reason.part = .search
      reason.message += " Passages were found by their words alone."
      result.degradedReason = reason
      return result
    }
  }

  /// How long a question waits for its vector where words alone can do.
  static let patience = Duration.seconds(6)

  /// The vector of a question. One that a provider computes must come soon if words alone can do, and for a while after
  /// it did not come no other is waited for.
  func embedded(_ query: SearchQuery) async throws -> TextEmbedding {
    guard model.fingerprint.precision == "api", query.fallsBack, query.mode != .dense else {
      return try await embedding(of: query)
    }
    let name = model.fingerprint.model
    do {
      return try await outage.run {
        do {
          return try await withDeadline(Self.patience) { [self] in try await embedding(of: query) }
        } catch let late as DeadlineExceeded {
          throw ModelError(
            .timeout, provider: model.fingerprint.provider,
            message: "'\(name)' did not embed the question within \(late.limit).")
        }
      }
    } catch let left as Outage.LeftOut {
      throw left.modelError(name)
    }
  }

  private func embedding(of query: SearchQuery) async throws -> TextEmbedding {
    if query.keepsTokens { return try await model.embedding(of: query.text) }
    return TextEmbedding(vector: Array(try await model.embed([query.text], as: .query)[0]))
  }
}
