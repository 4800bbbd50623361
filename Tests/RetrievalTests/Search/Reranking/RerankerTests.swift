import FoundationEssentials
import Models
import Synchronization
import TestSupport
import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(1))) struct RerankerTests {
  private let embedding = HashingEmbeddingModel(dimensions: 512)

  /// Nine documents that a search for "joint" ranks by how often they say it, after `options` by `model`.
  private func search(
    _ model: ScriptedRerankModel?, _ options: Reranker.Options = Reranker.Options(), limit: Int = 10,
    mode: SearchMode = .reranked, outage: Outage = Outage()
  ) async throws -> SearchResult {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      var documents: [String: String] = [:]
      for number in 1...9 {
        let words = (0..<12).map { $0 < number ? "joint" : "word\(number)x\($0)" }
        documents["/memory/\(number).md"] = "# Title \(number)\n\n" + words.joined(separator: " ")
      }
      let source = MemorySource(documents)
      _ = try await Indexer(corpus: corpus, model: embedding, loader: source).run(source.discovery)
      let extras = Searcher.Extras(
        reranker: model.map { Reranker($0, options: options, outage: outage) }, selection: .none)
      let searcher = try await Searcher(corpus: corpus, model: embedding, extras: extras)
      #expect(searcher.standardMode == (model == nil ? .hybrid : .reranked))
      return try await searcher.search(SearchQuery("joint", mode: mode, limit: limit))
    }
  }

  private func numbers(_ result: SearchResult) -> [Int] {
    result.passages.compactMap { $0.source.split(separator: "/").last?.first?.wholeNumberValue }
  }

  /// Likes what the search likes least.
  private static let contrary = { @Sendable (documents: [String], _: Int) -> [Float] in
    documents.map { 1 - Float($0.split(separator: " ").count { $0.hasSuffix("joint") }) / 20 }
  }

  @Test func `the model's order replaces that of the search, and its scores are shown`() async throws {
    let model = ScriptedRerankModel(Self.contrary)
    let plain = try await search(model, mode: .hybrid)
    #expect(plain.reranking == nil && model.asked.isEmpty)
    let result = try await search(model)
    #expect(numbers(result) == numbers(plain).reversed() && numbers(result).count == 9)
    #expect(result.passages.allSatisfy { $0.rerankScore == $0.score && $0.lexicalScore != nil })
    let report = try #require(result.reranking)
    #expect(report.model == "scripted" && report.scored == 9 && report.candidates == 9 && !report.degraded)
    // It reads where a passage stands, too.
    #expect(model.asked.first?.contains { $0.hasPrefix("Title 9\n") } == true)
  }

  @Test func `more is reranked than is wanted, and no more than the depth`() async throws {
    let model = ScriptedRerankModel(Self.contrary)
    let plain = numbers(try await search(nil, mode: .hybrid))
    let result = try await search(model, Reranker.Options(depth: 4), limit: 2)
    #expect(numbers(result) == Array(plain[..<4].reversed()[..<2]))
    let rest = try await search(model, Reranker.Options(depth: 4))
    #expect(numbers(rest) == plain[..<4].reversed() + plain[4...])
    #expect(rest.passages.map(\.score) == rest.passages.map(\.score).sorted(by: >))
    #expect(rest.passages[4...].allSatisfy { $0.rerankScore == nil })
  }

  @Test func `what there is no time for keeps its order behind the rest`() async throws {
    let plain = numbers(try await search(nil, mode: .hybrid))
    let model = ScriptedRerankModel(batchSize: 3) { documents, call in
      call == 0 ? Self.contrary(documents, call) : try await ScriptedRerankModel.hang()
    }
    let result = try await search(model, Reranker.Options(budget: .milliseconds(600)))
    #expect(numbers(result) == plain[..<3].reversed() + plain[3...])
    #expect(result.reranking?.scored == 3 && result.reranking?.degraded == false)
    #expect(result.passages.map(\.score) == result.passages.map(\.score).sorted(by: >))
    #expect(model.asked.count == 2)
  }

  @Test func `a model that never answers costs its budget and nothing else`() async throws {
    let plain = try await search(nil, mode: .hybrid)
    let model = ScriptedRerankModel { _, _ in try await ScriptedRerankModel.hang() }
    let result = try await search(model, Reranker.Options(budget: .milliseconds(60)))
    #expect(numbers(result) == numbers(plain))
    #expect(result.reranking?.failure?.code == "timeout" && result.reranking?.degraded == true)
    #expect(result.reranking?.failure?.hint?.contains("RERANK_BUDGET") == true)
    #expect(result.milliseconds < 5000)
  }

  @Test func `a model that hangs again and again is not waited for, until it has been tried again`()
    async throws
  {
    let plain = try await search(nil, mode: .hybrid)
    let works = Mutex(false)
    let model = ScriptedRerankModel { documents, call in
      if works.withLock({ $0 }) { return Self.contrary(documents, call) }
      return try await ScriptedRerankModel.hang()
    }
    let pause = Duration.milliseconds(1500)
    let outage = Outage(policy: Outage.Policy(pause: pause))
    let options = Reranker.Options(budget: .milliseconds(40))
    for _ in 0..<3 {
      #expect(try await search(model, options, outage: outage).reranking?.leftOutUntil == nil)
    }
    let left = try await search(model, options, outage: outage)
    let report = try #require(left.reranking)
    #expect(model.asked.count == 3 && numbers(left) == numbers(plain))
    #expect(report.degraded && report.failure?.code == "timeout" && report.milliseconds < 40)
    #expect(report.failure?.message.contains("is left out until") == true)
    #expect(report.failure?.hint?.hasSuffix("Then one question tries it again.") == true)
    let stored = try JSONEncoder().encode(report)
    #expect(try JSONDecoder().decode(RerankReport.self, from: stored) == report)
    #expect(try JSONValue(parsing: stored)["left_out_until"]?.string?.hasSuffix("Z") == true)
    works.withLock { $0 = true }
    try await Task.sleep(for: pause)
    let again = try await search(model, outage: outage)
    #expect(numbers(again) == numbers(plain).reversed() && again.reranking?.degraded == false)
  }

  private static let failures: [(@Sendable ([String], Int) throws -> [Float], String)] = [
    (
      { _, _ in throw ModelError(.quotaExceeded, provider: "cohere", message: "No credit.", hint: "Pay.") },
      "quota_exceeded"
    ),
    ({ _, _ in [0.5] }, "invalid_response"),
    ({ documents, _ in documents.map { _ in .nan } }, "invalid_response"),
    ({ _, _ in throw CorpusError.noPrevious("x") }, "unavailable"),
    // A second batch that fails takes the first one's order back: half an order is none.
    (
      { documents, call in
        if call == 1 { throw ModelError(.rateLimited, provider: "cohere", message: "Slowly.") }
        return contrary(documents, call)
      }, "rate_limited"
    ),
  ]

  @Test(arguments: failures.indices)
  func `a model that fails leaves the order of the search and says why`(number: Int) async throws {
    let (body, code) = Self.failures[number]
    let plain = try await search(nil, mode: .hybrid)
    let result = try await search(ScriptedRerankModel(batchSize: 5) { try body($0, $1) })
    #expect(numbers(result) == numbers(plain))
    #expect(zip(result.passages, plain.passages).allSatisfy { abs($0.score - $1.score) < 1e-9 })
    #expect(result.reranking?.failure?.code == code && result.reranking?.scored == 0)
  }

  @Test func `without a reranker the search says that there is none`() async throws {
    let result = try await search(nil)
    #expect(numbers(result) == numbers(try await search(nil, mode: .hybrid)))
    #expect(result.reranking?.failure?.code == "not_configured" && result.reranking?.model == nil)
  }

  @Test func `a search that is cancelled ends as one`() async throws {
    let model = ScriptedRerankModel { _, _ in try await ScriptedRerankModel.hang() }
    let task = Task { try await search(model, Reranker.Options(budget: .seconds(60))) }
    while model.asked.isEmpty { await Task.yield() }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
