import Commands
import Models
import Retrieval

/// What a run would do and cost.
struct CostReport: Encodable {
  var documents: IndexingSummary.Documents
  var chunks: Int
  /// Texts to embed.
  var embedded: Int
  var cached: Int
  var tokens: Int
  var model: String
  /// List price of embedding; null where none is known, 0 for a local model.
  var dollars: Double?
  var failures: [IndexingSummary.Failure]

  init(_ estimate: IndexingSummary, model: any EmbeddingModel) {
    documents = estimate.documents
    chunks = estimate.chunks
    embedded = estimate.embedded
    cached = estimate.cached
    tokens = estimate.tokens
    failures = estimate.failures
    self.model = model.fingerprint.model
    dollars =
      model.fingerprint.provider == "local"
      ? 0
      : KnownModel.named(model.fingerprint.model)?.inputPrice.map { $0 * Double(estimate.tokens) / 1_000_000 }
  }

  func write(_ invocation: Invocation) throws {
    if invocation[CorpusOptions.json] { return try invocation.output.json(self) }
    let cost =
      switch dollars {
      case 0?: "nothing, the model is local"
      case let dollars?:
        "about $\(HumanText.fixed(dollars, digits: 4)) at the list prices of \(KnownModel.priceDate)"
      case nil: "unknown, no price is known"
      }
    try invocation.output.write(
      """
      Documents: \(HumanText.count(documents.added)) to add, \(HumanText.count(documents.changed)) to change, \
      \(HumanText.count(documents.unchanged)) unchanged, \(HumanText.count(documents.failed)) cannot be read
      Chunks: \(HumanText.count(chunks)), of which \(HumanText.count(embedded)) are to be embedded \
      (\(HumanText.count(tokens)) tokens)
      Cost with \(model): \(cost)

      """)
  }
}
