import Commands
import Retrieval
import TestSupport
import Testing

@testable import Ingest

/// `ingest add --base-url`: footnotes that lead to the website of a folder.
@Suite struct LinkTests {
  private static let base = "https://example.org/docs/"

  private struct Found: Decodable {
    struct Passage: Decodable {
      var document: String
      var url: String?
    }
    var passages: [Passage]
  }

  private struct Listed: Decodable {
    struct Document: Decodable {
      var name: String
      var url: String?
    }
    var documents: [Document]
  }

  private func urls(_ ingest: IngestFixture) async throws -> [String: String] {
    let list = try await ingest.run("list", "--json").json(Listed.self)
    return Dictionary(list.documents.compactMap { each in each.url.map { (each.name, $0) } }) { first, _ in
      first
    }
  }

  private func fixture(_ kind: CorpusKind) async throws -> IngestFixture {
    let ingest = try await IngestFixture.on(kind)
    let filler = String(
      repeating: "A leg carries the weight of the robot while it walks over the floor. ", count: 8)
    try ingest.write(
      "guide/leg joints.md",
      "# Legs\n\n\(filler)\n\n## Knee joint\n\nThe knee joint bends by 120 degrees. \(filler)")
    try ingest.write("index.md", "# Robots\n\nA camera looks at the world.")
    return ingest
  }

  @Test(arguments: CorpusKind.testable)
  func `search, answers and documents lead to the page and its heading`(kind: CorpusKind) async throws {
    let ingest = try await fixture(kind)
    let added = await ingest.run("add", ingest.documents, "--base-url", "https://example.org/docs")
    #expect(added.code == .success, "\(added.messages)")
    #expect(
      try await urls(ingest) == [
        "docs/guide/leg joints.md": Self.base + "guide/leg%20joints", "docs/index.md": Self.base,
      ])
    let knee = Self.base + "guide/leg%20joints#knee-joint"
    let found = try await ingest.run("search", "knee joint bends degrees", "-k", "1", "--json").json(
      Found.self)
    #expect(found.passages.first?.url == knee)
    let text = await ingest.run("search", "knee joint bends degrees", "-k", "1")
    #expect(text.output.contains("\n   \(knee)\n"), "\(text.output)")
    let asked = await ingest.run("ask", "By how many degrees does the knee joint bend?")
    #expect(asked.output.contains("\n    \(knee)\n"), "\(asked.output)")
    let shown = await ingest.run("show", "docs/guide/leg joints.md", "--start", "700", "--json")
    #expect(shown.output.contains("\"url\":\"\(knee)\""), "\(shown.output)")
    let plain = await ingest.run("show", "docs/guide/leg joints.md")
    #expect(plain.messages.contains(Self.base + "guide/leg%20joints") && plain.output.hasPrefix("Legs"))
  }

  @Test(arguments: CorpusKind.testable)
  func `the corpus remembers the site until it is told another, or none`(kind: CorpusKind) async throws {
    let ingest = try await fixture(kind)
    _ = await ingest.run("add", ingest.documents, "--base-url", Self.base, "--url-style", "html")
    try ingest.write("new.rst", "New\n===\n\nA gripper holds a cup.")
    let status = await ingest.run("status")
    #expect(
      status.output.contains("Website     \(ingest.documents)/ of default: \(Self.base) (html)"),
      "\(status.output)")
    #expect(await ingest.run("status", "--json").output.contains("\"base\":\"\(Self.base)\""))
    let again = await ingest.run("add", ingest.documents)
    #expect(again.code == .success)
    #expect(try await urls(ingest)["docs/new.rst"] == Self.base + "new.html", "also what is new")
    _ = await ingest.run(
      "add", ingest.documents, "--base-url", "https://other.example/", "--url-style", "file")
    #expect(
      try await urls(ingest)["docs/new.rst"] == "https://other.example/new.rst", "nothing is read anew for it"
    )
    _ = await ingest.run("add", ingest.documents, "--base-url", "none")
    #expect(try await urls(ingest).isEmpty)
  }

  @Test func `one file and a collection have sites of their own`() async throws {
    let ingest = try await fixture(.file)
    _ = await ingest.run("add", ingest.documents, "--base-url", Self.base)
    _ = await ingest.run("add", ingest.documents, "--collection", "other")
    _ = await ingest.run("add", ingest.documents + "/index.md", "--base-url", "https://start.example/")
    #expect(try await urls(ingest)["docs/guide/leg joints.md"] == Self.base + "guide/leg%20joints")
    #expect(try await urls(ingest)["index.md"] == "https://start.example/")
    let other = try await ingest.run("list", "--collection", "other", "--json").json(Listed.self)
    #expect(other.documents.count == 2 && other.documents.allSatisfy { $0.url == nil })
  }

  @Test(arguments: [
    (["--base-url", "docs"], "is no address of a folder"),
    (["--base-url", "https://example.org/?page="], "is no address of a folder"),
    (["--url-style", "html"], "Add --base-url"),
    (["https://example.org/", "--base-url", "https://example.org/"], "addresses of their own"),
    (
      ["--base-url", "https://example.org/", "--url-style", "sphinx"],
      "needs one of 'plain', 'folder', 'html' or 'file'"
    ),
  ])
  func `what makes no sense is said, and nothing is added`(arguments: [String], words: String) async throws {
    let ingest = try await fixture(.file)
    let result = await ingest.run(["add", ingest.documents] + arguments)
    #expect(result.code == .usage && result.messages.contains(words), "\(result.messages)")
  }
}
