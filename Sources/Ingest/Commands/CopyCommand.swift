import Commands
import HTTPClient
import Retrieval
import Setup

/// `ingest copy`: a corpus from a file to a server, or back.
enum CopyCommand {
  static let from = Option(
    required:
      "from", .text.named("PLACE"), "Corpus to copy: a file, or the address of a Qdrant server.")
  static let to = Option(
    required:
      "to", .text.named("PLACE"), "Where to copy it: a file, or the address of a Qdrant server.")

  static let command = Command(
    "copy", "Copy the corpus from a file to a Qdrant server, or back.",
    discussion: """
      Copies documents, their texts, chunks and vectors; nothing is embedded again. On a server the corpus is named by \
      QDRANT_COLLECTION. A run that breaks off goes on where it stopped; what is there already is left as it is.
      """,
    parameters: [from, to, CorpusOptions.json],
    variables: CorpusSetup.variables,
    examples: [
      Example("To a server", "ingest copy --from footnote.db --to http://localhost:6333"),
      Example("And back", "ingest copy --from http://localhost:6333 --to copy.db"),
    ],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let setup = CorpusOptions.setup(invocation)
    let source = try setup.place(named: invocation[from])
    let target = try setup.place(named: invocation[to])
    var lock: IngestLock?
    defer { withExtendedLifetime(lock) {} }
    if case .file(let path) = target { lock = try await IngestLock.acquire(for: path) }
    // The target is not made before it is known that there is something to copy.
    let origin = try await setup.open(source, access: .read)
    let corpus = try await setup.open(target, access: .create)
    let bar = ProgressBar("Copying", unit: "documents", log: invocation.log)
    defer { bar.finish() }
    let summary = try await CorpusCopier(from: origin, to: corpus)
      .run { done, total in bar.update(done: done, total: total) }
    try await corpus.checkpoint()
    bar.finish()
    if invocation[CorpusOptions.json] {
      try invocation.output.json(summary)
    } else {
      let copied =
        "\(HumanText.count(summary.copied, "document")) with \(HumanText.count(summary.chunks, "chunk"))"
      try invocation.output.line(
        "Copied \(copied) to \(corpus.location); \(HumanText.count(summary.unchanged)) were there already.")
    }
    return .success
  }
}
