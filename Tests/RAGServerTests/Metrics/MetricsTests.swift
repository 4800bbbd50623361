import HTTPServer
import Models
import TestSupport
import Testing

@testable import RAGServer

@Suite struct MetricsTests {
  @Test func `requests are counted by route, method and status`() async throws {
    try await withRAGServer { server in
      for _ in 0..<3 { _ = try await server.send("GET", "/health") }
      _ = try await server.post("/api/search", #"{"query": "knee"}"#)
      _ = try await server.post("/api/search", "{}")
      for path in ["/a", "/b", "/c"] { _ = try await server.send("BREW", path) }
      let response = try await server.send("GET", "/metrics")
      #expect(response.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
      let metrics = try PrometheusText(parsing: response.text)
      let requests = "footnote_http_requests_total"
      #expect(metrics.value(requests, ["route": "/health", "method": "GET", "status": "200"]) == 3)
      #expect(metrics.value(requests, ["route": "/api/search", "status": "200"]) == 1)
      #expect(metrics.value(requests, ["route": "/api/search", "status": "400"]) == 1)
      // What clients make up makes no labels.
      #expect(metrics.value(requests, ["route": "none", "method": "other", "status": "404"]) == 3)
      #expect(
        metrics.value(
          "footnote_http_request_duration_seconds_count", ["route": "/health", "status": "200"]) == 3)
    }
  }

  @Test func `searches, models, the corpus and the process are measured`() async throws {
    try await withRAGServer { server in
      _ = try await server.post("/api/search", #"{"query": "knee", "mode": "hybrid"}"#)
      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(metrics.value("footnote_retrieval_duration_seconds_count", ["mode": "hybrid"]) == 1)
      #expect(metrics.value("footnote_model_duration_seconds_count", ["purpose": "embedding"]) == 1)
      for question in ["How far does the knee joint bend the leg?", "Who won the 2014 world cup?"] {
        _ = try await server.post("/api/chat", #"{"message": "\#(question)"}"#)
      }
      let answered = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(answered.value("footnote_answers_total", ["kind": "extractive"]) == 1)
      #expect(answered.value("footnote_answers_total", ["kind": "refused"]) == 1)
      #expect(metrics.value("footnote_corpus_documents") == 3)
      #expect(metrics.value("footnote_corpus_chunks") == 3)
      #expect((metrics.value("footnote_http_connections") ?? 0) >= 1)
      #expect((metrics.value("process_resident_memory_bytes") ?? 0) > 1_000_000)
      #expect((metrics.value("process_open_fds") ?? 0) > 3)
      let started = try #require(metrics.value("process_start_time_seconds"))
      #expect(started > 1_700_000_000)

      try await server.ingest(["hand.md": "# Hand\n\nThe hand has 27 bones."])
      let later = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(later.value("footnote_corpus_documents") == 4)
    }
  }

  @Test func `failures of an embedding model are counted by kind`() async throws {
    let model = FaultyModel()
    model.set(.error(ModelError(.quotaExceeded, provider: "openai", message: "Nothing left.")))
    try await withRAGServer(model: model) { server in
      _ = try await server.post("/api/search", #"{"query": "knee"}"#)
      let metrics = try PrometheusText(parsing: try await server.send("GET", "/metrics").text)
      #expect(
        metrics.value(
          "footnote_upstream_errors_total",
          ["purpose": "embedding", "provider": "openai", "kind": "quota_exceeded"]) == 1)
    }
  }

  @Test func `a chat model's tokens, cost, first token and errors are counted`() async throws {
    let metrics = Metrics()
    let usage = Usage(promptTokens: 1_000_000, completionTokens: 10, cachedTokens: 0)
    let model = MeasuredChatModel(
      base: FixedChatModel(name: "gpt-4o", events: [.textDelta("Hi"), .usage(usage), .finish(.stop)]),
      metrics: metrics)
    #expect(try await model.complete(Models.ChatRequest(messages: [])).text == "Hi")
    let failing = MeasuredChatModel(
      base: FixedChatModel(
        name: "gpt-4o", events: [],
        error: ModelError(.rateLimited, provider: "openai", message: "Slow down.")), metrics: metrics)
    await #expect(throws: ModelError.self) { try await failing.complete(Models.ChatRequest(messages: [])) }
    let text = try PrometheusText(parsing: metrics.text(corpus: nil, version: "1\"\\\n"))
    #expect(text.value("footnote_build_info", ["version": "1\"\\\n"]) == 1)
    #expect(text.value("footnote_model_tokens_total", ["model": "gpt-4o", "kind": "prompt"]) == 1_000_000)
    #expect(text.value("footnote_model_tokens_total", ["kind": "completion"]) == 10)
    let cost = try #require(usage.cost(of: "gpt-4o"))
    #expect(text.value("footnote_model_cost_dollars_total", ["model": "gpt-4o"]) == cost)
    #expect(text.value("footnote_model_first_token_seconds_count") == 1)
    #expect(text.value("footnote_model_duration_seconds_count", ["purpose": "chat"]) == 2)
    #expect(text.value("footnote_upstream_errors_total", ["kind": "rate_limited"]) == 1)
  }

  @Test func `counts of many threads add up`() async {
    let counts = Sharded<Int, Int>()
    await withTaskGroup(of: Void.self) { group in
      for task in 0..<16 {
        group.addTask {
          for _ in 0..<1000 { counts.update(task % 3, default: 0) { $0 += 1 } }
        }
      }
    }
    #expect(counts.merged(+=).values.reduce(0, +) == 16_000)
  }

  @Test func `durations fall into the range that ends with them`() {
    var histogram = Histogram()
    for duration in [Duration.zero, .milliseconds(1), .microseconds(1001), .seconds(1000)] {
      histogram.add(duration)
    }
    #expect(histogram.counts[0] == 1 && histogram.counts[1] == 1 && histogram.counts[2] == 1)
    #expect(histogram.counts.last == 1 && histogram.count == 4)
  }
}

/// Says the same at every call.
struct FixedChatModel: ChatModel {
  var name: String
  var window: Int { 8192 }
  var events: [ChatEvent]
  var error: ModelError?

  func stream(_ request: Models.ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    AsyncThrowingStream { continuation in
      for event in events { continuation.yield(event) }
      continuation.finish(throwing: error)
    }
  }
}
