import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import Ingest

@Suite struct EvalTests {
  private struct Report: Decodable {
    struct Mode: Decodable {
      var ndcg10: Double
      var p50Ms: Double

      enum CodingKeys: String, CodingKey {
        case ndcg10 = "ndcg@10"
        case p50Ms
      }
    }
    struct Answers: Decodable {
      var questions: Int
      var contained: Double
      var refusalRecall: Double
    }
    var set: String
    var documents: Int
    var queries: Int
    var modes: [String: Mode]
    var answers: Answers?
  }

  private func writeSet(_ fixture: IngestFixture) throws {
    try fixture.write(
      "corpus.jsonl",
      """
      {"_id": "d1", "title": "Walking", "text": "The robot walks on two legs."}
      {"_id": "d2", "title": "Arms", "text": "An elbow bends the arm by a motor."}
      {"_id": "d3", "title": "Empty", "text": ""}

      """)
    try fixture.write(
      "queries.jsonl",
      """
      {"_id": "q1", "text": "Where does the robot walk on?", "answers": ["two legs"]}
      {"_id": "q2", "text": "elbow bends the arm", "answers": ["motor"]}
      {"_id": "q3", "text": "no judgement"}

      """)
    try fixture.write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n")
    try fixture.write("queries-unanswerable.jsonl", "{\"_id\": \"u1\", \"text\": \"qqq zzz?\"}\n")
  }

  @Test(arguments: CorpusKind.testable)
  func aSetInTheLayoutOfBEIRIsMeasured(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try writeSet(fixture)
    let lines = fixture.folder + "/lines.jsonl"
    let result = await fixture.run("eval", fixture.documents, "--answers", "--json", "--per-query", lines)
    #expect(result.code == .success, "\(result.messages)")
    let report = try result.json(Report.self)
    #expect(report.set == "docs" && report.documents == 3 && report.queries == 2)
    #expect(Set(report.modes.keys) == ["dense", "lexical", "hybrid", "reranked"])
    #expect(report.modes["lexical"]?.ndcg10 == 1)
    #expect(report.answers?.questions == 2)
    let replies = try PerQueryFile(contentsOf: lines).replies
    #expect(replies.map(\.query) == ["q1", "q2", "u1"])
    #expect(replies.map(\.isAnswerable) == [true, true, false])
    #expect(Double(replies.count(where: \.contained)) / 2 == report.answers?.contained)
    let comparison = await fixture.run("eval", "compare", lines, lines)
    #expect(comparison.code == .success && comparison.output.contains("1.0000"))
  }

