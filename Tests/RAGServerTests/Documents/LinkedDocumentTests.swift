import Commands
import FoundationEssentials
import Models
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

/// Folders whose files stand on a website, over HTTP.
@Suite struct LinkedDocumentTests {
  private static let base = "https://example.org/docs/"
  private static let admin = ["X-API-Key: secret"]

  private func withLinks(
    _ kind: CorpusKind = .file, _ body: (RAGServerFixture) async throws -> Void
  ) async throws {
    let settings = Settings(environment: ["ADMIN_API_KEY": "secret", "RATE_LIMIT": "off"])
    try await withRAGServer(on: kind, configure: setting(\.settings, settings)) { server in
      let corpus = try await server.place.open(.write)
      var book = SiteLinkBook()
      let links = try #require(SiteLinks(base: Self.base))
      book.link([server.directory + "/docs/"], of: "default", to: links)
      try await book.save(in: corpus)
      try await body(server)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `passages, citations and documents carry the address, heading included`(kind: CorpusKind) async throws
  {
    try await withLinks(kind) { server in
      let knee = Self.base + "leg#leg"
      let found = try await server.post("/api/search", #"{"query": "knee joint", "k": 1}"#)
        .json(JSONValue.self)
      #expect(found["passages"]?.array?.first?["url"]?.string == knee)
      let question = "How far does the knee joint bend the leg?"
      let reply = try await server.post("/api/chat", #"{"message": "\#(question)"}"#).json(JSONValue.self)
      #expect(reply["citations"]?.array?.first?["url"]?.string == knee, "\(reply)")
      let response = try await server.respond(#"{"model": "extractive", "input": "\#(question)"}"#)
      let annotation = try #require(onlyPart(response)?["annotations"]?.array?.first)
      #expect(annotation["type"] == "url_citation" && annotation["url"]?.string == knee, "\(response)")
      #expect(annotation["start_index"]?.integer == 45 && annotation["end_index"]?.integer == 48)
      let list = try await server.send("GET", "/api/documents", headers: Self.admin).json(DocumentList.self)
      let leg = try #require(list.documents.first { $0.name == "docs/leg.md" })
      #expect(leg.url == Self.base + "leg")
      let text = try await server.send("GET", "/api/documents/\(leg.id)/text?start=6&end=20")
        .json(DocumentTextReply.self)
      #expect(text.url == knee)
      // A file that is read again stays where it is on the web, and keeps its name.
      try write("# Leg\n\n## Ankle\n\nThe ankle turns by 45 degrees.", to: server.directory + "/docs/leg.md")
      let again = try await server.send("POST", "/api/documents/\(leg.id)/reingest", headers: Self.admin)
        .json(DocumentReply.self)
      #expect(again.url == Self.base + "leg" && again.name == "docs/leg.md")
      let ankle = try await server.post("/api/search", #"{"query": "ankle turns", "k": 1}"#)
        .json(JSONValue.self)
      #expect(ankle["passages"]?.array?.first?["url"]?.string?.hasPrefix(Self.base + "leg#") == true)
    }
  }

  @Test func `an MCP client is led there too`() async throws {
    try await withLinks { server in
      let call: JSONValue = [
        "jsonrpc": "2.0", "id": 1, "method": "tools/call",
        "params": ["name": "search", "arguments": ["query": "knee joint", "limit": 1]],
      ]
      let mcp = try await server.send(
        "POST", "/mcp",
        headers: ["Content-Type: application/json", "Accept: application/json, text/event-stream"],
        body: call.text)
      #expect(mcp.text.contains("leg#leg"), "\(mcp.text)")
    }
  }
}
