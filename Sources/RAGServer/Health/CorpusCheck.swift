import Models
import Retrieval

/// Reads the corpus's numbers.
struct CorpusCheck: HealthCheck {
  let corpus: any CorpusStore
  let model: EmbeddingFingerprint

  let name = "corpus"
  var hint: String { "Run 'ingest doctor\(corpus.commandOption)'." }

  func run() async throws -> HealthFinding {
    let status = try await corpus.status()
    var finding = HealthFinding(
      detail: "\(status.documents) documents, \(status.chunks) chunks.",
      counts: ["documents": status.documents, "chunks": status.chunks, "failed": status.failed])
    if let stored = status.model, stored != model {
      finding.status = .unhealthy
      finding.detail = "The corpus is now embedded with \(stored), and the server uses \(model)."
      finding.hint = "Restart ragserver."
    } else if status.chunks == 0 {
      finding.status = .degraded
      finding.hint = "Add documents with 'ingest add PATH\(corpus.commandOption)'."
    }
    return finding
  }
}
