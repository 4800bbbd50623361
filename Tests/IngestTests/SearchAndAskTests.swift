import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import Ingest

@Suite struct SearchAndAskTests {
  private func fixture() async throws -> IngestFixture {
    let fixture = try IngestFixture()
    try fixture.write(
      "walk.md", "# Walking\n\n## Balance\n\nThe robot walks by keeping its balance. Žluť 🤖 too.")
    try fixture.write("arm.md", "# Arms\n\nAn elbow bends the arm.")
    let added = await fixture.run("add", fixture.documents, "--tag", "body")
    #expect(added.code == .success, "\(added.messages)")
    return fixture
  }

  @Test(arguments: ["hybrid", "dense", "lexical"])
  func searchGivesTheDocumentedJSON(mode: String) async throws {
    let fixture = try await fixture()
    let result = await fixture.run(
      "search", "How", "does", "the", "robot", "keep its balance?", "--mode", mode, "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    #expect(object["query"] as? String == "How does the robot keep its balance?")
    #expect(object["mode"] as? String == mode)
    #expect(object["milliseconds"] is Double)
    let passages = try #require(object["passages"] as? [[String: Any]])
    let passage = try #require(passages.first { ($0["document"] as? String) == "docs/walk.md" })
    #expect(passage["title"] as? String == "Walking")
    #expect(passage["heading_path"] as? [String] == ["Balance"])
    #expect(passage["score"] is Double)
    let start = try #require(passage["start"] as? Int)
    let end = try #require(passage["end"] as? Int)
    let shown = await fixture.run("show", "docs/walk.md", "--start", "\(start)", "--end", "\(end)")
    #expect(shown.output == (passage["text"] as? String ?? "") + "\n")
  }

  @Test func askCitesExactly() async throws {
    let fixture = try await fixture()
    let result = await fixture.run("ask", "--json", "How does the robot keep its balance?")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any])
    for key in ["question", "answer", "answered", "confidence", "citations", "milliseconds"] {
      #expect(object[key] != nil, "\(key)")
    }
    for citation in try #require(object["citations"] as? [[String: Any]]) {
      let start = try #require(citation["start"] as? Int)
      let end = try #require(citation["end"] as? Int)
      let document = try #require(citation["document"] as? String)
      let shown = await fixture.run("show", document, "--start", "\(start)", "--end", "\(end)")
      #expect(shown.output == (citation["quote"] as? String ?? "") + "\n")
    }
  }

  @Test func commandsOnAMissingCorpusSayHowToMakeOne() async throws {
    let fixture = try IngestFixture()
    for arguments in [
      ["search", "x"], ["ask", "x"], ["list"], ["status"], ["remove", "x"], ["reembed"], ["show", "x"],
    ] {
      let output = MemorySink()
      let messages = MemorySink()
      let code = await IngestProgram.program.run(
        arguments, settings: Settings(environment: fixture.environment),
        output: Output(results: output, messages: messages))
      #expect(code == .failure)
      #expect(
        messages.text.contains("There is no corpus at '\(fixture.database)'. Make one with 'ingest add PATH"))
    }
  }

  @Test func theProgramIsDeclaredWithoutMistakes() {
    #expect(IngestProgram.program.definitionMistakes == [])
  }
}
