import Commands
import TestSupport
import Testing

@testable import Ingest

@Suite struct RerankTests {
  private let fixture: IngestFixture
  private let reranker = ModelFolder()

  init() throws {
    fixture = try IngestFixture()
    var model = TinyModel(seed: 5, positions: 128)
    model.prefix = "bert."
    model.labels = 1
    for name in ["classifier.weight", "classifier.bias"] {
      model.tensors[name]?.shape[0] = 1
      model.tensors[name]?.values.removeLast(2 * (name == "classifier.weight" ? model.hidden : 1))
    }
    model.write(to: reranker)
    try fixture.write("a.md", "# Knee\n\nThe knee bends by 120 degrees.")
    try fixture.write("b.md", "# Arm\n\nThe elbow bends the arm.")
  }

  private var local: [String: String] { ["RERANK_PROVIDER": "local", "RERANK_MODEL_DIR": reranker.path] }

  private struct Result: Decodable {
    struct Passage: Decodable { var rerankScore: Double? }
    struct Reranking: Decodable {
      var model: String?
      var scored: Int
      var degraded: Bool
    }
    var mode: String
    var passages: [Passage]
    var reranking: Reranking?
  }

  @Test func `a local cross-encoder reranks where it is set up`() async throws {
    _ = await fixture.run("add", fixture.documents)
    let found = await fixture.run("search", "--json", "knee", environment: local)
    #expect(found.code == .success, "\(found.messages)")
    let result = try found.json(Result.self)
    #expect(result.mode == "reranked" && result.passages.allSatisfy { $0.rerankScore != nil })
    #expect(result.reranking?.scored == 2 && result.reranking?.degraded == false)
    let usual = try await fixture.run("search", "--json", "knee").json(Result.self)
    #expect(
      usual.mode == "reranked" && usual.reranking?.scored == 2, "by sentences, where nothing else is set up")
    let hybrid = try await fixture.run("search", "--mode", "hybrid", "--json", "knee").json(Result.self)
    #expect(hybrid.mode == "hybrid" && hybrid.reranking == nil)
    let off = await fixture.run("search", "--json", "knee", environment: ["RERANK_PROVIDER": "none"])
    #expect(try off.json(Result.self).mode == "hybrid")
    let none = await fixture.run(
      "search", "--mode", "reranked", "knee", environment: ["RERANK_PROVIDER": "none"])
    #expect(none.code == .success && none.messages.contains("Set RERANK_PROVIDER"))
    #expect(await fixture.run("ask", "How far does the knee bend?", environment: local).code == .success)
  }

  @Test func `doctor says whether it works`() async throws {
    _ = await fixture.run("add", fixture.documents)
    #expect(!(await fixture.run("doctor").output.contains("reranker")))
    let healthy = await fixture.run("doctor", environment: local)
    #expect(healthy.code == .success && healthy.output.contains("ok       reranker:"), "\(healthy.output)")
    let missing = await fixture.run("doctor", environment: ["RERANK_PROVIDER": "local"])
    #expect(missing.output.contains("warning  reranker: There is no reranker in"), "\(missing.output)")
    let search = await fixture.run("search", "knee", environment: ["RERANK_PROVIDER": "local"])
    #expect(search.code == .failure && search.messages.contains("RERANK_MODEL_DIR"))
    let wrong = await fixture.run("search", "knee", environment: ["RERANK_PROVIDER": "magic"])
    #expect(wrong.code == .usage && wrong.messages.contains("RERANK_PROVIDER"))
    for (name, value) in [("RERANK_BUDGET", "soon"), ("DIVERSITY", "2"), ("NEAR_DUPLICATES", "0.1")] {
      let settings = local.merging([name: value]) { $1 }
      let refused = await fixture.run("search", "knee", environment: settings)
      #expect(refused.code == .usage && refused.messages.contains(name), "\(refused.messages)")
    }
  }

  private struct Report: Decodable {
    struct Mode: Decodable {
      struct Reranking: Decodable {
        var model: String
        var scored: Double
        var degraded: Int
      }
      var reranking: Reranking?
    }
    var modes: [String: Mode]
  }

  @Test func `an ablation says where the reranker that it measures fails`() async throws {
    try fixture.write("corpus.jsonl", #"{"_id": "d1", "text": "The knee bends."}"# + "\n")
    try fixture.write("queries.jsonl", #"{"_id": "q1", "text": "knee"}"# + "\n")
    try fixture.write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    let away = [
      "RERANK_PROVIDER": "cohere", "COHERE_API_KEY": "k", "COHERE_BASE_URL": "http://127.0.0.1:9",
      "RERANK_BUDGET": "100ms",
    ]
    let result = await fixture.run("eval", "ablation", fixture.documents, environment: away)
    #expect(result.code == .success, "\(result.messages)")
    #expect(result.messages.contains("'reranked' was measured without its reranker for 1 of 1 queries"))
    let works = await fixture.run("eval", "ablation", fixture.documents, environment: local)
    #expect(works.code == .success && !works.messages.contains("without its reranker"), "\(works.messages)")
  }

  @Test func `eval measures it beside the other modes`() async throws {
    try fixture.write("corpus.jsonl", #"{"_id": "d1", "text": "The knee bends."}"# + "\n")
    try fixture.write("queries.jsonl", #"{"_id": "q1", "text": "knee"}"# + "\n")
    try fixture.write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    let measured = await fixture.run("eval", fixture.documents, "--json", environment: local)
    #expect(measured.code == .success, "\(measured.messages)")
    let report = try measured.json(Report.self)
    #expect(Set(report.modes.keys) == ["dense", "hybrid", "lexical", "reranked"])
    #expect(report.modes["reranked"]?.reranking?.scored == 1)
    #expect(report.modes["hybrid"]?.reranking == nil)
    let text = await fixture.run(
      "eval", fixture.documents, "--compare", "reranked:hybrid", environment: local)
    #expect(text.output.contains("Reranked by "))
    let sentences = await fixture.run("eval", fixture.documents, "--json")
    #expect(
      try sentences.json(Report.self).modes["reranked"]?.reranking?.model.hasSuffix("by sentences") == true)
    let none = await fixture.run(
      "eval", fixture.documents, "--mode", "reranked", environment: ["RERANK_PROVIDER": "none"])
    #expect(none.code == .usage && none.messages.contains("RERANK_PROVIDER"))
  }
}
