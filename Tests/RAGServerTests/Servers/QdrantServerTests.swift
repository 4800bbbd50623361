import Commands
import FoundationEssentials
import Health
import Models
import State
import TestSupport
import Testing

@testable import RAGServer

/// A server whose Qdrant misbehaves.
@Suite(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"), .timeLimit(.minutes(3)))
struct QdrantServerTests {
  private static let model = HashingEmbeddingModel(dimensions: 512)
  private static func configure(_ configuration: inout ApplicationConfiguration) {
    configuration.settings = Settings(environment: ["ADMIN_API_KEY": "k", "RATE_LIMIT": "off"])
    configuration.healthLifetime = .zero
    configuration.requestTimeout = .seconds(2)
  }

  private func withServer(_ body: (RAGServerFixture, QdrantStandIn) async throws -> Void) async throws {
    let qdrant = try await QdrantStandIn.start(key: "the-key")
    try await CorpusKind.withPlace(on: qdrant) { place in
      try await place.ingest(RAGServerFixture.robots, Self.model)
      try await RAGServerFixture.run(over: place, Self.model, Self.configure) { server in
        try await body(server, qdrant)
        try await qdrant.fault("{}")
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let fault: String
    var status = 503
    var code = "corpus_unavailable"
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "slow", fault: #"{"slow": 8}"#, status: 504, code: "timeout"),
    Case(name: "refuses", fault: #"{"refuse": true}"#),
    Case(name: "500", fault: #"{"status": 500, "times": 1000}"#),
    Case(name: "503 in between", fault: #"{"status": 503, "times": 1000, "path": "/collections"}"#),
    Case(name: "429", fault: #"{"status": 429, "times": 1000}"#),
    // Waiting is what it asks for, and the request has no time for that.
    Case(
      name: "429 with Retry-After", fault: #"{"status": 429, "times": 1000, "retry_after": 30}"#, status: 504,
      code: "timeout"),
    Case(name: "502", fault: #"{"status": 502, "times": 1000}"#),
    Case(name: "another key", fault: #"{"status": 401, "times": 1000}"#),
    Case(name: "partly down", fault: #"{"partly_down": true}"#),
    Case(name: "full", fault: #"{"status": 507, "times": 1000}"#),
  ]

  @Test(arguments: cases)
  func `a search says that the corpus cannot be read, never where it is, and works again afterwards`(
    fault: Case
  ) async throws {
    try await withServer { server, qdrant in
      let search = #"{"query": "knee joint", "k": 1}"#
      #expect(try await server.post("/api/search", search).text.contains("120 degrees"))
      try await qdrant.fault(fault.fault)
      let start = ContinuousClock.now
      let response = try await server.post("/api/search", search)
      #expect(response.status == fault.status, "\(response.text)")
      #expect(try response.failure().code == fault.code)
      #expect(!response.text.contains(qdrant.url) && !response.text.contains("the-key"))
      #expect(.now - start < .seconds(4))
      let health = try await server.send("GET", "/api/health")
      let report = try health.json(HealthReport.self)
      #expect(health.status == 503 && report.parts["qdrant"]?.status == .unhealthy, "\(health.text)")
      #expect(report.parts["qdrant"]?.hint?.isEmpty == false)
      #expect(try await server.send("GET", "/health").status == 200, "the process itself is alive")
      try await qdrant.fault("{}")
      #expect(try await server.post("/api/search", search).text.contains("120 degrees"))
      #expect(try await server.send("GET", "/api/health").status == 200)
    }
  }

  @Test func `one failure in between is not noticed`() async throws {
    try await withServer { server, qdrant in
      for status in [429, 502, 503, 504] {
        try await qdrant.fault(#"{"status": \#(status), "times": 1, "path": "/collections"}"#)
        let response = try await server.post("/api/search", #"{"query": "knee joint", "k": 1}"#)
        #expect(response.status == 200 && response.text.contains("120 degrees"))
      }
    }
  }

  private func change(
    _ upload: Upload, _ records: any RecordStore, _ body: @escaping @Sendable (inout Upload) -> Void
  ) async throws {
    _ = try await records.update(record: upload.id) { record in
      guard var stored = Upload(record) else { return false }
      body(&stored)
      record = stored.record
      return true
    }
  }

  /// Down from the beginning, or from the middle of an upload.
  @Test(arguments: [#"{"partly_down": true}"#, #"{"status": 503, "times": 100000, "skip": 6}"#])
  func `uploads wait while it is down, however often they are tried, and are taken in when it is back`(
    fault: String
  ) async throws {
    try await withServer { server, qdrant in
      let records = server.application.state.records
      let store = UploadStore(records: records)
      let start = ContinuousClock.now
      try await qdrant.fault(fault)
      let upload = try await store.add(
        name: "hand.md", collection: "default", tags: [], content: Array("The hand has 27 bones.".utf8))
      try await change(upload, records) { $0.attempts = 4 }
      // Each would be the last if it counted.
      for _ in 0..<2 {
        let isWaiting = { @Sendable () async throws in try await store.upload(upload.id)?.notBefore != nil }
        while try await !isWaiting(), .now - start < .seconds(60) {
          await server.application.uploads.wake()
          try await Task.sleep(for: .milliseconds(20))
        }
        let waiting = try #require(try await store.upload(upload.id))
        #expect(waiting.status == .queued && waiting.error?.contains("Qdrant") == true)
        // As if the time had passed.
        try await change(upload, records) { $0.notBefore = nil }
      }
      try await qdrant.fault("{}")
      while try await store.upload(upload.id)?.status != .ready, .now - start < .seconds(90) {
        await server.application.uploads.wake()
        try await Task.sleep(for: .milliseconds(50))
      }
      let done = try #require(try await store.upload(upload.id))
      #expect(done.status == .ready && done.attempts <= 5 && done.error == nil)
      let found = try await server.post("/api/search", #"{"query": "bones of the hand", "k": 1}"#)
      #expect(found.text.contains("27 bones"))
    }
  }

  @Test func `a collection that turns red or loses an index is named by the health`() async throws {
    try await withServer { server, qdrant in
      try await qdrant.fault(#"{"collection_status": "yellow"}"#)
      #expect(try await server.send("GET", "/api/health").status == 200)
      try await qdrant.fault(#"{"collection_status": "red"}"#)
      let red = try await server.send("GET", "/api/health").json(HealthReport.self)
      #expect(red.parts["qdrant"]?.status == .unhealthy)
      #expect(red.parts["qdrant"]?.detail.contains("red") == true)
    }
  }
}
