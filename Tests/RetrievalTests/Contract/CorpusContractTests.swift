import Models
import TestSupport
import Testing

@testable import Retrieval

/// What every store of a corpus does in the same way.
@Suite(.timeLimit(.minutes(3))) struct CorpusContractTests {
  let model = HashingEmbeddingModel()
  let source = MemorySource([
    "/memory/a.md": "# Arms\n\nArms have elbows.", "/memory/b.md": "Legs have knees.",
    "/memory/c.md": "Heads have eyes.",
  ])

  @Test(.enabled(if: QdrantStandIn.isAvailable, "\(QdrantStandIn.reason)"))
  func bothStoresAreTested() {
    #expect(StoreKind.testable == StoreKind.allCases)
  }

  private func run(
    _ corpus: any CorpusStore, _ model: HashingEmbeddingModel? = nil,
    options: IndexingOptions = IndexingOptions()
  ) async throws -> IndexingSummary {
    try await Indexer(corpus: corpus, model: model ?? self.model, loader: source, options: options)
      .run(source.discovery)
  }

  private func withStore(_ kind: StoreKind, _ body: (any CorpusStore, StorePlace) async throws -> Void)
    async throws
  {
    try await kind.withPlace { place in try await body(try await place.open(.create), place) }
  }

  @Test(arguments: StoreKind.testable)
  func aMissingCorpusIsNamed(kind: StoreKind) async throws {
    try await kind.withPlace { place in
      for access in [Corpus.Access.read, .write] {
        let error = try await #require(throws: CorpusError.self) { _ = try await place.open(access) }
        #expect(error.code == .missing && error.description.contains("ingest add PATH"))
      }
    }
  }

  @Test(arguments: StoreKind.testable)
  func aSecondRunEmbedsNothingAndIsNoNewGeneration(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, _ in
      let first = try await run(corpus)
      #expect(first.documents.added == 3 && first.chunks == 3 && first.embedded == 3)
      let generation = try await corpus.generation
      let second = try await run(corpus)
      #expect(second.documents == IndexingSummary.Documents(unchanged: 3))
      #expect(second.embedded == 0 && model.embedded.count == 3)
      #expect(try await corpus.generation == generation)
    }
  }

  @Test(arguments: StoreKind.testable)
  func aChangedDocumentReplacesItsChunksAndEmbedsOnlyNewTexts(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      source["/memory/b.md"] = "# One\n\nFirst part stays.\n\n# Two\n\nSecond part."
      _ = try await run(corpus)
      source["/memory/b.md"] = "# One\n\nFirst part stays.\n\n# Two\n\nSecond part changed."
      let summary = try await run(try await place.open(.write))
      #expect(summary.documents == IndexingSummary.Documents(changed: 1, unchanged: 2))
      #expect(summary.embedded == 1 && summary.cached == 1 && summary.chunks == 2)
      #expect(try await corpus.text(of: "/memory/b.md").contains("Second part changed."))
      #expect(try await corpus.text(of: "memory/b.md").contains("Second part changed."))
      #expect(try await corpus.status().chunks == 4)
    }
  }

  @Test(arguments: StoreKind.testable)
  func documentsLeaveWithTheirSourceOrWhenToldTo(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, _ in
      _ = try await run(corpus)
      source["/memory/c.md"] = nil
      #expect(try await run(corpus, options: IndexingOptions(keepsMissing: true)).documents.removed == 0)
      #expect(try await run(corpus).documents.removed == 1)
      #expect(try await corpus.documents().map(\.source) == ["/memory/a.md", "/memory/b.md"])
      #expect(
        try await corpus.remove("memory/b.md", in: nil) == [
          RemovedDocument(source: "/memory/b.md", collection: "default")
        ])
      #expect(try await corpus.remove("/memory/", in: "default").map(\.source) == ["/memory/a.md"])
      let error = try await #require(throws: CorpusError.self) { try await corpus.remove("a.md", in: nil) }
      #expect(error.code == .notFound)
      let status = try await corpus.status()
      #expect(status.documents == 0 && status.chunks == 0 && status.collections.isEmpty)
      #expect(try await run(corpus).documents.added == 2, "what was removed can come back")
    }
  }

  @Test(arguments: StoreKind.testable)
  func aMovedDocumentKeepsItsVectors(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, _ in
      _ = try await run(corpus)
      source["/memory/moved.md"] = source["/memory/a.md"]
      source["/memory/a.md"] = nil
      let summary = try await run(corpus)
      #expect(summary.documents == IndexingSummary.Documents(added: 1, unchanged: 2, removed: 1))
      #expect(summary.cached == 1 && summary.embedded == 0)
    }
  }

  @Test(arguments: StoreKind.testable)
  func aFailureIsReportedKeepsTheLastVersionAndIsTriedAgain(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, _ in
      source["/memory/d.md"] = "! broken"
      let first = try await run(corpus)
      #expect(first.documents.failed == 1 && first.documents.added == 3)
      #expect(first.failures.map(\.source) == ["/memory/d.md"])
      source["/memory/a.md"] = "! broken too"
      #expect(try await run(corpus).documents.failed == 2)
      let stored = try await corpus.documents()
      #expect(stored.map(\.status) == [.outdated, .ready, .ready, .failed])
      #expect(stored[0].chunks == 1 && stored[0].error == "it is damaged")
      let status = try await corpus.status()
      #expect(status.documents == 4 && status.failed == 1 && status.outdated == 1 && status.chunks == 3)
      source["/memory/a.md"] = "# Arms\n\nArms have elbows."
      source["/memory/d.md"] = "Mended."
      let mended = try await run(corpus)
      #expect(mended.documents == IndexingSummary.Documents(added: 1, changed: 1, unchanged: 2))
      #expect(try await corpus.documents().allSatisfy { $0.status == .ready && $0.error == nil })
      #expect(try await corpus.status().chunks == 4)
    }
  }

  @Test(arguments: StoreKind.testable)
  func aFailureHasTheTagsOfItsRunUnlessChunksAreFoundByOthers(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, _ in
      _ = try await run(corpus, options: IndexingOptions(tags: ["first"]))
      source["/memory/a.md"] = "! broken"
      source["/memory/d.md"] = "! broken too"
      _ = try await run(corpus, options: IndexingOptions(tags: ["red", "blue"]))
      let stored = try await corpus.documents().filter { $0.status != .ready }
      #expect(stored.map { Set($0.tags) } == [["first"], ["blue", "red"]])
      let filter = SearchFilter(tags: ["red"])
      #expect(try await corpus.documents(matching: filter).map(\.source).contains("/memory/d.md"))
      _ = try await run(corpus, options: IndexingOptions(tags: ["green"]))
      #expect(try await corpus.documents().last?.tags == ["green"])
    }
  }

  @Test(arguments: StoreKind.testable)
  func aRunThatBreaksOffGoesOnWithoutEmbeddingTwice(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      source["/memory/long.md"] = (1...40).map { "# Part \($0)\n\nText of part \($0)." }.joined(
        separator: "\n\n")
      let options = IndexingOptions(batch: 4)
      model.fail(after: 3)
      await #expect(throws: HashingEmbeddingModel.Failure.self) { try await run(corpus, options: options) }
      #expect(model.embedded.count == 12)
      #expect(try await corpus.documents().allSatisfy { $0.source != "/memory/long.md" })
      model.fail(after: .max)
      let summary = try await run(try await place.open(.write), options: options)
      #expect(summary.documents.failed == 0)
      #expect(model.embedded.count == 43 && Set(model.embedded).count == 43, "no text was embedded twice")
      #expect(try await corpus.documents().reduce(0) { $0 + $1.chunks } == 43)
      #expect(try await corpus.status().embeddings == 43, "nothing is left over")
    }
  }

  @Test(arguments: StoreKind.testable)
  func anotherModelIsRefusedWithTheCommandThatHelps(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      _ = try await run(corpus)
      let other = HashingEmbeddingModel(name: "other", dimensions: 32)
      let error = try await #require(throws: CorpusError.self) { try await run(corpus, other) }
      #expect(error.code == .otherModel)
      #expect(error.description.contains("ingest reembed --model other\(corpus.commandOption)'"))
      let reader = try await place.open(.read)
      await #expect(throws: CorpusError.self) { try await Searcher(corpus: reader, model: other) }
    }
  }

  @Test(arguments: StoreKind.testable)
  func anotherReaderSeesANewGeneration(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      _ = try await run(corpus)
      let reader = try await place.open(.read)
      let searcher = try await Searcher(corpus: reader, model: model)
      let generation = try await reader.generation
      #expect(try await searcher.search(SearchQuery("hydraulic pump", mode: .lexical)).passages.isEmpty)
      source["/memory/pump.md"] = "A hydraulic pump."
      _ = try await run(corpus)
      #expect(try await reader.generation > generation)
      for mode in SearchMode.allCases {
        let found = try await searcher.search(SearchQuery("hydraulic pump", mode: mode)).passages
        #expect(found.first?.source == "/memory/pump.md")
      }
    }
  }

  @Test(arguments: StoreKind.testable)
  func aCorpusMovesToAnotherModelAndBack(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      for number in 0..<30 { source["/memory/\(number).md"] = "# Same\n\nText \(number % 20)." }
      _ = try await run(corpus)
      let other = HashingEmbeddingModel(name: "other", dimensions: 32)
      other.fail(after: 2)
      await #expect(throws: HashingEmbeddingModel.Failure.self) {
        try await Reembedder(corpus: corpus, batch: 7).run(to: other)
      }
      #expect(
        try await corpus.fingerprint == model.fingerprint,
        "the old vectors serve until all new ones are there")
      other.fail(after: .max)
      _ = try await Reembedder(corpus: try await place.open(.write), batch: 7).run(to: other)
      #expect(Set(other.embedded).count == other.embedded.count, "no text was embedded twice")
      #expect(try await corpus.fingerprint == other.fingerprint)
      let searcher = try await Searcher(corpus: corpus, model: other)
      #expect(try await searcher.search(SearchQuery("elbows")).passages.first?.source == "/memory/a.md")
      source["/memory/late.md"] = "Written after the change."
      source["/memory/b.md"] = nil
      _ = try await run(corpus, other)
      let before = model.embedded.count
      #expect(try await Reembedder(corpus: corpus).rollback(to: model) == 1)
      #expect(model.embedded.count == before + 1)
      let old = try await Searcher(corpus: corpus, model: model)
      let found = try await old.search(SearchQuery("written after the change")).passages
      #expect(found.first?.source == "/memory/late.md")
      #expect(try await old.search(SearchQuery("legs knees", mode: .lexical)).passages.isEmpty)
    }
  }

  @Test(arguments: StoreKind.testable)
  func aChangeOfModelThatBrokeOffOutlivesARepairUntilItIsFinishedOrGivenUp(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      for number in 0..<20 { source["/memory/\(number).md"] = "# Same\n\nText \(number)." }
      _ = try await run(corpus)
      #expect(try await corpus.nextModel == nil)
      let other = HashingEmbeddingModel(name: "other", dimensions: 32)
      func breakOff() async throws {
        other.fail(after: 2)
        await #expect(throws: HashingEmbeddingModel.Failure.self) {
          try await Reembedder(corpus: corpus, batch: 7).run(to: other)
        }
        other.fail(after: .max)
      }
      func repair() async throws -> Int {
        if let server = corpus as? QdrantCorpus { return try await server.repair().count }
        return try await (corpus as? Corpus)?.pruneCache() ?? 0
      }
      try await breakOff()
      let next = try #require(try await corpus.nextModel)
      #expect(next.fingerprint == other.fingerprint)
      #expect(try await repair() == 0, "what is embedded is paid for")
      #expect(try await corpus.textsWithoutVector(of: next) == 23 - 14)
      _ = try await Reembedder(corpus: try await place.open(.write), batch: 7).run(to: other)
      #expect(other.embedded.count == 23 && Set(other.embedded).count == 23, "no text was embedded twice")
      #expect(try await corpus.fingerprint == other.fingerprint)
      #expect(try await corpus.nextModel == nil)

      let third = HashingEmbeddingModel(name: "third", dimensions: 16)
      third.fail(after: 1)
      await #expect(throws: HashingEmbeddingModel.Failure.self) {
        try await Reembedder(corpus: corpus, batch: 7).run(to: third)
      }
      #expect(try await corpus.nextModel?.fingerprint == third.fingerprint)
      #expect(try await Reembedder(corpus: corpus).run(to: other) == 0)
      #expect(try await corpus.nextModel == nil)
      #expect(try await repair() > 0)
    }
  }

  @Test(arguments: StoreKind.testable)
  func aSearchNeverFindsAPartOfADocument(kind: StoreKind) async throws {
    try await withStore(kind) { corpus, place in
      func write(_ version: Int) {
        source["/memory/versions.md"] = (0..<12).map { "# Part \($0)\n\nVersion \(version) of part \($0)." }
          .joined(separator: "\n\n")
      }
      write(0)
      _ = try await run(corpus)
      let reader = try await place.open(.read)
      let searcher = try await Searcher(corpus: reader, model: model)
      let reading = Task {
        var seen: [Set<String>] = []
        while !Task.isCancelled {
          let passages: [Passage]
          do {
            passages = try await searcher.search(SearchQuery("version of part", mode: .lexical, limit: 50))
              .passages
              .filter { $0.source == "/memory/versions.md" }
          } catch is CancellationError {
            break  // A search over the network ends at once when it is cancelled.
          }
          seen.append(
            Set(passages.compactMap { $0.text.split(separator: " ").dropFirst().first.map(String.init) }))
          // Replaced between finding and reading it, a document is not there for that one search.
          if passages.isEmpty { seen.removeLast() } else if passages.count != 12 { seen.append(["part"]) }
        }
        return seen
      }
      for version in 1...4 {
        write(version)
        _ = try await run(corpus)
      }
      reading.cancel()
      let seen = try await reading.value
      #expect(seen.allSatisfy { $0.count == 1 && Int($0.first ?? "") != nil }, "\(seen)")
    }
  }
}
