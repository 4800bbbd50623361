import Commands
import Models
import Retrieval

/// Shows how far a run of the indexer is.
struct IngestProgress: Sendable {
  private let bar: ProgressBar
  private let price: Double?

  init(model: any EmbeddingModel, log: Log) {
    bar = ProgressBar("Ingesting", unit: "chunks", log: log)
    price = KnownModel.named(model.fingerprint.model)?.inputPrice
  }

  @Sendable func show(_ progress: IndexingProgress) {
    var note = "\(HumanText.count(progress.documents))/\(HumanText.count(progress.totalDocuments)) documents"
    if let price {
      let dollars = Double(progress.tokens) / 1_000_000 * price
      note += ", \(HumanText.count(progress.tokens)) tokens, $\(HumanText.fixed(dollars, digits: 4))"
    }
    bar.update(done: progress.chunks, total: progress.estimatedChunks, note: note)
  }

  func finish() { bar.finish() }
}
