import Commands
import FoundationEssentials
import HTTPServer
import Models
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

@Suite struct DocumentRoutesTests {
  private static let key = "admin-key-of-the-tests"
  static let admin = ["Authorization: Bearer \(key)"]
  private let configure = setting(\.settings, Settings(environment: ["ADMIN_API_KEY": key]))

  private func list(_ server: RAGServerFixture, _ query: String = "") async throws -> DocumentList {
    try await server.send("GET", "/api/documents\(query)", headers: Self.admin).json(DocumentList.self)
  }

  @Test(arguments: CorpusKind.testable)
  func `documents are listed with filters and pages`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      let all = try await list(server)
      #expect(all.total == 3 && all.documents.map(\.name) == ["docs/arm.md", "docs/eye.md", "docs/leg.md"])
      #expect(all.nextOffset == nil && all.documents.allSatisfy { $0.status == .ready && $0.chunks == 1 })
      let page = try await list(server, "?limit=2")
      #expect(page.documents.count == 2 && page.total == 3 && page.nextOffset == 2)
      #expect(try await list(server, "?limit=2&offset=2").documents.map(\.name) == ["docs/leg.md"])
      #expect(try await list(server, "?prefix=docs/e").documents.map(\.name) == ["docs/eye.md"])
      #expect(try await list(server, "?status=failed").total == 0)
      #expect(try await list(server, "?collection=other").total == 0)
      let wrong = try await server.send("GET", "/api/documents?limit=0", headers: Self.admin)
      #expect(wrong.status == 400)
      #expect(try wrong.failure().message == "limit: expected a whole number from 1 to 1000, found '0'")
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `the text around a citation is read with its heading path, by anybody`(kind: CorpusKind) async throws {
    let text = "# Arm\n\nThe elbow — a hinge — bends.\n\n## Wrist\n\nThe wrist turns by 90 degrees."
    try await withRAGServer(["arm.md": text], on: kind, configure: configure) { server in
      struct Result: Decodable { var passages: [Passage] }
      let found = try await server.post("/api/search", #"{"query": "wrist turns", "k": 1}"#).json(Result.self)
      let passage = try #require(found.passages.first)
      let path =
        "/api/documents/\(passage.documentID)/text?start=\(passage.start)&end=\(passage.end)&context=7"
      let reply = try await server.send("GET", path).json(DocumentTextReply.self)
      #expect(reply.text == passage.text && reply.headingPath == passage.headingPath)
      #expect(reply.start == passage.start && reply.end == passage.end && reply.before.count <= 7)
      #expect(reply.document.name == "docs/arm.md")
      let whole = try await server.send("GET", "/api/documents/\(passage.documentID)/text")
        .json(DocumentTextReply.self)
      #expect(whole.end == whole.length && whole.text.unicodeScalars.count == whole.length)
      let beyond = try await server.send("GET", "/api/documents/\(passage.documentID)/text?start=9999")
        .json(DocumentTextReply.self)
      #expect(beyond.text == "" && beyond.start == whole.length)
      #expect(try await server.send("GET", "/api/documents/777/text").status == 404)
      #expect(try await server.send("GET", "/api/documents/x/text").status == 404)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `what another process ingests is seen within two seconds`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      #expect(try await list(server).total == 3)
      try await server.ingest(["hand.md": "# Hand\n\nThe human hand has 27 bones."])
      let start = ContinuousClock.now
      #expect(try await list(server).total == 4)
      let found = try await server.post("/api/search", #"{"query": "how many bones has the hand", "k": 1}"#)
      #expect(found.text.contains("27 bones"))
      #expect(.now - start < .seconds(2))
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a document is removed by number and by source`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      let documents = try await list(server).documents
      let removed = try await server.send("DELETE", "/api/documents/\(documents[0].id)", headers: Self.admin)
      #expect(removed.status == 200 && removed.text.contains(documents[0].source))
      let source = documents[1].source
      let second = try await server.send("DELETE", "/api/documents?source=\(source)", headers: Self.admin)
      #expect(second.status == 200)
      #expect(try await list(server).documents.map(\.name) == ["docs/leg.md"])
      #expect(
        try await server.send("DELETE", "/api/documents?source=\(source)", headers: Self.admin).status == 404)
      #expect(try await server.send("DELETE", "/api/documents/999", headers: Self.admin).status == 404)
      let nothing = try await server.send("DELETE", "/api/documents", headers: Self.admin)
      #expect(nothing.status == 400)
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a source that no document has is answered with those that may be meant, and nothing is removed`(
    kind: CorpusKind
  ) async throws {
    try await withRAGServer(on: kind, configure: configure) { server in
      let folder = try #require(try await list(server).documents.first).source.dropLast("arm.md".count)
      for (wanted, meant) in [
        ("arm.md", "Did you mean '\(folder)arm.md'? "), ("docs/leg.md", "Did you mean '\(folder)leg.md'? "),
        ("docs/", "Did you mean '\(folder)arm.md' or '\(folder)eye.md' or '\(folder)leg.md'? "),
        ("docs/lag.md", "Did you mean '\(folder)leg.md'? "),
        ("\(folder)leg.m", "Did you mean '\(folder)leg.md'? "),
        ("quite-another-name", ""),
      ] {
        let reply = try await server.send("DELETE", "/api/documents?source=\(wanted)", headers: Self.admin)
        let failure = try reply.failure()
        #expect(reply.status == 404 && failure.message.contains("'\(wanted)'"), "\(reply.text)")
        #expect(failure.hint?.hasPrefix(meant + "The source has to be given as a whole") == true, "\(wanted)")
      }
      #expect(try await list(server).total == 3)
    }
  }

  @Test(
    arguments: [
      ("GET", "/api/documents"), ("GET", "/api/documents/1"), ("DELETE", "/api/documents/1"),
      ("DELETE", "/api/documents?source=x"), ("POST", "/api/documents"), ("GET", "/api/documents/uploads"),
      ("GET", "/api/documents/uploads/x"),
    ])
  func `only the administrator changes or lists documents`(method: String, path: String) async throws {
    try await withRAGServer(configure: configure) { server in
      let response = try await server.send(method, path)
      #expect(response.status == 401)
    }
    try await withRAGServer { server in
      let response = try await server.send(method, path, headers: Self.admin)
      #expect(response.status == 403)
      #expect(try response.failure().code == "admin_key_not_set")
    }
  }
}
