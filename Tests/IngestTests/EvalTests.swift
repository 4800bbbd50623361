import Commands
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
    #expect(Set(report.modes.keys) == ["dense", "lexical", "hybrid"])
    #expect(report.modes["lexical"]?.ndcg10 == 1)
    #expect(report.answers?.questions == 2)
    let comparison = await fixture.run("eval", "compare", lines, lines)
    #expect(comparison.code == .success && comparison.output.contains("1.0000"))
  }

  @Test func aFolderThatIsNoSetSaysWhatASetHas() async throws {
    let fixture = try IngestFixture()
    let result = await fixture.run("eval", fixture.documents)
    #expect(result.code == .failure)
    #expect(result.messages.contains("corpus.jsonl, queries.jsonl and qrels/test.tsv"))
  }
}