  @Test func twoSettingsAreComparedInOneRun() async throws {
    let fixture = try await IngestFixture.on(.file)
    try writeSet(fixture)
    let result = await fixture.run(
      "eval", fixture.documents, "--mode", "lexical", "--compare", "hybrid", "hybrid,MERGE_PASSAGES=off")
    #expect(result.code == .success, "\(result.messages)")
    #expect(result.output.contains("\nhybrid,MERGE_PASSAGES=off "))
    #expect(
      result.output.contains(
        "hybrid against hybrid,MERGE_PASSAGES=off: nDCG@10 +0.0000 (+0.0000 to +0.0000), p = 1.0000"))
    let unknown = await fixture.run("eval", fixture.documents, "--compare", "hybrid", "HOME=x")
    #expect(unknown.code == .usage && unknown.messages.contains("MERGE_PASSAGES"))
  }

  @Test func aKeptCorpusHoldsOneSetAndNothingElse() async throws {
    let fixture = try await IngestFixture.on(.file)
    try writeSet(fixture)
    let corpus = fixture.folder + "/kept.db"
    #expect(await fixture.run("eval", fixture.documents, "--db", corpus).code == .success)
    try fixture.write("corpus.jsonl", "{\"_id\": \"d1\", \"text\": \"The robot walks.\"}\n")
    #expect(await fixture.run("eval", fixture.documents, "--db", corpus).code == .success)
    let listed = await fixture.run("list", "--db", corpus)
    #expect(listed.output.contains("d1") && !listed.output.contains("d2"))
    try TestSupport.write("Robots.", to: fixture.folder + "/own.txt")
    #expect(await fixture.run("add", fixture.folder + "/own.txt", "--db", corpus).code == .success)
    let mixed = await fixture.run("eval", fixture.documents, "--db", corpus)
    #expect(mixed.code == .usage && mixed.messages.contains("documents that are of no labelled set: 1."))
  }

  @Test func requirementsOfWhatIsNotMeasuredAreRefusedBeforeTheWork() async throws {
    let fixture = try await IngestFixture.on(.file)
    try writeSet(fixture)
    for requirement in ["hybrid.ndcg=0.5", "answers.contained=0.5", "lexical.mrr=0.1"] {
      let result = await fixture.run("eval", fixture.documents, "--require", requirement)
      #expect(result.code == .usage && result.output.isEmpty, "\(requirement): \(result.messages)")
    }
    let junit = fixture.folder + "/eval.xml"
    let result = await fixture.run(
      "eval", fixture.documents, "--answers", "--require", "answers.contained>=0", "--junit", junit)
    #expect(result.code == .success, "\(result.messages)")
    let nowhere = await fixture.run("eval", fixture.documents, "--per-query", fixture.folder + "/no/x.jsonl")
    #expect(nowhere.code == .failure && nowhere.messages.contains("Cannot write"))
    #expect(nowhere.output.isEmpty)
  }

  @Test func everyMeasureHasItsInterval() async throws {
    let fixture = try await IngestFixture.on(.file)
    try writeSet(fixture)
    let result = await fixture.run("eval", fixture.documents, "--json", "--mode", "lexical")
    for measure in Measure.allCases {
      #expect(result.output.contains("\"\(measure.rawValue)_interval\""))
    }
    #expect(!result.output.contains("\"answers\""))
  }

  @Test func twoRunsAreComparedByAnyMeasure() async throws {
    let fixture = try await IngestFixture.on(.file)
    try writeSet(fixture)
    let lines = fixture.folder + "/lines.jsonl"
    _ = await fixture.run("eval", fixture.documents, "--per-query", lines)
    let result = await fixture.run("eval", "compare", lines, lines, "--measure", "recall@5", "--json")
    #expect(result.code == .success && result.output.contains("\"measure\":\"recall@5\""), "\(result.output)")
    let wrong = await fixture.run("eval", "compare", lines, fixture.documents + "/corpus.jsonl")
    #expect(wrong.code == .failure && wrong.messages.contains("line 1, was not written by"))
    let missing = await fixture.run("eval", "compare", lines, fixture.folder + "/none")
    #expect(missing.messages.contains("Cannot read"))
  }

  @Test func anAblationSaysWhatEachTechniqueGives() async throws {
    let fixture = try await IngestFixture.on(.file)
    try writeSet(fixture)
    let kept = fixture.folder + "/kept"
    let result = await fixture.run(
      "eval", "ablation", fixture.documents, "--keep", kept, "--setting", "DIVERSITY=0.5")
    #expect(result.code == .success, "\(result.messages)")
    #expect(result.output.hasPrefix("**docs**: 3 documents, 2 queries; hybrid as it is has nDCG@10 "))
    let rows = result.output.split(separator: "\n").filter { $0.hasPrefix("| ") }
    #expect(rows.count == 14)
    for technique in ["titles and headings", "stemming", "reciprocal ranks", "by sentences", "DIVERSITY=0.5"]
    {
      #expect(rows.contains { $0.contains(technique) }, "\(technique)")
    }
    #expect(result.output.allSatisfy { $0 != "\u{1B}" })
    let files = try FileManager.default.contentsOfDirectory(atPath: kept)
    #expect(files.contains("docs.db") && files.contains("docs-untitled.db"))
    let again = await fixture.run("eval", "ablation", fixture.documents, "--keep", kept, "--json")
    #expect(again.code == .success && again.output.contains("\"technique\":\"stemming\""))
  }

  @Test func aFolderThatIsNoSetSaysWhatASetHas() async throws {
    let fixture = try IngestFixture()
    let result = await fixture.run("eval", fixture.documents)
    #expect(result.code == .failure)
    #expect(result.messages.contains("corpus.jsonl, queries.jsonl and qrels/test.tsv"))
  }
}
