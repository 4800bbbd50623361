import Commands
import HTTPClient
import Models
import Retrieval
import Setup

/// Descriptions of chunks, as `ingest add --describe` asks for them: nothing is spent before it has been said how much.
enum Describing {
  /// Who describes chunks; nil where nobody was asked to.
  static func describer(_ invocation: Invocation, _ corpus: any CorpusStore) throws -> ChunkDescriber? {
    guard invocation[AddCommand.describe] else {
      guard invocation[AddCommand.describeLimit] == nil else {
        throw UsageError("--describe-limit says what descriptions may cost.", hint: "Add --describe.")
      }
      return nil
    }
    guard let chat = try ChatSetup(settings: invocation.settings, client: HTTPClient()).model() else {
      throw UsageError(
        "--describe needs a chat model.",
        hint:
          "Set OPENAI_API_KEY, GEMINI_API_KEY or COHERE_API_KEY, or OPENAI_BASE_URL for a server of your own."
      )
    }
    return ChunkDescriber(
      model: chat, memory: corpus,
      options: ChunkDescriber.Options(limit: invocation[AddCommand.describeLimit]))
  }

  /// How documents are taken in, with a describer whose limit has been found to suffice.
  ///
  /// - Throws: `UsageError` that says what the descriptions would cost, unless a limit allows that.
  static func options(
    _ invocation: Invocation, _ corpus: any CorpusStore, _ model: any EmbeddingModel, _ sources: Sources,
    isSite: Bool
  ) async throws -> IndexingOptions {
    var options = AddCommand.options(invocation)
    guard let describer = try describer(invocation, corpus) else { return options }
    options = options.describing(by: describer)
    let limit = invocation[AddCommand.describeLimit]
    if isSite, limit == nil {
      throw UsageError(
        "What a website's descriptions cost is not known before it is fetched.",
        hint: "Say what they may cost, such as --describe-limit 0.50.")
    }
    let estimate = try await Indexer(corpus: corpus, model: model, loader: sources, options: options)
      .estimate(sources.discovery)
    guard let plan = estimate.descriptions, plan.described > 0 else { return options }
    let text = CostReport(estimate, model: model, describer: describer.modelName).describing ?? ""
    let suffices =
      switch limit {
      case .tokens(let tokens)?: plan.usage.totalTokens <= tokens
      case .dollars(let dollars)?: plan.cost ?? 0 <= dollars
      case nil: false
      }
    guard suffices else {
      throw UsageError(
        "\(text). \(limit == nil ? "Nothing is spent without a limit." : "That is more than --describe-limit allows.")",
        hint: plan.cost.map {
          "Run again with --describe-limit \(HumanText.fixed($0 * 1.3 + 0.01, digits: 2))."
        }
          ?? "Run again with --describe-limit \(plan.usage.totalTokens / 10 * 13 + 1000)t.")
    }
    invocation.log.info(text)
    return options
  }
}
