import Commands
import FoundationEssentials
import Glibc
import Retrieval
import SQLite
import TestSupport
import Testing

@testable import Ingest

@Suite struct MaintenanceTests {
  @Test func embedWritesAUnitVectorForEachLine() async throws {
    let fixture = try IngestFixture()
    let child = try fixture.start("embed")
    try child.write("The robot walks.\n\n\"The robot walks.\"\n{\"text\": \"The robot walks.\"}\n{not json\n")
    child.closeInput()
    var vectors: [[Double]] = []
    for try await line in child.output {
      vectors.append(try JSONDecoder().decode([Double].self, from: Data(line.utf8)))
    }
    #expect(await child.exitCode() == 0)
    #expect(vectors.count == 5)
    #expect(vectors[0] == vectors[2] && vectors[0] == vectors[3] && vectors[0] != vectors[4])
    for vector in vectors {
      #expect(abs(vector.reduce(0) { $0 + $1 * $1 } - 1) < 1e-5)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func reembeddingSwitchesModelsAndGoesBack(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    let other = ModelFolder()
    var tiny = TinyModel(seed: 7, positions: 256)
    tiny.maximumTokens = 128
    tiny.write(to: other)
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    let refused = await fixture.run("add", fixture.documents, "--model", other.path)
    #expect(refused.code == .failure && refused.messages.contains("ingest reembed --model"))
    let before = await fixture.run("status").output
    let moved = await fixture.run("reembed", "--model", other.path)
    #expect(moved.code == .success, "\(moved.messages)")
    #expect(await fixture.run("status").output != before)
    #expect(await fixture.run("search", "robot", "--model", other.path).code == .success)
    let back = await fixture.run("reembed", "--rollback")
    #expect(back.code == .success && back.output.contains("0 texts embedded"), "the old vectors were kept")
    #expect(await fixture.run("status").output == before)
    #expect(await fixture.run("search", "robot").code == .success)
    let nothing = try IngestFixture()
    try nothing.write("a.md", "The robot walks.")
    _ = await nothing.run("add", nothing.documents)
    let refusedRollback = await nothing.run("reembed", "--rollback")
    #expect(
      refusedRollback.code == .failure && refusedRollback.messages.contains("no earlier embedding model"))
  }

