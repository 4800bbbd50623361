import Commands
import FoundationEssentials
import Models
import Retrieval
import Setup
import State

/// Takes documents into the corpus as `ingest add` did: with their chunks described where the corpus's are.
///
/// What descriptions would cost is estimated first and held against `DESCRIBE_LIMIT` and the caps on the cost of 24
/// hours; what they did cost is counted with each reply, and noted for the report of usage.
struct Intake: Sendable {
  /// The corpus's embedding model.
  let model: any EmbeddingModel
  let models: ChatModels
  let limits: Limits
  let records: any RecordStore
  let settings: Settings
  /// Told of what no client sees.
  let report: @Sendable (any Error) -> Void

  /// Checks that documents can be taken in: that somebody describes them where they have to be.
  ///
  /// - Throws: `IntakeRefusal`.
  func check(_ corpus: any CorpusStore) async throws { _ = try await chatModel(for: corpus) }

  /// What describing `discovery` would take; nil where chunks are not described.
  ///
  /// - Throws: `IntakeRefusal` where that is more than may be spent.
  func estimate(
    _ discovery: Discovery, into corpus: any CorpusStore, loader: any DocumentLoader,
    options: IndexingOptions, key: String?
  ) async throws -> DescriptionSummary? {
    guard let chat = try await chatModel(for: corpus) else { return nil }
    let allowance = try await allowance(key)
    let describer = describer(chat, corpus, allowance, key)
    return try await estimate(discovery, corpus, loader, options.describing(by: describer), allowance)
  }

  /// Takes in what was discovered.
  ///
  /// - Parameter key: identifier of the API key that it is done for.
  /// - Throws: `IntakeRefusal` where chunks have to be described and cannot be; as `Indexer.run`.
  func take(
    _ discovery: Discovery, into corpus: any CorpusStore, loader: any DocumentLoader,
    options: IndexingOptions, key: String?
  ) async throws -> IndexingSummary {
    guard let chat = try await chatModel(for: corpus) else {
      return try await Indexer(corpus: corpus, model: model, loader: loader, options: options).run(discovery)
    }
    let allowance = try await allowance(key)
    let describer = describer(chat, corpus, allowance, key)
    let options = options.describing(by: describer)
    _ = try await estimate(discovery, corpus, loader, options, allowance)
    do {
      let summary = try await Indexer(corpus: corpus, model: model, loader: loader, options: options)
        .run(discovery)
      await note(describer, key)
      return summary
    } catch {
      await note(describer, key)
      switch error {
      case is DescriptionLimitReached: throw allowance.refusal(describer.summary, model: chat.name)
      case let error as DescribingFailed: throw IntakeRefusal(error)
      default: throw error
      }
    }
  }

  /// How a document of the corpus is cut again as it was.
  func options(
    _ source: String, in corpus: any CorpusStore, collection: String, tags: [String], keepsMissing: Bool
  ) async throws -> IndexingOptions {
    let chunking = try await corpus.state(of: source, in: collection)?.chunking
    return IndexingOptions(
      collection: collection, tags: tags, keepsMissing: keepsMissing, chunking: chunking ?? ChunkingOptions())
  }

  /// The model by which the corpus's chunks are described; nil where they are not.
  private func chatModel(for corpus: any CorpusStore) async throws -> (any ChatModel)? {
    guard let descriptions = try await corpus.fingerprint?.descriptions else { return nil }
    guard let name = ChunkDescriber.modelName(in: descriptions) else {
      throw IntakeRefusal.otherVersion(descriptions)
    }
    guard let model = try models.model(named: name) else { throw IntakeRefusal.noChatModel(name) }
    return model
  }

  private func allowance(_ key: String?) async throws -> Allowance {
    let limit: ChunkDescriber.Limit
    do {
      limit = try DescriptionSetup.limit(settings)
    } catch {
      throw IntakeRefusal.misconfigured(error.message)
    }
    return Allowance(limit: limit, budget: await limits.budget(key: key))
  }

  private func describer(
    _ chat: any ChatModel, _ corpus: any CorpusStore, _ allowance: Allowance, _ key: String?
  ) -> ChunkDescriber {
    var options = ChunkDescriber.Options(limit: allowance.describerLimit)
    // What lasts longer is tried again from the queue.
    options.attempts = 3
    options.observe = { [limits, name = chat.name] usage in
      if let cost = usage.cost(of: name) { await limits.charge(cost, key: key) }
    }
    return ChunkDescriber(model: chat, memory: corpus, options: options)
  }

  private func estimate(
    _ discovery: Discovery, _ corpus: any CorpusStore, _ loader: any DocumentLoader,
    _ options: IndexingOptions, _ allowance: Allowance
  ) async throws -> DescriptionSummary? {
    let estimate = try await Indexer(corpus: corpus, model: model, loader: loader, options: options)
      .estimate(discovery)
    guard let plan = estimate.descriptions, let describer = options.describer else { return nil }
    if let refusal = allowance.refusal(of: plan, model: describer.modelName) { throw refusal }
    return plan
  }

  private func note(_ describer: ChunkDescriber, _ key: String?) async {
    let done = describer.summary
    guard done.usage.totalTokens > 0 else { return }
    do {
      try await records.add(
        .usage(
          "descriptions-\(UUID().uuidString.lowercased())", of: describer.modelName, done.usage,
          requests: done.described + done.undescribed, cost: done.cost, subject: "descriptions", key: key))
    } catch {
      report(error)
    }
  }
}
