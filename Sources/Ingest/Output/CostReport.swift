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
  /// What describing the chunks would take; null where they are not described.
  var descriptions: DescriptionSummary?
  var describer: String?
  var failures: [IndexingSummary.Failure]

  init(_ estimate: IndexingSummary, model: any EmbeddingModel, describer: String? = nil) {
    descriptions = estimate.descriptions
    self.describer = describer
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

  /// What describing would take, in words; nil where nothing is described.
  var describing: String? {
    guard let descriptions, let describer else { return nil }
    let usage = descriptions.usage
    let cost =
      descriptions.cost.map {
        "about $\(HumanText.fixed($0, digits: 4)) at the list prices of \(KnownModel.priceDate)"
      }
      ?? "no price is known"
    return
      "Descriptions by \(describer): \(HumanText.count(descriptions.described)) to write, "
      + "\(HumanText.count(descriptions.known)) known; about \(HumanText.count(usage.promptTokens)) tokens of "
      + "prompts and \(HumanText.count(usage.completionTokens)) of replies; \(cost)"
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
    if let line = describing { try invocation.output.line(line) }
  }
}