  @Test func doctorNamesTheCommandThatMends() async throws {
    let fixture = try IngestFixture()
    let missing = await fixture.run("doctor")
    #expect(missing.code == .failure && missing.output.contains("ingest add PATH --db \(fixture.database)"))
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    let healthy = await fixture.run("doctor", "--json")
    #expect(healthy.code == .success && healthy.output.contains("1 document, 1 chunk."), "\(healthy.output)")
    let broken = await fixture.run("doctor", environment: ["FOOTNOTE_MODEL_DIR": "/nowhere"])
    let name = fixture.model.path.split(separator: "/").last ?? ""
    #expect(
      broken.code == .failure && broken.output.contains("ingest model pull \(name)"), "\(broken.output)")
    #expect(await fixture.run("doctor", "--repair").code == .success)
  }

  @Test func doctorSaysHowToGoOnWithAChangeOfModelThatBrokeOff() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    #expect(await !fixture.run("doctor").output.contains("reembed"))
    let corpus = try Corpus(path: fixture.database, access: .write)
    _ = try await corpus.prepare(HashingEmbeddingModel(name: "other").fingerprint)
    let report = await fixture.run("doctor")
    #expect(report.code == .success)
    #expect(
      report.output.contains("broke off or is under way, with 1 text to be embedded"), "\(report.output)")
    #expect(report.output.contains("ingest reembed --model other --db \(fixture.database)"))
    let current = try #require(try await corpus.fingerprint).model
    #expect(
      report.output.contains("'ingest reembed --model \(current) --db \(fixture.database)' gives it up"))
    #expect(await fixture.run("reembed").code == .success)
    #expect(await !fixture.run("doctor").output.contains("broke off"))
  }

  @Test func doctorSaysNoMoreThanOnceThatTheModelIsMissing() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    #expect(await fixture.run("doctor").output.contains("search:"))
    let broken = await fixture.run("doctor", environment: ["FOOTNOTE_MODEL_DIR": "/nowhere"])
    #expect(broken.code == .failure && broken.output.contains("model:"))
    #expect(!broken.output.contains("search:"), "\(broken.output)")
  }

  @Test func doctorAddsNothingToACorpusOfANewerVersion() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    let file = try Connection(path: fixture.database, mode: .readWrite)
    try file.execute("PRAGMA user_version = 9999")
    let found = await fixture.run("doctor")
    #expect(found.code == .failure && found.output.contains("newer version"), "\(found.output)")
    #expect(!found.output.contains("ingest add"))
  }

  @Test func aSearchForWhiteSpaceIsWrongUsage() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    let result = await fixture.run("search", "  \n")
    #expect(result.code == .usage && result.messages.contains("white space alone"), "\(result.messages)")
  }

  @Test func doctorSaysHowToReplaceADamagedFile() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    #expect(truncate(fixture.database, 16384) == 0)
    let result = await fixture.run("doctor")
    #expect(result.code == .failure)
    #expect(
      result.output.contains("mv \(fixture.database) \(fixture.database).damaged && ingest add PATH"),
      "\(result.output)")
  }

  @Test func aCopyOfNothingMakesNothing() async throws {
    let fixture = try IngestFixture()
    let target = fixture.folder + "/copy.db"
    #expect(await fixture.run("copy", "--from", fixture.database, "--to", target).code == .failure)
    #expect(access(target, F_OK) != 0)
  }

  @Test(arguments: [
    ("walk.md", "docs/walk.md"), ("book/walk.md", "docs/walk.md"), ("docs/wlak.md", "docs/walk.md"),
    ("a.md", nil), ("docs/other/a.md", "docs/one/a.md"), ("nothing like it", nil), ("", nil), ("/", nil),
  ])
  func aNameThatNoDocumentHasIsAnsweredWithTheOneThatMayBeMeant(name: String, meant: String?) {
    let names = ["docs/walk.md", "docs/one/a.md", "docs/two/a.md"]
    #expect(MissingDocument.meant(name, among: names) == meant)
  }

  @Test func showAndRemoveNameTheDocumentThatMayBeMeant() async throws {
    let fixture = try IngestFixture()
    try fixture.write("walk.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    for command in ["show", "remove"] {
      let reply = await fixture.run(command, "walk.md")
      #expect(
        reply.code == .failure && reply.messages.contains("Did you mean 'docs/walk.md'?"), "\(reply.messages)"
      )
    }
    #expect(await fixture.run("show", "docs/walk.md").output == "The robot walks.\n")
  }

  @Test func removeTakesDocumentsOut() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    _ = await fixture.run("add", fixture.documents)
    let unknown = await fixture.run("remove", "docs/none.md")
    #expect(unknown.code == .failure && unknown.messages.contains("holds no document 'docs/none.md'"))
    _ = await fixture.run("add", fixture.documents, "--collection", "other")
    #expect(
      await fixture.run("remove", "docs/a.md").output == """
        Removed \(fixture.documents)/a.md from the collection default
        Removed \(fixture.documents)/a.md from the collection other

        """)
    #expect(await fixture.run("status").output.contains("Documents   0"))
  }

  @Test func doctorAsksTheChatProviderAsTheServerDoes() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "# Knee\n\nThe knee bends by 120 degrees.")
    _ = await fixture.run("add", fixture.documents)
    let provider = try FakeOpenAI { $0.models = ["gpt-4o"] }
    let settings = ["OPENAI_BASE_URL": provider.baseURL, "OPENAI_API_KEY": provider.key]
    let missing = await fixture.run("doctor", environment: settings.merging(["OPENAI_MODEL": "gpt-9"]) { $1 })
    #expect(missing.code == .success)
    #expect(missing.output.contains("warning  chat: The key for openai cannot use the model 'gpt-9'."))
    #expect(missing.output.contains("Choose one that it can use: gpt-4o."))
    let there = await fixture.run("doctor", environment: settings.merging(["OPENAI_MODEL": "gpt-4o"]) { $1 })
    #expect(there.output.contains("ok       chat: gpt-4o at openai can be used."))
  }
}
