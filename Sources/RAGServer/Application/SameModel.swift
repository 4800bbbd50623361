import HTTPServer
import Models
import Retrieval

/// Refuses to search a corpus that somebody embedded anew with another model since the server was started:
/// vectors of two models must not be compared.
struct SameModel: Middleware {
  let corpus: any CorpusStore
  let model: EmbeddingFingerprint

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    if let stored = try await corpus.fingerprint, stored.space != model.space {
      throw HTTPError(
        .serviceUnavailable, code: "corpus_reembedded",
        message: "The corpus is now embedded with \(stored), and the server uses \(model).",
        hint: "Restart ragserver.")
    }
    return try await next(request)
  }
}
