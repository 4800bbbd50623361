import Glibc
import Models
import TestSupport
import Testing

@testable import Retrieval

/// A corpus file that another one is put in the place of.
@Suite struct ReplaceableCorpusTests {
  private let model = HashingEmbeddingModel(dimensions: 128)

  private func make(_ path: String, _ documents: [String: String], dimensions: Int = 128) async throws {
    let corpus = try Corpus(path: path, access: .create)
    let source = MemorySource(documents)
    _ = try await Indexer(
      corpus: corpus, model: HashingEmbeddingModel(dimensions: dimensions), loader: source
    ).run(source.discovery)
    try await corpus.checkpoint()
  }

  private func withCorpus(
    _ body: (ReplaceableCorpus, Searcher, _ path: String, _ replace: (String) -> Void) async throws -> Void
  ) async throws {
    try await withTemporaryDirectory { directory in
      let path = directory + "/test.db"
      try await make(path, ["/m/a.md": "The knee bends by 120 degrees.", "/m/b.md": "A camera looks at it."])
      let corpus = ReplaceableCorpus(
        try Corpus(path: path, access: .read), model: model.fingerprint, vectors: .full
      ) { try Corpus(path: path, access: .read) }
      let searcher = try await Searcher(corpus: corpus, model: model)
      try await body(corpus, searcher, path) { other in #expect(rename(other, path) == 0) }
    }
  }

  private func text(_ searcher: Searcher) async throws -> String {
    try await searcher.search(SearchQuery("knee", limit: 1)).passages.first?.text ?? ""
  }

  /// Files of this process that have been removed or replaced, below a folder.
  private func openRemains(of path: String) -> Int {
    (0..<1024).count { descriptor in
      var buffer = [CChar](repeating: 0, count: 4096)
      let count = readlink("/proc/self/fd/\(descriptor)", &buffer, buffer.count)
      guard count > 0 else { return false }
      let target = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      return target == path + " (deleted)"
    }
  }

  @Test func `the next search sees it, one that has begun does not, and the earlier file is closed`()
    async throws
  {
    try await withCorpus { corpus, searcher, path, replace in
      #expect(try await text(searcher).contains("120") && openRemains(of: path) == 0)
      let first = try await corpus.generation
      #expect(await corpus.renew() == .unchanged)
      try await make(path + "2", ["/m/a.md": "The knee bends by 90 degrees."])
      var begun: PassageCandidates? = try await searcher.index.candidates(
        for: SearchQuery("knee", mode: .lexical), depth: 5
      ) { [] }
      replace(path + "2")
      #expect(corpus.isReplaced && openRemains(of: path) > 0)
      #expect(try await text(searcher).contains("120"), "nobody has looked yet")
      #expect(await corpus.renew() == .replaced)
      #expect(try await text(searcher).contains("90") && !corpus.isReplaced)
      #expect(try await corpus.documents().map(\.source) == ["/m/a.md"])
      #expect(
        try await corpus.generation > first, "what is remembered of the earlier one is looked for again")
      #expect(try await corpus.status().generation == corpus.generation)
      let found = try await begun?.passages(begun?.scores.map(\.chunk) ?? [])
      #expect(found?.first?.text.contains("120") == true)
      #expect(openRemains(of: path) > 0)
      begun = nil
      // The last thread that has used it may just be letting go of it.
      let start = ContinuousClock.now
      while openRemains(of: path) > 0, .now - start < .seconds(10) {
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(openRemains(of: path) == 0)
    }
  }

  @Test func `what is no corpus, of another model or not there is not used, and the reason is kept`()
    async throws
  {
    try await withCorpus { corpus, searcher, path, replace in
      try write("This is no corpus, but some text of its own.", to: path + "2")
      replace(path + "2")
      guard case .refused(let reason) = await corpus.renew() else {
        Issue.record("it was used")
        return
      }
      #expect(reason.contains("is not a Footnote corpus") && corpus.replacementFailure == reason)
      #expect(await corpus.renew() == .unchanged, "it is said once")
      #expect(corpus.replacementFailure == reason && corpus.isReplaced)
      try await make(path + "2", ["/m/a.md": "The knee bends by 90 degrees."], dimensions: 64)
      replace(path + "2")
      guard case .refused(let model) = await corpus.renew() else {
        Issue.record("it was used")
        return
      }
      #expect(model.contains("it was embedded with") && model != reason)
      #expect(unlink(path) == 0)
      #expect(await corpus.renew() == .unchanged && corpus.isReplaced && corpus.replacementFailure == nil)
      #expect(try await text(searcher).contains("120"), "the earlier one answers all the while")
      try await make(path + "2", ["/m/a.md": "The knee bends by 90 degrees."])
      replace(path + "2")
      #expect(await corpus.renew() == .replaced && corpus.replacementFailure == nil)
      #expect(try await text(searcher).contains("90"))
    }
  }

  @Test func `one is not mixed with what the earlier file's log still holds`() async throws {
    try await withCorpus { corpus, searcher, path, replace in
      let writer = try Corpus(path: path, access: .write)
      try await writer.set(["a": "1"], of: "b")
      #expect(await corpus.renew() == .unchanged && FileAccess.size(path + "-wal") > 0)
      try await make(path + "2", ["/m/a.md": "The knee bends by 90 degrees."])
      replace(path + "2")
      guard case .refused(let reason) = await corpus.renew() else {
        Issue.record("it was used")
        return
      }
      #expect(reason.contains("its log still holds changes of the file that lay there before"))
      #expect(try await text(searcher).contains("120"))
      for name in ["-wal", "-shm"] { #expect(unlink(path + name) == 0) }
      #expect(await corpus.renew() == .replaced)
      #expect(try await text(searcher).contains("90"))
      withExtendedLifetime(writer) {}
    }
  }

  @Test func `it is taken into use when nobody writes it, and nobody does while the earlier one is read`()
    async throws
  {
    try await withCorpus { corpus, searcher, path, replace in
      try await make(path + "2", ["/m/a.md": "The knee bends by 90 degrees."])
      var writer: IngestLock? = try await IngestLock.acquire(for: path)
      replace(path + "2")
      #expect(await corpus.renew() == .unchanged)
      #expect(corpus.replacementFailure?.contains("is being written by process") == true)
      withExtendedLifetime(writer) {}
      writer = nil
      var begun: PassageCandidates? = try await searcher.index.candidates(
        for: SearchQuery("knee", mode: .lexical), depth: 5
      ) { [] }
      #expect(await corpus.renew() == .replaced)
      await #expect(throws: CorpusError.self) { try await IngestLock.acquire(for: path, waits: false) }
      #expect(begun?.scores.isEmpty == false)
      begun = nil
      _ = try await IngestLock.acquire(for: path)
      #expect(openRemains(of: path) == 0)
    }
  }

  @Test func `searches go on while files are replaced again and again`() async throws {
    try await withCorpus { corpus, searcher, path, replace in
      let done = Signal()
      let searching = Task {
        var count = 0
        while !done.isRaised {
          let text = try await text(searcher)
          #expect(text.hasPrefix("The knee bends by"))
          count += 1
        }
        return count
      }
      for round in 0..<10 {
        try await make(path + "2", ["/m/a.md": "The knee bends by \(round) degrees."])
        replace(path + "2")
        let start = ContinuousClock.now
        while corpus.isReplaced, .now - start < .seconds(10) {
          async let one = corpus.renew()
          async let two = corpus.renew()
          _ = await (one, two)
        }
        #expect(!corpus.isReplaced)
      }
      done.raise()
      #expect(try await searching.value > 10)
      #expect(try await text(searcher).contains("by 9 degrees"))
    }
  }
}
