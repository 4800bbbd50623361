import Commands
import Glibc
import Health
import Models
import Retrieval
import TestSupport
import Testing

@testable import RAGServer

/// A server whose corpus another file is put in the place of.
@Suite struct ReplacedCorpusTests {
  private static let admin = ["X-API-Key: secret"]

  private func configure(_ configuration: inout ApplicationConfiguration) {
    configuration.corpusInterval = .milliseconds(20)
    configuration.healthLifetime = .zero
    configuration.settings = Settings(environment: ["ADMIN_API_KEY": "secret", "RATE_LIMIT": "off"])
  }

  private func replace(_ server: RAGServerFixture, with text: String) async throws {
    let other = server.directory + "/other.db"
    try write("# Leg\n\n\(text)", to: server.directory + "/other/leg.md")
    do {
      let corpus = try Corpus(path: other, access: .create)
      _ = try await Indexer(corpus: corpus, model: server.model, loader: DocumentReader())
        .run(.walk([server.directory + "/other"]))
      try await corpus.checkpoint()
    }
    #expect(rename(other, server.database) == 0)
  }

  private func part(_ server: RAGServerFixture) async throws -> HealthReport.Part? {
    try await server.send("GET", "/api/health").json(HealthReport.self).parts["corpus"]
  }

  private func wait(until isTrue: () async throws -> Bool) async throws {
    let start = ContinuousClock.now
    while try await !isTrue(), .now - start < .seconds(15) { try await Task.sleep(for: .milliseconds(20)) }
  }

  @Test func `answers come from it without a restart, and uploads go into it`() async throws {
    try await withRAGServer(configure: configure) { server in
      #expect(try await server.post("/api/search", #"{"query": "knee joint"}"#).text.contains("120 degrees"))
      try await replace(server, with: "The knee joint bends the leg by 90 degrees.")
      try await wait {
        try await server.post("/api/search", #"{"query": "knee joint"}"#).text.contains("90 degrees")
      }
      let reply = try await server.post(
        "/api/chat", #"{"message": "How far does the knee joint bend the leg?"}"#
      )
      .json(ChatReply.self)
      #expect(reply.answer.contains("90 degrees"))
      let health = try await part(server)
      #expect(
        health?.status == .healthy && health?.counts?["documents"] == 1, "\(String(describing: health))")
      let list = try await server.send("GET", "/api/documents", headers: Self.admin).json(DocumentList.self)
      #expect(list.documents.map(\.name) == ["other/leg.md"])
      let sent = try await server.send(
        "POST", "/api/documents", headers: Self.admin + ["Content-Type: application/json"],
        body: #"{"name": "arm.md", "text": "The elbow joint bends the arm by 150 degrees."}"#)
      #expect(sent.status == 202)
      try await wait {
        try await server.post("/api/search", #"{"query": "elbow"}"#).text.contains("150 degrees")
      }
      #expect(try await server.post("/api/search", #"{"query": "elbow"}"#).text.contains("150 degrees"))
      #expect(server.messages.text.contains("was replaced: what lies there now is used"))
    }
  }

  @Test func `one that cannot be used leaves the earlier one in use, and health says why`() async throws {
    try await withRAGServer(configure: configure) { server in
      try write("This is no corpus, but some text of its own.", to: server.directory + "/other.db")
      #expect(rename(server.directory + "/other.db", server.database) == 0)
      try await wait { try await part(server)?.detail.contains("is not a Footnote corpus") == true }
      let broken = try #require(try await part(server))
      #expect(broken.status == .degraded && broken.code == "corpus_replaced")
      #expect(broken.detail.contains("What lies there now is not used: "), "\(broken.detail)")
      #expect(try await server.post("/api/search", #"{"query": "knee joint"}"#).text.contains("120 degrees"))
      try await replace(server, with: "The knee joint bends the leg by 90 degrees.")
      try await wait { try await part(server)?.status == .healthy }
      #expect(try await server.post("/api/search", #"{"query": "knee joint"}"#).text.contains("90 degrees"))
    }
  }
}
