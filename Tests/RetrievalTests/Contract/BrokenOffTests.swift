import HTTPClient
import Models
import Qdrant
import TestSupport
import Testing

@testable import Retrieval

/// What becomes of a corpus on a server when whoever writes it is killed after any of its requests.
@Suite(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"), .timeLimit(.minutes(5)))
struct BrokenOffTests {
  /// Whether the last request was carried out before the writer was gone.
  enum LastRequest: String, CaseIterable, CustomStringConvertible {
    case undone, done
    var description: String { rawValue }
  }

  private let model = HashingEmbeddingModel()
  private let other = HashingEmbeddingModel(name: "other", dimensions: 32)

  private static let first = [
    "/memory/a.md": "# Arms\n\nArms have elbows.\n\n# Hands\n\nHands have fingers.",
    "/memory/b.md": "Legs have knees.", "/memory/c.md": "Heads have eyes.", "/memory/d.md": "! damaged",
  ]

  /// A part has moved from one document to another, one is new, one gone, one mended and one damaged.
  private static let second = [
    "/memory/a.md": "# Arms\n\nArms have elbows and wrists.",
    "/memory/b.md": "Legs have knees.\n\n# Hands\n\nHands have fingers.", "/memory/d.md": "Feet have toes.",
    "/memory/e.md": "Backs have spines.",
  ]

  private func index(_ corpus: QdrantCorpus, _ contents: [String: String]) async throws {
    let source = MemorySource(contents)
    _ = try await Indexer(
      corpus: corpus, model: model, loader: source, options: IndexingOptions(batch: 2)
    ).run(source.discovery)
  }

  /// Runs `body` so that one of its requests after the other is the last that is sent, and then again without a fault.
  ///
  /// - Parameters:
  ///   - before: makes what is there before.
  ///   - check: looks at what is there in the end.
  private func breakOff(
    _ last: LastRequest, after before: (QdrantCorpus) async throws -> Void = { _ in },
    run body: (QdrantCorpus) async throws -> Void, check: (QdrantCorpus) async throws -> Void
  ) async throws {
    let server = try await QdrantStandIn.start()
    defer { server.kill() }
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    let client = QdrantClient(
      QdrantEndpoint(url: server.url, key: { nil }), http: HTTPClient(configuration: configuration))
    var isBroken = true
    // Every third request; the two kinds of endings begin at different ones.
    for place in stride(from: last == .done ? 1 : 0, to: 1000, by: 3) where isBroken {
      let name = QdrantStandIn.uniqueName()
      func open() async throws -> QdrantCorpus {
        try await QdrantCorpus.open(client, name: name, access: .create)
      }
      try await before(try await open())
      let late = last == .done ? #", "late": true"# : ""
      try await server.fault(#"{"status": 400, "path": "/", "times": 100000, "skip": \#(place)\#(late)}"#)
      do {
        try await body(try await open())
        isBroken = false
      } catch is CorpusError {}
      try await server.fault("{}")
      let corpus = try await open()
      try await body(corpus)
      try await check(corpus)
      let findings = try await corpus.findings(isThorough: true)
      #expect(findings.allSatisfy { $0.level != .broken }, "request \(place): \(findings)")
      // Hidden points may be left, which doctor clears away.
      _ = try await corpus.repair()
      let mended = try await corpus.findings(isThorough: true)
      #expect(mended.allSatisfy { $0.level == .healthy }, "request \(place): \(mended)")
    }
    #expect(!isBroken)
  }

  private func check(
    _ corpus: QdrantCorpus, _ contents: [String: String], with model: HashingEmbeddingModel
  ) async throws {
    let documents = try await corpus.documents()
    #expect(documents.map(\.source) == contents.keys.sorted())
    let searcher = try await Searcher(corpus: corpus, model: model)
    for document in documents where document.status == .ready {
      for part in (contents[document.source] ?? "").split(separator: "\n\n") where !part.hasPrefix("#") {
        let found = try await searcher.search(SearchQuery(String(part), limit: 20)).passages
        #expect(found.contains { $0.source == document.source && $0.text.contains(part) })
        let texts = contents.values.joined(separator: "\n")
        #expect(found.allSatisfy { texts.contains($0.text) }, "nothing of an earlier version")
      }
    }
    #expect(
      documents.filter { $0.status != .ready }.allSatisfy { contents[$0.source]?.hasPrefix("!") == true })
  }

  @Test(arguments: LastRequest.allCases)
  func `a first run that is killed anywhere is made good by the next`(last: LastRequest) async throws {
    try await breakOff(
      last, run: { try await index($0, Self.first) }, check: { try await check($0, Self.first, with: model) })
  }

  @Test(arguments: LastRequest.allCases)
  func `so is one that brings what has changed`(last: LastRequest) async throws {
    try await breakOff(
      last, after: { try await index($0, Self.first) }, run: { try await index($0, Self.second) },
      check: { try await check($0, Self.second, with: model) })
  }

  @Test(arguments: LastRequest.allCases)
  func `so is a change of the embedding model`(last: LastRequest) async throws {
    try await breakOff(
      last, after: { try await index($0, Self.first) },
      run: { _ = try await Reembedder(corpus: $0, batch: 2).run(to: other) },
      check: { try await check($0, Self.first, with: other) })
  }

  @Test func `nothing is said to be missing while documents are replaced by shorter ones`() async throws {
    let server = try await QdrantStandIn.start()
    defer { server.kill() }
    let client = QdrantClient(QdrantEndpoint(url: server.url), http: HTTPClient())
    let corpus = try await QdrantCorpus.open(client, name: "corpus", access: .create)
    func contents(_ parts: Int) -> [String: String] {
      ["/memory/a.md": (1...parts).map { "# Part \($0)\n\nText of part \($0)." }.joined(separator: "\n\n")]
    }
    try await index(corpus, contents(8))
    let watching = Task {
      let reader = try await QdrantCorpus.open(client, name: "corpus", access: .read)
      var alarms: [StoreFinding] = []
      while !Task.isCancelled {
        guard let findings = try? await reader.findings(isThorough: false) else { break }
        alarms += findings.filter { $0.level == .broken }
      }
      return alarms
    }
    for _ in 0..<6 {
      for parts in [2, 8] { try await index(corpus, contents(parts)) }
    }
    watching.cancel()
    #expect(try await watching.value == [])
  }
}
