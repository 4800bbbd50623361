import Commands
import Retrieval

/// `ingest list`: the documents of a corpus.
enum ListCommand {
  static let failed = Flag("failed", "Only documents whose last reading failed.")

  static let command = Command(
    "list", "List the documents of the corpus.",
    parameters: [
      CorpusOptions.database, CorpusOptions.collections, CorpusOptions.tags, CorpusOptions.prefix, failed,
      CorpusOptions.json,
    ],
    examples: [Example("What could not be read, and why", "ingest list --failed")],
    run: run)

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let corpus = try await CorpusOptions.open(invocation, access: .read)
    let matching = try await corpus.documents(matching: CorpusOptions.filter(invocation))
    let documents = matching.filter { !invocation[failed] || $0.status != .ready }
    if invocation[CorpusOptions.json] {
      try invocation.output.json(["documents": documents])
      return .success
    }
    var table = TextTable([
      TextTable.Column("DOCUMENT", truncation: .middle), TextTable.Column("TITLE", truncation: .tail),
      TextTable.Column("CHUNKS", .trailing), TextTable.Column("STATUS"), TextTable.Column("COLLECTION"),
      TextTable.Column("TAGS"),
    ])
    for document in documents {
      table.add([
        document.name, document.title ?? "", String(document.chunks),
        document.status.rawValue + (document.missing.isEmpty ? "" : ", in part"), document.collection,
        document.tags.joined(separator: ","),
      ])
    }
    if matching.isEmpty {
      try await CorpusOptions.explainNothing(invocation, in: corpus, status: nil)
    } else if documents.isEmpty {
      invocation.log.info("Of \(HumanText.count(matching.count, "document")), none has failed.")
    }
    if !table.isEmpty { try invocation.output.write(table.text(width: invocation.output.terminalWidth())) }
    for document in documents {
      if let error = document.error { invocation.log.warning("\(document.source): \(error)") }
      if !document.missing.isEmpty {
        invocation.log.warning("\(document.source): \(document.missing.joined(separator: ", "))")
      }
    }
    return .success
  }
}
