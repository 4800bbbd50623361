import HTTPClient
import TestSupport
import Testing

@Suite("Server-sent event parser")
struct ServerSentEventParserTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let stream: String
    let events: [ServerSentEvent]
    var testDescription: String { name }
  }

  static let cases = [
    Case(name: "one event", stream: "data: hello\n\n", events: [.init(data: "hello")]),
    Case(
      name: "several data lines", stream: "data: YHOO\ndata: +2\ndata: 10\n\n",
      events: [.init(data: "YHOO\n+2\n10")]),
    Case(
      name: "type, comment and id of the standard's example",
      stream: ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
      events: [
        .init(data: "first event", id: "1"), .init(data: "second event", id: ""),
        .init(data: " third event", id: ""),
      ]),
    Case(
      name: "empty data of the standard's example", stream: "data\n\ndata\ndata\n\ndata:",
      events: [.init(data: ""), .init(data: "\n")]),
    Case(name: "only one leading space is dropped", stream: "data:   x\n\n", events: [.init(data: "  x")]),
    Case(
      name: "carriage returns", stream: "data: a\rdata: b\r\rdata: c\r\r",
      events: [.init(data: "a\nb"), .init(data: "c")]),
    Case(
      name: "CRLF", stream: "event: add\r\ndata: 1\r\n\r\nevent: remove\r\ndata: 2\r\n\r\n",
      events: [.init(type: "add", data: "1"), .init(type: "remove", data: "2")]),
    Case(
      name: "mixed line ends", stream: "data: a\r\n\rdata: b\n\r\ndata: c\r\r\n",
      events: [.init(data: "a"), .init(data: "b"), .init(data: "c")]),
    Case(name: "a byte order mark at the start", stream: "\u{FEFF}data: x\n\n", events: [.init(data: "x")]),
    Case(
      name: "a byte order mark inside is data's", stream: "data: a\n\n\u{FEFF}data: x\n\n",
      events: [.init(data: "a")]),
    Case(
      name: "the type does not outlive its event", stream: "event: a\ndata: 1\n\ndata: 2\n\n",
      events: [.init(type: "a", data: "1"), .init(data: "2")]),
    Case(
      name: "a type without data is dropped", stream: "event: a\n\ndata: 2\n\n", events: [.init(data: "2")]),
    Case(
      name: "the id stays", stream: "id: 7\ndata: 1\n\ndata: 2\n\n",
      events: [.init(data: "1", id: "7"), .init(data: "2", id: "7")]),
    Case(name: "an id with NUL is ignored", stream: "id: a\u{0}b\ndata: 1\n\n", events: [.init(data: "1")]),
    Case(
      name: "unknown fields are ignored", stream: "foo: bar\nDATA: no\ndata: 1\n\n",
      events: [.init(data: "1")]),
    Case(
      name: "characters of several bytes", stream: "data: grüße 你好 🤖\n\n",
      events: [.init(data: "grüße 你好 🤖")]),
    Case(
      name: "an event that no empty line ends is dropped", stream: "data: 1\n\ndata: 2\n",
      events: [.init(data: "1")]),
  ]

  @Test("gives the events of the standard, in one piece", arguments: cases)
  func whole(_ example: Case) throws {
    var parser = ServerSentEventParser()
    #expect(try parser.consume(Array(example.stream.utf8)) == example.events)
  }

  @Test("gives the same events wherever the bytes are cut", arguments: cases)
  func cut(_ example: Case) throws {
    let bytes = Array(example.stream.utf8)
    for size in 1...max(1, bytes.count) {
      var parser = ServerSentEventParser()
      var events: [ServerSentEvent] = []
      for start in stride(from: 0, to: bytes.count, by: size) {
        events += try parser.consume(bytes[start..<min(start + size, bytes.count)])
      }
      #expect(events == example.events, "pieces of \(size)")
    }
  }

  @Test("hands out the event that the stream ended within, if asked")
  func unfinished() throws {
    for end in ["", "\n"] {
      var parser = ServerSentEventParser()
      #expect(try parser.consume(Array("data: [DONE]\(end)".utf8)).isEmpty)
      #expect(parser.finish() == ServerSentEvent(data: "[DONE]"))
      #expect(parser.finish() == nil)
    }
  }

  @Test("remembers the reconnection time")
  func retry() throws {
    var parser = ServerSentEventParser()
    _ = try parser.consume(Array("retry: 2500\nretry: soon\n\n".utf8))
    #expect(parser.retryMilliseconds == 2500)
  }

  @Test("refuses an event beyond the limit, in one line or in many")
  func limit() throws {
    for stream in ["data: " + String(repeating: "x", count: 100), String(repeating: "data: x\n", count: 60)] {
      var parser = ServerSentEventParser(maximumEventBytes: 80)
      #expect(throws: HTTPClientError(.tooLarge, "A server-sent event is larger than 80 bytes.")) {
        try parser.consume(Array(stream.utf8))
      }
    }
    var parser = ServerSentEventParser(maximumEventBytes: 80)
    let small = try parser.consume(Array(String(repeating: "data: x\n\n", count: 60).utf8))
    #expect(small.count == 60)
  }

  @Test("survives any bytes")
  func garbage() throws {
    var random = SeededGenerator(7)
    for _ in 0..<200 {
      var parser = ServerSentEventParser(maximumEventBytes: 10_000)
      let bytes = (0..<200).map { _ in
        [0x0A, 0x0D, 0x3A, 0x20, 0x64, 0xEF, 0xFF, 0x00][Int.random(in: 0..<8, using: &random)] as UInt8
      }
      _ = try parser.consume(bytes)
      _ = parser.finish()
    }
  }
}
