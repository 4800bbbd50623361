import Commands
import Glibc
import Processes
import TestSupport
import Testing

@testable import Ingest
@testable import Retrieval

@Suite struct AddTests {
  struct Summary: Decodable {
    struct Documents: Decodable, Equatable {
      var added = 0, changed = 0, unchanged = 0, removed = 0, failed = 0
    }
    struct Failure: Decodable {
      var source: String
      var error: String
    }
    var documents: Documents
    var chunks: Int
    var embedded: Int
    var cached: Int
    var seconds: Double
    var failures: [Failure]
  }

  @Test(arguments: CorpusKind.testable)
  func theSummaryCountsWhatHappened(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("a.md", "# Walk\n\nThe robot walks.")
    try fixture.write("b.txt", "The robot balances.")
    let first = await fixture.run("add", fixture.documents, "--json")
    #expect(first.code == .success)
    let summary = try first.json(Summary.self)
    #expect(summary.documents == Summary.Documents(added: 2))
    #expect(summary.chunks == 2 && summary.embedded == 2 && summary.cached == 0 && summary.failures.isEmpty)
    let second = await fixture.run("add", fixture.documents)
    #expect(second.output.hasPrefix("Documents: 2 unchanged; "))
  }

  @Test(arguments: CorpusKind.testable)
  func oneBadFileIsReportedAndDoesNotStopTheOthers(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("good.md", "The robot walks.")
    try fixture.write("empty.md", "")
    try TestSupport.write(Array("%PDF-1.7\nnothing".utf8), to: fixture.documents + "/broken.pdf")
    try TestSupport.write([0x50, 0x4B, 3, 4, 1, 2, 3], to: fixture.documents + "/broken.epub")
    let result = await fixture.run("add", fixture.documents, "--json")
    #expect(result.code == .failure)
    let summary = try result.json(Summary.self)
    #expect(summary.documents == Summary.Documents(added: 1, failed: 3))
    for name in ["empty.md", "broken.pdf", "broken.epub"] {
      let failure = try #require(summary.failures.first { $0.source.hasSuffix("/" + name) })
      #expect(!failure.error.isEmpty && result.messages.contains("/\(name): \(failure.error)"))
    }
    let list = await fixture.run("list", "--failed")
    #expect(list.output.contains("docs/empty.md") && !list.output.contains("good.md"))
    let none = await fixture.run("list", "--failed", "--source", "docs/good")
    #expect(none.code == .success && none.output == "")
    #expect(none.messages.contains("Of 1 document, none has failed."), "\(none.messages)")
    let nowhere = await fixture.run("list", "--collection", "nowhere")
    #expect(nowhere.code == .success && nowhere.output == "")
    #expect(
      nowhere.messages.contains("has this collection, tag and source. 'ingest list"), "\(nowhere.messages)")
    let json = await fixture.run("list", "--collection", "nowhere", "--json")
    #expect(json.code == .success && json.output == "{\"documents\":[]}\n" && json.messages == "")
  }

  @Test func `files in formats that are not read are counted`() async throws {
    let fixture = try await IngestFixture.on(.file)
    try fixture.write("a.md", "The robot walks.")
    for name in ["b.png", "c.PNG", "d.mp4", "footnote.db"] { try fixture.write(name, "not text") }
    let first = await fixture.run("add", fixture.documents)
    #expect(first.code == .success)
    #expect(
      first.output.hasSuffix("\nPassed over: 3 files in formats that are not read (2 .png, 1 .mp4)\n"),
      "\(first.output)")
    #expect(
      await fixture.run("add", fixture.documents, "--json").output.contains(#""skipped":{"mp4":1,"png":2}"#))
    try fixture.write("e.html", "<meta http-equiv=refresh content='0; url=a.md'><p>Moved.</p>")
    #expect(
      await fixture.run("add", fixture.documents).output.hasSuffix(
        "\nPassed over: 1 page that only leads to another\n"))
    var many = PassedOver(redirects: 2)
    #expect(many.lines == ["Passed over: 2 pages that only lead to another"])
    many.redirects = 0
    many.formats = Dictionary(uniqueKeysWithValues: (1...9).map { ("x\($0)", $0) }).merging(["": 20]) { $1 }
    #expect(many.lines.map { $0.hasSuffix("5 .x5, 10 others)") } == [true])
  }

  @Test(.enabled(if: Launch.find("pdftotext") != nil, "pdftotext is not installed"))
  func `documents of which text is missing are named and counted`() async throws {
    let fixture = try await IngestFixture.on(.file)
    var scan = PDFFixture()
    scan.add("Words on the first page.", y: 700)
    scan.addPage()
    try TestSupport.write(scan.bytes, to: fixture.documents + "/scan.pdf")
    try fixture.write("a.md", "The robot walks.")
    let text = "Read in part: 1 document (docs/scan.pdf: 1 of 2 pages have no text)\n"
    let first = await fixture.run("add", fixture.documents)
    #expect(first.code == .success && first.output.hasSuffix("\n" + text), "\(first.output)")
    #expect(await !fixture.run("add", fixture.documents).output.contains("Read in part"))
    let list = await fixture.run("list")
    #expect(list.output.contains("ready, in part") && list.output.contains("  ready  "), "\(list.output)")
    #expect(list.messages.contains("scan.pdf: 1 of 2 pages have no text"), "\(list.messages)")
    let listed = await fixture.run("list", "--json")
    #expect(listed.output.contains(#""missing":["1 of 2 pages have no text"]"#), "\(listed.output)")
    let other = await fixture.run("add", fixture.documents, "--collection", "two", "--json")
    #expect(other.output.contains(#""missing":["1 of 2 pages have no text"]"#), "\(other.output)")
    let many = (1...8).map {
      IndexingSummary.Incomplete(source: "/d/\($0)", name: "d/\($0)", missing: ["x", "y"])
    }
    #expect(ReadInPart.text(many).hasPrefix("Read in part: 8 documents (d/1: x, y; d/2: x, y; "))
    #expect(ReadInPart.text(many).hasSuffix("; d/6: x, y; and 2 more)"))
  }

  @Test(arguments: CorpusKind.testable)
  func codeWithoutALineIsNoFailure(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("robot/__init__.py", "")
    try fixture.write("robot/walk.py", "def walk(): pass\n")
    let first = await fixture.run("add", fixture.documents, "--json")
    #expect(try first.json(Summary.self).documents == Summary.Documents(added: 1) && first.code == .success)
    // Emptied, it has lost something.
    try fixture.write("robot/walk.py", "")
    #expect(await fixture.run("add", fixture.documents).code == .failure)
  }

  @Test(arguments: CorpusKind.testable)
  func aFolderWithoutDocumentsIsSaidToBeOne(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    let result = await fixture.run("add", fixture.documents)
    #expect(result.code == .success && result.output.hasPrefix("Documents: none; "))
    #expect(result.messages.contains("Nothing was found to take in"))
    try fixture.write("a.md", "The robot walks.")
    #expect(await !fixture.run("add", fixture.documents).messages.contains("Nothing"))
    #expect(await !fixture.run("add", fixture.documents).messages.contains("Nothing"))
  }

  @Test(arguments: CorpusKind.testable)
  func aFolderThatDoesNotExistIsAnErrorAndRemovesNothing(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("a.md", "The robot walks.")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    let result = await fixture.run("add", fixture.folder + "/gone")
    #expect(result.code == .failure)
    #expect(result.messages.contains("/gone: "))
    // A slip of the pen is no document.
    #expect(await fixture.run("list", "--failed").output == "")
    #expect(await fixture.run("status").output.contains("Chunks      1"))
  }

  @Test(arguments: CorpusKind.testable)
  func filesGoneFromAFolderAreRemoved(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("a.md", "The robot walks.")
    try fixture.write("b.md", "The robot balances.")
    _ = await fixture.run("add", fixture.documents)
    try fixture.remove("b.md")
    #expect(
      try await fixture.run("add", fixture.documents, "--keep-missing", "--json").json(Summary.self).documents
        == Summary.Documents(unchanged: 1))
    #expect(
      try await fixture.run("add", fixture.documents, "--json").json(Summary.self).documents
        == Summary.Documents(unchanged: 1, removed: 1))
  }

  @Test(arguments: CorpusKind.testable)
  func globsChooseFiles(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    for name in ["a.md", "b.txt", "sub/c.md", "sub/d.md"] { try fixture.write(name, "About \(name).") }
    _ = await fixture.run("add", fixture.documents, "--include", "*.md", "--exclude", "sub/d.md")
    let names = await fixture.run("list", "--json").output
    #expect(names.contains("docs/a.md") && names.contains("docs/sub/c.md"))
    #expect(!names.contains("b.txt") && !names.contains("d.md"))
  }

  @Test func aDryRunWritesNothing() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    let result = await fixture.run("add", fixture.documents, "--dry-run")
    #expect(result.code == .success)
    #expect(result.output.contains("Documents: 1 to add") && result.output.contains("the model is local"))
    #expect(access(fixture.database, F_OK) != 0)
  }

  @Test func misspeltOptionsAreUsageErrors() async throws {
    let fixture = try IngestFixture()
    let result = await fixture.run("add", fixture.documents, "--colection", "x")
    #expect(result.code == .usage)
    #expect(result.messages.contains("Did you mean '--collection'?"))
  }

  @Test func aMissingModelNamesTheCommandThatFetchesIt() async throws {
    let fixture = try IngestFixture()
    try fixture.write("a.md", "The robot walks.")
    let result = await fixture.run(
      "add", fixture.documents, environment: ["FOOTNOTE_MODEL_DIR": fixture.folder + "/none"])
    #expect(result.code == .failure)
    #expect(result.messages.contains("scripts/fetch-model.sh"))
  }

  @Test(arguments: CorpusKind.testable)
  func standardInputIsADocument(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    let child = try fixture.start("add", "-", "--name", "pipe.md", "--json")
    try child.write("# Walk\n\nThe robot walks.\n")
    child.closeInput()
    #expect(await child.exitCode() == 0)
    #expect(await fixture.run("show", "pipe.md").output.contains("The robot walks."))
  }
}
