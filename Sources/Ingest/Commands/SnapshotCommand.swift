import Commands
import Retrieval
import Setup

/// `ingest snapshot`: the corpus as it is now, kept for later.
enum SnapshotCommand {
  static let command = Command(
    "snapshot", "Keep the corpus as it is now: a copy of its file, or snapshots on the Qdrant server.",
    discussion: """
      A copy of the file is consistent whatever is ingested or served meanwhile, and complete when it has its name; it \
      is a corpus like any other. A Qdrant server writes one snapshot for each of the corpus's two collections, on its \
      own disk.
      """, commands: [create, list, delete])

  static let target = Argument(optional: "FILE", .path, "The file to write; a Qdrant server needs none.")
  static let name = Argument("NAME", .text, "Name of the snapshot, as 'ingest snapshot list' prints it.")

  static let create = Command(
    "create", "Write a copy of the corpus's file, or snapshots on the server.",
    parameters: [target, CorpusOptions.database, CorpusOptions.json], variables: CorpusSetup.variables,
    examples: [Example("A file that can be copied elsewhere", "ingest snapshot create footnote-backup.db")]
  ) { invocation in
    switch try CorpusOptions.place(invocation) {
    case .file(let path):
      guard let target = invocation[target] else {
        throw UsageError("The copy of '\(path)' needs a name.", hint: "Run 'ingest snapshot create FILE'.")
      }
      let size = try await Corpus(path: path, access: .read).backUp(to: target)
      return try write([CorpusSnapshot(name: target, collection: path, size: size)], invocation)
    case .qdrant:
      if let target = invocation[target] {
        throw UsageError(
          "Snapshots of a Qdrant server stay there, and '\(target)' is a file.",
          hint: "Leave it out, or copy the corpus: 'ingest copy --from ADDRESS --to \(target)'.")
      }
      let (made, isWhole) = try await server(invocation).createSnapshots()
      if !isWhole {
        invocation.log.warning("The corpus was changed meanwhile: make snapshots while nothing is ingested.")
      }
      let code = try write(made, invocation)
      return isWhole ? code : .failure
    }
  }

  static let list = Command(
    "list", "List the snapshots on the server.", parameters: [CorpusOptions.database, CorpusOptions.json],
    variables: CorpusSetup.variables
  ) { invocation in
    try write(try await server(invocation).snapshots(), invocation)
  }

  static let delete = Command(
    "delete", "Delete a snapshot on the server.", parameters: [name, CorpusOptions.database],
    variables: CorpusSetup.variables
  ) { invocation in
    try await server(invocation).deleteSnapshot(invocation[name])
    return .success
  }

  private static func server(_ invocation: Invocation) async throws -> QdrantCorpus {
    let corpus = try await CorpusOptions.open(invocation, access: .read)
    guard let server = corpus as? QdrantCorpus else {
      throw UsageError(
        "The corpus '\(corpus.location)' is a file: its snapshots are files of yours.",
        hint: "'ingest snapshot create FILE' writes one; QDRANT_URL names a server.")
    }
    return server
  }

  private static func write(_ snapshots: [CorpusSnapshot], _ invocation: Invocation) throws -> ExitCode {
    if invocation[CorpusOptions.json] {
      try invocation.output.json(["snapshots": snapshots])
      return .success
    }
    var table = TextTable([
      TextTable.Column("SNAPSHOT"), TextTable.Column("OF"), TextTable.Column("SIZE", .trailing),
    ])
    for snapshot in snapshots {
      table.add([snapshot.name, snapshot.collection, HumanText.bytes(snapshot.size)])
    }
    if !table.isEmpty { try invocation.output.write(table.text(width: nil)) }
    return .success
  }
}
