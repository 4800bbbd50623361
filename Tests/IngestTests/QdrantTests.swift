import FoundationEssentials
import Retrieval
import TestSupport
import Testing

@testable import Ingest

/// `ingest` with its corpus on a Qdrant server.
@Suite(
  .serialized, .enabled(if: QdrantStandIn.isAvailable, "\(QdrantStandIn.reason)"), .timeLimit(.minutes(4)))
struct QdrantTests {
  private func environment(_ server: QdrantStandIn) -> [String: String] {
    // FOOTNOTE_DB of the fixture stays: QDRANT_URL counts for more.
    var environment = ["QDRANT_URL": server.url, "QDRANT_COLLECTION": QdrantStandIn.uniqueName()]
    environment["QDRANT_API_KEY"] = server.key
    return environment
  }

  private struct Status: Decodable {
    var documents: Int
    var chunks: Int
    var embeddings: Int
    var path: String
  }

  @Test func everyCommandWorksOnTheServer() async throws {
    let fixture = try IngestFixture()
    let server = try await QdrantStandIn.shared()
    let environment = environment(server)
    func ingest(_ arguments: String...) async -> IngestFixture.Result {
      await fixture.run(arguments, environment: environment)
    }
    try fixture.write("arm.md", "# Arm\n\nThe elbow joint bends the arm.")
    try fixture.write("leg.md", "# Leg\n\nThe knee joint bends the leg.")
    let missing = await ingest("search", "knee")
    #expect(missing.code == .failure && missing.messages.contains("There is no corpus"))
    #expect(await ingest("add", fixture.documents).code == .success)
    let again = await ingest("add", fixture.documents)
    #expect(again.output.contains("2 unchanged"))
    #expect(access(fixture.database) == false, "nothing is written to a file")
    let status = try await ingest("status", "--json").json(Status.self)
    #expect(status.documents == 2 && status.chunks == 2 && status.embeddings == 2)
    #expect(status.path == "\(server.url)/\(environment["QDRANT_COLLECTION"] ?? "")")
    #expect(await ingest("search", "knee", "--mode", "lexical").output.contains("leg.md"))
    #expect(await ingest("ask", "What", "bends", "the", "leg?").output.contains("knee joint"))
    #expect(await ingest("list").output.contains("arm.md"))
    #expect(await ingest("show", fixture.documents + "/arm.md").output.contains("elbow joint"))
    let doctor = await ingest("doctor")
    #expect(doctor.code == .success, "\(doctor.output)")
    #expect(doctor.output.contains("is ready") && doctor.output.contains("All 2 chunks"))
    let file = fixture.folder + "/copy.db"
    #expect(await ingest("copy", "--from", server.url, "--to", file).output.contains("2 documents"))
    #expect(await fixture.run("search", "knee", "--mode", "lexical", "--db", file).output.contains("leg.md"))
    let explicit = await ingest("list", "--db", file)
    #expect(
      explicit.code == .success && explicit.output.contains("leg.md"), "--db counts for more than QDRANT_URL")
    #expect(await ingest("remove", fixture.documents + "/").output.contains("arm.md"))
    #expect(try await ingest("status", "--json").json(Status.self).chunks == 0)
    #expect(try await server.violations() == [])
  }

  @Test func aLabelledSetIsMeasuredOnTheServerApartFromTheCorpus() async throws {
    let fixture = try IngestFixture()
    let server = try await QdrantStandIn.shared()
    let environment = environment(server)
    let name = environment["QDRANT_COLLECTION"] ?? ""
    try fixture.write(
      "corpus.jsonl", #"{"_id": "d1", "title": "Arm", "text": "An elbow bends the arm."}"# + "\n")
    try fixture.write("queries.jsonl", #"{"_id": "q1", "text": "elbow"}"# + "\n")
    try fixture.write("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    let passing = ["eval", fixture.documents, "--require", "lexical.ndcg@10=1"]
    let once = await fixture.run(passing, environment: environment)
    #expect(once.code == .success, "\(once.messages)")
    #expect(try await !server.collections().contains(name), "nothing is left of it")
    let failing = ["eval", fixture.documents, "--require", "lexical.ndcg@10=1.5"]
    #expect(await fixture.run(failing, environment: environment).code == .failure)
    #expect(try await !server.collections().contains(name))
    let kept = await fixture.run(passing + ["--db", server.url], environment: environment)
    #expect(kept.code == .success, "\(kept.messages)")
    #expect(try await server.collections().contains("\(name)-eval-docs-documents"))
    let corpus = await fixture.run(["status"], environment: environment)
    #expect(corpus.code == .failure, "the corpus that people ask is another one, and there is none yet")
    #expect(try await server.violations() == [])
  }

  @Test func aServerCanBeNamedInPlaceOfAFile() async throws {
    let fixture = try IngestFixture()
    let server = try await QdrantStandIn.shared()
    var environment = environment(server)
    environment["QDRANT_URL"] = nil
    try fixture.write("arm.md", "# Arm\n\nThe elbow joint bends the arm.")
    let added = await fixture.run(["add", fixture.documents, "--db", server.url], environment: environment)
    #expect(added.code == .success, "\(added.messages)")
    #expect(!access(fixture.database))
    let found = await fixture.run(
      ["search", "elbow", "--mode", "lexical", "--db", server.url], environment: environment)
    #expect(found.output.contains("arm.md"))
  }

  private func access(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  @Test func aKilledRunIsCompletedByTheNextAndNothingIsEmbeddedTwice() async throws {
    let fixture = try IngestFixture()
    let server = try await QdrantStandIn.shared()
    let environment = environment(server)
    for number in 0..<40 {
      let text = (0..<12).map { "Sentence \($0) of document \(number) is about walking robots." }
      try fixture.write("\(number).md", "# Document \(number)\n\n\(text.joined(separator: " "))")
    }
    var random = SeededGenerator(7)
    for _ in 0..<4 {
      let child = try fixture.start("add", fixture.documents, environment: environment)
      try await Task.sleep(for: .milliseconds(Int.random(in: 100...900, using: &random)))
      child.signal(9)
      _ = await child.exitCode()
    }
    let last = await fixture.run(["add", fixture.documents, "--json"], environment: environment)
    #expect(last.code == .success, "\(last.messages)")
    let summary = try last.json(AddTests.Summary.self)
    #expect(summary.documents.added + summary.documents.unchanged == 40)
    _ = await fixture.run(["doctor", "--repair"], environment: environment)
    let status = try await fixture.run(["status", "--json"], environment: environment).json(Status.self)
    #expect(status.documents == 40 && status.chunks >= 40 && status.embeddings == status.chunks)
    let doctor = await fixture.run(["doctor"], environment: environment)
    #expect(doctor.code == .success, "\(doctor.output)")
    let again = try await fixture.run(["add", fixture.documents, "--json"], environment: environment)
      .json(AddTests.Summary.self)
    #expect(again.embedded == 0)
    #expect(try await server.violations() == [])
  }

  @Test(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
  func theDoctorNamesWhatIsWrongAndMendsIt() async throws {
    let fixture = try IngestFixture()
    let server = try await QdrantStandIn.start(key: "the-key")
    var environment = environment(server)
    let name = environment["QDRANT_COLLECTION"] ?? ""
    try fixture.write("arm.md", "# Arm\n\nThe elbow joint bends the arm.")
    #expect(await fixture.run(["add", fixture.documents], environment: environment).code == .success)
    try await server.dropIndex("hash", of: name)
    let broken = await fixture.run(["doctor"], environment: environment)
    #expect(broken.code == .failure && broken.output.contains("lacks indexes of hash"))
    #expect(broken.output.contains("ingest doctor --repair"))
    #expect(await fixture.run(["doctor", "--repair"], environment: environment).code == .success)
    try await server.fault(#"{"collection_status": "red"}"#)
    #expect(await fixture.run(["doctor"], environment: environment).output.contains("is red"))
    try await server.fault("{}")
    environment["QDRANT_API_KEY"] = "a-wrong-key"
    let denied = await fixture.run(["add", fixture.documents], environment: environment)
    #expect(denied.code == .failure && denied.messages.contains("QDRANT_API_KEY"))
    #expect(!denied.messages.contains("a-wrong-key"))
  }
}
