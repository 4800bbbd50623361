import Commands
import Retrieval

/// `ingest status`: the corpus in numbers.
enum StatusCommand {
  static let command = Command(
    "status", "Say what the corpus holds.", parameters: [CorpusOptions.database, CorpusOptions.json], run: run
  )

  static func run(_ invocation: Invocation) async throws -> ExitCode {
    let corpus = try await CorpusOptions.open(invocation, access: .read)
    let status = try await corpus.status()
    if invocation[CorpusOptions.json] {
      try invocation.output.json(status)
      return .success
    }
    let broken = [(status.failed, "failed"), (status.outdated, "outdated")].filter { $0.0 > 0 }
      .map { "\(HumanText.count($0.0)) \($0.1)" }.joined(separator: ", ")
    var lines = [
      "Corpus      \(status.path)\(status.bytes > 0 ? " (\(HumanText.bytes(status.bytes)))" : "")",
      "Model       \(status.model.map(\.description) ?? "none yet")",
      "Documents   \(HumanText.count(status.documents))\(broken.isEmpty ? "" : " (\(broken))")",
      "Chunks      \(HumanText.count(status.chunks))",
      "Embeddings  \(HumanText.count(status.embeddings))",
    ]
    for collection in status.collections {
      lines.append(
        "Collection  \(collection.name): \(HumanText.count(collection.documents, "document")), "
          + HumanText.count(collection.chunks, "chunk"))
    }
    try invocation.output.line(lines.joined(separator: "\n"))
    return .success
  }
}
