import HTTPServer
import Health
import Models
import Retrieval

/// `GET /metrics`: counters for Prometheus.
struct MetricsRoute {
  let metrics: Metrics
  let size: CorpusSize

  func add(to router: Router) {
    let (metrics, size) = (metrics, size)
    router.get("/metrics") { _ in
      let corpus = try? await withDeadline(.seconds(1)) { try await size.status() }
      return .text(
        metrics.text(corpus: corpus, version: ServerProgram.version), contentType: MetricsText.contentType)
    }
  }
}

/// What a corpus holds, counted once a generation: counting a large one takes a while.
actor CorpusSize {
  private let corpus: any CorpusStore
  private var last: CorpusStatus?

  init(_ corpus: any CorpusStore) {
    self.corpus = corpus
  }

  func status() async throws -> CorpusStatus {
    if let last, try await corpus.generation == last.generation { return last }
    let status = try await corpus.status()
    last = status
    return status
  }
}
