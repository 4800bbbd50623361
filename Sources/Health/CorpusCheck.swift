import Models
import Retrieval

/// Reads the corpus's numbers.
public struct CorpusCheck: HealthCheck {
  private let corpus: any CorpusStore
  private let model: EmbeddingFingerprint?

  /// - Parameter model: the one that questions are embedded with; nil to leave that out.
  public init(corpus: any CorpusStore, model: EmbeddingFingerprint?) {
    self.corpus = corpus
    self.model = model
  }

  public let name = "corpus"
  public var hint: String { "Run 'ingest doctor\(corpus.commandOption)'." }

  public func run() async throws -> HealthFinding {
    let status = try await corpus.status()
    var finding = HealthFinding(
      detail: "\(Self.counted(status.documents, "document")), \(Self.counted(status.chunks, "chunk")).",
      counts: ["documents": status.documents, "chunks": status.chunks, "failed": status.failed])
    if let model, let stored = status.model, stored != model {
      finding.status = .unhealthy
      finding.detail = "The corpus is now embedded with \(stored), and the server uses \(model)."
      finding.hint = "Restart ragserver."
      finding.code = "corpus_reembedded"
    } else if corpus.isReplaced {
      finding.status = .degraded
      finding.detail =
        "'\(corpus.location)' was replaced or removed; answers come from the file that lay there before."
      finding.hint = "What lies there is used as soon as it is a corpus of the same embedding model."
      finding.code = "corpus_replaced"
      if let failure = corpus.replacementFailure {
        finding.detail += " What lies there now is not used: \(failure)"
      }
    } else if status.chunks == 0 {
      finding.status = .degraded
      finding.hint = "Add documents with 'ingest add PATH\(corpus.commandOption)'."
      finding.code = "corpus_empty"
    }
    return finding
  }

  private static func counted(_ count: Int, _ noun: String) -> String {
    "\(count) \(noun)\(count == 1 ? "" : "s")"
  }
}
