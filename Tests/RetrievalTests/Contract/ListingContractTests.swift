import Models
import TestSupport
import Testing

@testable import Retrieval

/// Lists, excerpts and memories are the same in every store.
@Suite(.timeLimit(.minutes(3))) struct ListingContractTests {
  let model = HashingEmbeddingModel()
  let source = MemorySource([
    "/memory/a.md": "# Arms\n\nArms have 𝒏 elbows.\n\n# Hands\n\nHands have fingers.",
    "/memory/b.md": "Legs have knees.", "/memory/c.md": "! broken", "/memory/d.md": "Heads have eyes.",
  ])

  private func withCorpus(_ kind: StoreKind, _ body: (any CorpusStore) async throws -> Void) async throws {
    try await kind.withPlace { place in
      let corpus = try await place.open(.create)
      let options = IndexingOptions(chunking: ChunkingOptions(target: 8, overlap: 0))
      _ = try await Indexer(corpus: corpus, model: model, loader: source, options: options)
        .run(source.discovery)
      try await body(corpus)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `documents come in pages, by status and by filter`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus async throws in
      func page(
        _ filter: SearchFilter = SearchFilter(), _ status: StoredDocument.Status? = nil, _ offset: Int = 0,
        _ limit: Int = 10
      ) async throws -> String {
        let page = try await corpus.documents(matching: filter, status: status, offset: offset, limit: limit)
        let names = page.documents.map { String($0.name.suffix(4).prefix(1)) }
        return "\(names.joined()) of \(page.total)"
      }
      #expect(try await page() == "abcd of 4")
      #expect(try await page(SearchFilter(), nil, 1, 2) == "bc of 4")
      #expect(try await page(SearchFilter(), nil, 4, 2) == " of 4")
      #expect(try await page(SearchFilter(), .ready, 2, 5) == "d of 3")
      #expect(try await page(SearchFilter(), .failed) == "c of 1")
      #expect(try await page(SearchFilter(sourcePrefix: "/memory/b")) == "b of 1")
      #expect(try await page(SearchFilter(collections: ["other"])) == " of 0")
    }
  }

  @Test(arguments: StoreKind.testable)
  func `a document is found by its number`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus async throws in
      let all = try await corpus.documents()
      for document in all { #expect(try await corpus.document(document.id) == document) }
      for wrong in [-1, 0, (all.map(\.id).max() ?? 0) + 1, 1 << 48, .max] {
        #expect(try await corpus.document(wrong) == nil)
      }
      try await corpus.remove([all[0].source], in: "default")
      #expect(try await corpus.document(all[0].id) == nil)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `an excerpt counts code points and knows where it stands`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus async throws in
      let document = try #require(try await corpus.documents().first)
      #expect(document.chunks == 2)
      let text = Array(try await corpus.text(of: document.source).unicodeScalars)
      func excerpt(_ range: Range<Int>, _ context: Int = 0) async throws -> DocumentExcerpt {
        try #require(try await corpus.excerpt(of: document.id, range: range, context: context))
      }
      let start = try #require(text.firstIndex(of: "𝒏"))
      let first = try await excerpt(start..<start + 8, 5)
      #expect(first.text == "𝒏 elbows" && first.before == "have " && first.after.hasPrefix("."))
      #expect(first.range == start..<start + 8 && first.length == text.count)
      #expect(first.headingPath == ["Arms"])
      let last = try #require(text.lastIndex(of: "f"))
      let second = try await excerpt(last..<text.count + 90, 1000)
      #expect(second.text.hasPrefix("fingers.") && second.after == "")
      #expect(second.before.unicodeScalars.count == last)
      #expect(second.headingPath == ["Hands"] && second.range.upperBound == text.count)
      let beyond = try await excerpt(text.count + 5..<text.count + 9, 20)
      #expect(beyond.text == "" && beyond.before == "" && beyond.range == text.count..<text.count)
      let failed = try #require(try await corpus.documents().first { $0.status == .failed })
      #expect(try await corpus.excerpt(of: failed.id, range: 0..<5, context: 5)?.length == 0)
      #expect(try await corpus.excerpt(of: 777, range: 0..<5, context: 0) == nil)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `what a crawl remembers is kept, changed and forgotten`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus async throws in
      try await corpus.set(["a": "1", "b": "2"], of: "site")
      try await corpus.set(["a": "1"], of: "other")
      #expect(try await corpus.value("a", of: "site") == "1")
      try await corpus.set(["a": "3", "b": nil, "c": nil], of: "site")
      #expect(try await corpus.value("a", of: "site") == "3")
      #expect(try await corpus.value("b", of: "site") == nil)
      try await corpus.removeAll(of: "site")
      #expect(try await corpus.value("a", of: "site") == nil)
      #expect(try await corpus.value("a", of: "other") == "1")
      #expect(try await corpus.documents().count == 4, "memories are no documents")
    }
  }
}
