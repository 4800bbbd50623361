import Commands
import Retrieval

/// `ingest remove`: documents out of the corpus.
enum RemoveCommand {
  static let sources = Argument(
    variadic: "SOURCE", .text,
    "Sources or names as 'ingest list' shows them; one that ends with '/' takes all below it.")
  static let collection = Option("collection", .text.named("NAME"), "Only from this collection.")

  static let command = Command(
    "remove", "Remove documents from the corpus.",
    parameters: [sources, CorpusOptions.database, collection, CorpusOptions.json],
    examples: [Example("A folder", "ingest remove docs/old/")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let lock = try await CorpusOptions.lock(invocation)
    defer { withExtendedLifetime(lock) {} }
    let corpus = try await CorpusOptions.open(invocation, access: .write)
    var removed: [RemovedDocument] = []
    var missing: [MissingDocument] = []
    for source in invocation[sources] {
      do {
        removed += try await corpus.remove(source, in: invocation[collection])
      } catch let error as CorpusError where error.code == .notFound {
        missing.append(try await MissingDocument(source, error, in: corpus))
      }
    }
    try await corpus.checkpoint()
    if invocation[CorpusOptions.json] {
      try invocation.output.json(Report(removed: removed.map(\.source), documents: removed))
    } else {
      for document in removed {
        let line = "Removed \(document.source) from the collection \(document.collection)"
        try invocation.output.line(TerminalText.clean(line))
      }
    }
    for error in missing { invocation.log.error(error.description) }
    return missing.isEmpty ? .success : .failure
  }

  /// What `--json` prints.
  private struct Report: Encodable {
    /// The sources alone.
    var removed: [String]
    var documents: [RemovedDocument]
  }
}
