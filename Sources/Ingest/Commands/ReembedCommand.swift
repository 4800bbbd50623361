import Commands
import HTTPClient
import Retrieval
import Setup

/// `ingest reembed`: the corpus in another vector space.
enum ReembedCommand {
  static let rollback = Flag("rollback", "Go back to the model before the last change.")

  static let command = Command(
    "reembed", "Embed the corpus with another model, beside the old vectors, then switch at once.",
    discussion: """
      Searches go on with the old vectors until all new ones are there. A run that breaks off goes on where it stopped. \
      The old vectors stay for --rollback until 'ingest doctor --repair' prunes what is no longer used; those of a \
      change that broke off stay too, until it is finished, or given up by naming the model in use.
      """,
    parameters: [CorpusOptions.database, CorpusOptions.model, rollback, CorpusOptions.json],
    examples: [
      Example("To OpenAI's small model", "ingest reembed --model text-embedding-3-small"),
      Example("And back", "ingest reembed --rollback"),
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let lock = try await CorpusOptions.lock(invocation)
    defer { withExtendedLifetime(lock) {} }
    let corpus = try await CorpusOptions.open(invocation, access: .write)
    let setup = EmbeddingSetup(settings: invocation.settings, client: HTTPClient())
    let bar = ProgressBar("Embedding", unit: "texts", log: invocation.log)
    defer { bar.finish() }
    let reembedder = Reembedder(corpus: corpus)
    let model: String
    let embedded: Int
    if invocation[rollback] {
      guard invocation[CorpusOptions.model] == nil else {
        throw UsageError("--rollback goes back to the earlier model and takes no --model.")
      }
      let previous = try await setup.model(of: try await corpus.previousFingerprint, corpus: corpus.location)
      embedded = try await reembedder.rollback(to: previous)
      model = previous.fingerprint.description
    } else {
      let chosen = try await setup.model(invocation[CorpusOptions.model])
      embedded = try await reembedder.run(to: chosen) { done, total in bar.update(done: done, total: total) }
      model = chosen.fingerprint.description
    }
    bar.finish()
    try await corpus.checkpoint()
    if invocation[CorpusOptions.json] {
      try invocation.output.json(Result(model: model, embedded: embedded))
    } else {
      try invocation.output.line(
        "The corpus now uses \(model); \(HumanText.count(embedded, "text")) embedded.")
    }
    return .success
  }

  private struct Result: Encodable {
    var model: String
    var embedded: Int
  }
}
