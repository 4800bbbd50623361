import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import RAGServer

@Suite struct RereadTests {
  private func withDocuments(
    _ kind: CorpusKind, _ body: (RAGServerFixture, DocumentReply) async throws -> Void
  ) async throws {
    let settings = Settings(environment: ["ADMIN_API_KEY": "secret"])
    try await withRAGServer(["leg.md": "# Leg\n\nOne."], on: kind, configure: setting(\.settings, settings)) {
      server in
      let list = try await server.send("GET", "/api/documents", headers: ["X-API-Key: secret"])
      let document = try #require(try list.json(DocumentList.self).documents.first)
      try await body(server, document)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a changed file is read again`(kind: CorpusKind) async throws {
    try await withDocuments(kind) { server, document in
      try write("# Leg and foot\n\nTwo toes.", to: server.directory + "/docs/leg.md")
      let path = "/api/documents/\(document.id)/reingest"
      #expect(try await server.send("POST", path).status == 401)
      let again = try await server.send("POST", path, headers: ["X-API-Key: secret"]).json(DocumentReply.self)
      #expect(again.id == document.id && again.title == "Leg and foot" && again.status == .ready)
      let found = try await server.post("/api/search", #"{"query": "toes", "k": 1}"#)
      #expect(found.text.contains("Two toes."))
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a file that is gone keeps its last text and says so`(kind: CorpusKind) async throws {
    try await withDocuments(kind) { server, document in
      try FileManager.default.removeItem(atPath: server.directory + "/docs/leg.md")
      let again = try await server.send(
        "POST", "/api/documents/\(document.id)/reingest", headers: ["X-API-Key: secret"]
      ).json(DocumentReply.self)
      #expect(again.status == .outdated && again.error?.isEmpty == false)
    }
  }
}
