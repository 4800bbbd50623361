import Commands
import Glibc
import Retrieval
import TestSupport
import Testing

@testable import Ingest

@Suite(.timeLimit(.minutes(1))) struct WebsiteTests {
  private func server() throws -> LocalServer {
    try LocalServer { request, connection in
      let page: String? =
        switch request.target {
        case "/guide/":
          "<title>Guide</title><h1 id=start>Start</h1><p>The robot walks.</p><a href=stop>stop</a>"
        case "/guide/stop": "<title>Stop</title><h1 id=halt>Halt</h1><p>The robot stops with its brake.</p>"
        default: nil
        }
      connection.respond(
        page.map { LocalResponse($0, type: "text/html") } ?? LocalResponse("missing", status: 404))
    }
  }

  @Test(arguments: CorpusKind.testable)
  func aWebsiteIsTakenInAndCitedWithItsAnchors(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    let server = try server()
    let added = await fixture.run("add", server.url + "/guide/", "--rate", "1000", "--json")
    #expect(added.code == .success, "\(added.messages)")
    #expect(try added.json(AddTests.Summary.self).documents == .init(added: 2))
    let found = await fixture.run("search", "brake", "--mode", "lexical", "--json")
    #expect(found.output.contains(#""source":"\#(server.url)/guide/stop""#))
    #expect(found.output.contains(#""anchor":"halt""#))
    let again = try await fixture.run("add", server.url + "/guide/", "--rate", "1000", "--json")
      .json(AddTests.Summary.self)
    #expect(again.documents == .init(unchanged: 2) && again.embedded == 0)
  }

  @Test func aPageThatIsNotThereIsAnError() async throws {
    let fixture = try IngestFixture()
    let server = try server()
    let result = await fixture.run("add", server.url + "/guied/")
    #expect(!server.requests.isEmpty)
    #expect(result.code == .failure)
    #expect(result.messages.contains("no page at this address (404)"), "\(result.messages)")
  }

  @Test func whatCannotBeReachedSaysWhatToLookAt() async throws {
    let fixture = try IngestFixture()
    let result = await fixture.run("add", "http://127.0.0.1:\(try freePort())/guide/")
    #expect(result.code == .failure)
    #expect(result.messages.contains("nothing accepts connections at 127.0.0.1"), "\(result.messages)")
    #expect(result.messages.contains("Check the address and this machine's network"), "\(result.messages)")
  }

  @Test(arguments: [
    (["http://user@host/"], "is no address of a page"),
    (["https://example.org/", "--dry-run"], "not known before it is fetched"),
    (["https://example.org/", "--watch"], "Only files and folders can be watched"),
    (["https://example.org/", "--rate", "0"], "--rate"),
  ])
  func whatCannotBeDoneWithAWebsiteIsAUsageError(arguments: [String], message: String) async throws {
    let fixture = try IngestFixture()
    let output = MemorySink()
    let code = await IngestProgram.program.run(
      ["add"] + arguments, settings: Settings(environment: fixture.environment),
      output: Output(results: output, messages: output))
    #expect(code == .usage && output.text.contains(message), "\(output.text)")
    #expect(access(fixture.database, F_OK) != 0)
  }

  private struct Status: Decodable {
    var documents: Int
  }

  @Test(arguments: CorpusKind.testable)
  func aWatchedFolderIsFollowedUntilInterrupted(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("a.md", "The robot walks.")
    let child = try fixture.start("add", fixture.documents, "--watch")
    func wait(documents: Int) async throws {
      // There is no corpus before the first document.
      while (try? await fixture.run("status", "--json").json(Status.self).documents) != documents {
        try await Task.sleep(for: .milliseconds(20))
      }
    }
    try await wait(documents: 1)
    try fixture.write("b.md", "The robot balances.")
    try await wait(documents: 2)
    try fixture.remove("a.md")
    try await wait(documents: 1)
    child.signal(SIGINT)
    #expect([0, 130].contains(await child.exitCode()))
  }
}
