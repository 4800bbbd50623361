import Models
import Synchronization

extension Searcher {
  /// Finds the passages that fit a question. Where the embedding model's provider fails, a search by words and meaning
  /// goes on by words alone and says so in `degradedReason`.
  ///
  /// - Throws: `ModelError` where the query does not allow that; `CorpusError`.
  public func search(_ query: SearchQuery) async throws -> SearchResult {
    do {
      return try await find(query)
    } catch let error as ModelError {
      let needsMeaning = query.mode == .lexical || query.mode == .dense
      guard query.fallsBack, !needsMeaning, error.kind != .cancelled, !Task.isCancelled else { throw error }
      var words = query
      words.mode = .lexical
      var result = try await find(words)
      result.degraded = true
      var reason = DegradedReason(error)
      reason.message += " Passages were found by their words alone."
      result.degradedReason = reason
      return result
    }
  }

  /// The vector of a question. One that a provider computes must come soon if words alone can do, and for some seconds
  /// after it did not come no other is waited for.
  func embedded(_ query: SearchQuery) async throws -> ArraySlice<Float> {
    guard model.fingerprint.precision == "api", query.fallsBack, query.mode != .dense else {
      return try await model.embed([query.text], as: .query)[0]
    }
    try outage.check()
    do {
      return try await withDeadline(Outage.patience) { [model] in
        try await model.embed([query.text], as: .query)[0]
      }
    } catch let late as DeadlineExceeded {
      let error = ModelError(
        .timeout, provider: model.fingerprint.provider,
        message: "'\(model.fingerprint.model)' did not embed the question within \(late.limit).")
      outage.note(error)
      throw error
    }
  }
}

/// Remembers for a while that an embedding model did not answer in time.
final class Outage: Sendable {
  static let patience = Duration.seconds(6)
  private static let pause = Duration.seconds(15)
  private let state = Mutex<(error: ModelError, until: ContinuousClock.Instant)?>(nil)

  func note(_ error: ModelError) { state.withLock { $0 = (error, .now + Self.pause) } }

  /// - Throws: the error of the last question, if it is not long ago.
  func check() throws(ModelError) {
    let recent = state.withLock { state -> ModelError? in
      guard let last = state, last.until > .now else { return nil }
      return last.error
    }
    if let recent { throw recent }
  }
}
