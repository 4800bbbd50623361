import Commands
import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import Ingest

@Suite struct MCPCommandTests {
  private func ask(_ process: ChildProcess, _ line: String, _ answers: inout InputLinesIterator) async throws
    -> JSONValue
  {
    try process.write(line + "\n")
    return try JSONValue(parsing: try #require(try await answers.next()).utf8)
  }

  @Test(arguments: CorpusKind.testable)
  func aDesktopClientSearchesTheCorpus(kind: CorpusKind) async throws {
    let fixture = try await IngestFixture.on(kind)
    try fixture.write("leg.md", "# Leg\n\nThe knee joint bends the leg.")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    let process = try fixture.start("mcp")
    var answers = process.output.makeAsyncIterator()
    let hello = try await ask(
      process,
      #"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"x","version":"1"}}}"#,
      &answers)
    #expect(hello["result"]?["protocolVersion"] == "2025-06-18")
    let found = try await ask(
      process,
      #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"search","arguments":{"query":"knee"}}}"#,
      &answers)
    #expect(found["result"]?["structuredContent"]?["results"]?.array?.first?["title"] == "Leg")
    process.closeInput()
    #expect(await process.exitCode() == 0)
    // Standard output is the protocol's alone.
    #expect(try await answers.next() == nil)
  }

  @Test(
    .enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"),
    arguments: [("legacy", "2025-11-25"), ("2026-07-28", "2026-07-28"), ("auto", "2026-07-28")])
  func theOfficialClientIsServed(mode: String, version: String) async throws {
    let fixture = try IngestFixture()
    try fixture.write("leg.md", "# Leg\n\nThe knee joint bends the leg.")
    #expect(await fixture.run("add", fixture.documents).code == .success)
    let (code, output, errors) = try await PythonPeer.run(
      PythonPeer.client, [mode, try ChildProcess.path(of: "ingest"), "mcp"], environment: fixture.environment)
    try #require(code == 0, "\(errors)")
    let report = try JSONValue(parsing: output.utf8)
    #expect(report["version"]?.string == version && report["tools"] == ["search", "fetch", "ask"])
    #expect(report["search"]?["results"]?.array?.first?["title"] == "Leg")
    #expect(report["text"]?.string?.contains("knee joint") == true)
  }
}

private typealias InputLinesIterator = InputLines.Iterator
