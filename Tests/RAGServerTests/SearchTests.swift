import Commands
import Health
import Models
import Retrieval
import SQLite
import TestSupport
import Testing

@testable import RAGServer

@Suite struct SearchTests {
  @Test(arguments: ["hybrid", "dense", "lexical"], CorpusKind.testable)
  func `the passages that fit best come first`(mode: String, kind: CorpusKind) async throws {
    try await withRAGServer(on: kind) { server in
      let response = try await server.post(
        "/api/search", #"{"query": "knee joint bends the leg", "mode": "\#(mode)", "k": 2}"#)
      #expect(response.status == 200)
      let result = try response.json(SearchResult.self)
      #expect(result.mode.rawValue == mode && result.query == "knee joint bends the leg")
      #expect(result.passages.count == 2)
      let first = try #require(result.passages.first)
      #expect(first.document.hasSuffix("leg.md") && first.text.contains("120 degrees"))
    }
  }

  @Test func `mistyped words are put right, unless a search says otherwise`() async throws {
    let model = HashingEmbeddingModel(dimensions: 512, vocabulary: ["the"])
    try await withRAGServer(model: model) { server in
      let question = #""query": "the kene joint bends the leg""#
      let result = try await server.post("/api/search", "{\(question)}").json(SearchResult.self)
      #expect(result.correctedQuery == "the knee joint bends the leg")
      #expect(result.passages.first?.document.hasSuffix("leg.md") == true)
      let asWritten = try await server.post("/api/search", #"{\#(question), "correct_spelling": false}"#)
      #expect(try asWritten.json(SearchResult.self).correctedQuery == nil)
      let reply = try await server.post("/api/chat", #"{"message": "How far does the kene bend the leg?"}"#)
      #expect(try reply.json(ChatReply.self).rewrittenQuestion == "How far does the knee bend the leg?")
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `only what the filter lets through is found`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind) { server in
      let filters = [
        (#"{"collections": ["default"]}"#, 3), (#"{"collections": ["other"]}"#, 0),
        (#"{"collections": ["other", "default"]}"#, 3), (#"{"tags": ["none"]}"#, 0),
        (#"{"source_prefix": "\#(server.directory)/docs/l"}"#, 1), ("{}", 3), ("null", 3),
      ]
      for (filter, count) in filters {
        let response = try await server.post("/api/search", #"{"query": "joint", "filter": \#(filter)}"#)
        #expect(try response.json(SearchResult.self).passages.count == count, "\(filter)")
      }
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `documents that another connection ingests later are found`(kind: CorpusKind) async throws {
    try await withRAGServer(on: kind) { server in
      let question = #"{"query": "gyroscope balance", "mode": "hybrid"}"#
      let before = try await server.post("/api/search", question).json(SearchResult.self)
      #expect(!before.passages.contains { $0.document.hasSuffix("ear.md") })
      try await server.ingest(["ear.md": "# Ear\n\nA gyroscope keeps the balance."])
      let after = try await server.post("/api/search", question).json(SearchResult.self)
      #expect(after.passages.first?.document.hasSuffix("ear.md") == true)
    }
  }

  @Test(arguments: [
    ("{", "not valid JSON"), ("", "The body is empty"), ("[]", "the body"), ("{}", "query: required"),
    (#"{"query": 5}"#, "query: expected a string, found a number"),
    (#"{"query": " \n"}"#, "query: empty"),
    (#"{"query": "a", "k": "5"}"#, "k: expected a whole number"),
    (#"{"query": "a", "k": 1.5}"#, "k: expected a whole number"),
    (#"{"query": "a", "k": 0}"#, "k: expected a whole number from 1 to 1000"),
    (#"{"query": "a", "mode": "psychic"}"#, "mode: "),
    (#"{"query": "a", "filter": []}"#, "filter: expected"),
    (
      #"{"query": "a", "filter": {"collection": "x"}}"#,
      "filter.collection: not known here. Did you mean 'collections'? Known are collections, tags, source_prefix."
    ),
    (
      #"{"querry": "a"}"#,
      "querry: not known here. Did you mean 'query'? Known are query, k, mode, filter, correct_spelling."
    ),
    (#"{"query": "a", "topk": 3}"#, "topk: not known here. Known are query, k,"),
    (#"{"query": "a", "filter": {"tags": [1]}}"#, "filter.tags[0]: expected a string"),
    (#"{"query": "a", "filter": {"source_prefix": true}}"#, "filter.source_prefix: expected a string"),
  ])
  func `a request that cannot be used is refused by the name of its field`(body: String, message: String)
    async throws
  {
    try await withRAGServer { server in
      let response = try await server.post("/api/search", body)
      let failure = try response.failure()
      #expect(response.status == 400 && failure.code == "invalid_request")
      #expect(failure.message.hasPrefix(message) || failure.message.contains(message), "\(failure.message)")
    }
  }

  @Test(arguments: [
    (ModelError.Kind.authentication, 502, "Gone."), (.rateLimited, 503, "Gone."),
    (.timeout, 504, "Request took too long to process"),
    (.unavailable, 503, "AI service temporarily unavailable"),
  ])
  func `a failure of the model is told by its kind`(
    kind: ModelError.Kind, status: Int, message: String
  ) async throws {
    let model = FaultyModel()
    model.set(
      .error(ModelError(kind, provider: "openai", message: "Gone.", hint: "Wait.", retryAfter: .seconds(7))))
    try await withRAGServer(model: model) { server in
      let response = try await server.post("/api/search", #"{"query": "knee", "mode": "dense"}"#)
      let failure = try response.failure()
      #expect(response.status == status && failure.code == kind.rawValue)
      #expect(
        failure.message == message && failure.hint?.hasSuffix("Wait.") == true
          && response.header("Retry-After") == "7")
    }
  }

  @Test(arguments: [
    ("/api/search", #"{"query": "knee joint bends the leg"}"#),
    ("/api/chat", #"{"message": "How far does the knee joint bend the leg?"}"#),
    (
      "/v1/chat/completions",
      #"{"model": "footnote", "messages": [{"role": "user", "content": "How far does the knee joint bend the leg?"}]}"#
    ),
    ("/v1/responses", #"{"model": "footnote", "input": "How far does the knee joint bend the leg?"}"#),
  ])
  func `where the embedding model fails, words alone find passages, and the reply says so`(
    path: String, body: String
  ) async throws {
    let model = FaultyModel()
    let settings = Settings(environment: ["RATE_LIMIT": "off"])
    try await withRAGServer(model: model, configure: setting(\.settings, settings)) { server in
      #expect(try await server.post(path, body).json(JSONValue.self)["degraded"] == false)
      model.set(.error(ModelError(.quotaExceeded, provider: "openai", message: "Spent.", hint: "Pay.")))
      let response = try await server.post(path, body)
      let reply = try response.json(JSONValue.self)
      #expect(response.status == 200 && reply["degraded"] == true)
      #expect(reply["degraded_reason"]?["code"] == "quota_exceeded")
      #expect(reply["degraded_reason"]?["message"] == "Spent. Passages were found by their words alone.")
      #expect(reply["degraded_reason"]?["hint"] == "Pay." && reply["degraded_reason"]?["part"] == "search")
      #expect(response.text.contains("120 degrees"))
    }
    let off = Settings(environment: ["RATE_LIMIT": "off", "FALLBACK": "off"])
    try await withRAGServer(model: model, configure: setting(\.settings, off)) { server in
      let refused = try await server.post(path, body)
      #expect(refused.status == (path.hasPrefix("/v1") ? 429 : 502))
    }
  }

  @Test func `a corpus that breaks is told without its path, which only the log names`() async throws {
    try await withRAGServer { server in
      try Connection(path: server.database, mode: .readWrite).execute(
        "DROP TABLE lexical_pieces; DROP TABLE chunks")
      let response = try await server.post("/api/search", #"{"query": "knee"}"#)
      #expect(response.status == 503)
      #expect(try response.failure().code == "corpus_unavailable")
      #expect(!response.text.contains(server.directory))
      let health = try await server.send("GET", "/api/health")
      let report = try health.json(HealthReport.self)
      #expect(health.status == 503 && report.parts["corpus"]?.status == .unhealthy)
      #expect(report.parts["corpus"]?.hint?.contains("ingest doctor") == true)
      await server.application.stop(within: .seconds(10))
      #expect(server.messages.text.contains("Cannot use corpus '\(server.database)'"))
    }
  }

  @Test(arguments: CorpusKind.testable)
  func `a corpus that was embedded anew with another model is not searched`(kind: CorpusKind) async throws {
    try await withRAGServer([:], on: kind) { server in
      #expect(try await server.post("/api/search", #"{"query": "knee"}"#).status == 200)
      let other = HashingEmbeddingModel(name: "other", dimensions: 512)
      let corpus = try await server.place.open(.write)
      try write("The knee bends.", to: server.directory + "/docs/knee.md")
      _ = try await Indexer(corpus: corpus, model: other, loader: DocumentReader())
        .run(.walk([server.directory + "/docs"]))
      let response = try await server.post("/api/search", #"{"query": "knee"}"#)
      #expect(response.status == 503)
      #expect(try response.failure().code == "corpus_reembedded")
      let report = try await server.send("GET", "/api/health")
      #expect(report.status == 503)
    }
  }
}
