import Commands
import FoundationEssentials
import Retrieval
import Setup

/// The corpus that a labelled set is taken into, apart from any that people ask.
enum EvalCorpus {
  /// Runs `body` with the corpus that `--db` names, else with one that is removed afterwards: on the server that
  /// QDRANT_URL names, or in a file.
  static func with<Result>(
    _ set: LabelledSet, _ invocation: Invocation, _ body: (any CorpusStore) async throws -> Result
  ) async throws -> Result {
    let setup = CorpusOptions.setup(invocation)
    let isKept = invocation[EvalCommand.keep] != nil
    let file = invocation[EvalCommand.keep] ?? temporaryFile()
    var place = try setup.place(file: file, isExplicit: isKept)
    if case .qdrant(let client, let name) = place {
      let own = isKept ? String(set.name.filter(isNameCharacter)) : UUID().uuidString.lowercased()
      place = .qdrant(client, name: "\(name)-eval-\(own)")
    }
    let corpus = try await setup.open(place, access: .create)
    if isKept {
      try await checkOwn(corpus)
      return try await body(corpus)
    }
    do {
      let result = try await body(corpus)
      try await remove(corpus)
      return result
    } catch {
      // Also while this task is being cancelled; what failed first is what counts.
      _ = await Task { try await remove(corpus) }.result
      throw error
    }
  }

  /// Makes sure that a corpus holds nothing but labelled sets: other documents would be found too, and measured.
  static func checkOwn(_ corpus: any CorpusStore) async throws {
    let all = try await corpus.documents(matching: SearchFilter(), status: nil, offset: 0, limit: 1).total
    let own = try await corpus.sources(below: LabelledSetLoader.scheme, in: IndexingOptions().collection)
      .count
    guard all > own else { return }
    throw UsageError(
      "\(corpus.location) holds documents that are of no labelled set: \(HumanText.count(all - own)).",
      hint: "Name a file of its own with --db, or none.")
  }

  private static func temporaryFile() -> String {
    FileManager.default.temporaryDirectory.appending(path: "footnote-eval-\(UUID().uuidString).db")
      .path(percentEncoded: false)
  }

  private static func isNameCharacter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber || "-_".contains(character))
  }

  private static func remove(_ corpus: any CorpusStore) async throws {
    if let server = corpus as? QdrantCorpus { return try await server.deleteAll() }
    for suffix in ["", "-wal", "-shm", "-lock"] {
      try? FileManager.default.removeItem(atPath: corpus.location + suffix)
    }
  }
}
