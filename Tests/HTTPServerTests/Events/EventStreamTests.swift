import HTTPServer
import Testing

@Suite struct EventStreamTests {
  private func text(_ produce: @escaping @Sendable (EventStream) async throws -> Void) async throws -> String
  {
    String(decoding: try await Response.events(produce).body.collect(), as: UTF8.self)
  }

  @Test(arguments: [
    ("hello", "data: hello\n\n"), ("", "data: \n\n"), ("a\nb", "data: a\ndata: b\n\n"),
    ("a\r\nb\rc", "data: a\ndata: b\ndata: c\n\n"), ("\n", "data: \ndata: \n\n"),
    ("a\n\n", "data: a\ndata: \ndata: \n\n"),
    ("naïve: ✓", "data: naïve: ✓\n\n"),
  ])
  func `every line of the data is a data line`(data: String, sent: String) async throws {
    #expect(try await text { try await $0.send(data) } == sent)
  }

  @Test func `type and id stand before the data and cannot break out of their line`() async throws {
    let sent = try await text { try await $0.send("x", event: "delta\ndata: y", id: "7\r\n") }
    #expect(sent == "event: delta data: y\nid: 7  \ndata: x\n\n")
  }

  @Test func `values are sent as JSON`() async throws {
    let sent = try await text { try await $0.send(json: ["a": "b/c"], event: "done") }
    #expect(sent == "event: done\ndata: {\"a\":\"b/c\"}\n\n")
  }

  @Test func `the response is one that proxies and caches leave alone`() {
    let headers = Response.events { _ in }.headers
    #expect(headers["Content-Type"] == "text/event-stream")
    #expect(headers["Cache-Control"] == "no-cache")
    #expect(headers["X-Accel-Buffering"] == "no")
  }
}
