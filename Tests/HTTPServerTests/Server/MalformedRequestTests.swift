import HTTPServer
import TestSupport
import Testing

@Suite struct MalformedRequestTests {
  private static func routes(_ router: Router) {
    router.get("/") { _ in .text("ok") }
    router.post("/") { request in .text("\(request.body.count)") }
  }

  /// Sends `bytes`, reads what comes until the connection is closed, and checks that the server lives.
  private func answer(to bytes: [UInt8]) async throws -> String {
    try await withServer(routes: Self.routes) { server in
      let answer = try await server.connect { client in
        try client.send(bytes)
        return String(decoding: try client.readToEnd(), as: UTF8.self)
      }
      let next = try await server.send("GET", "/")
      #expect(next.text == "ok")
      return answer
    }
  }

  @Test(arguments: [
    ("no version", "GET /\r\n\r\n", 400), ("lower-case version", "GET / http/1.1\r\nHost: x\r\n\r\n", 400),
    ("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
    ("old version", "GET / HTTP/0.9\r\n\r\n", 505),
    ("no Host", "GET / HTTP/1.1\r\n\r\n", 400),
    ("two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("space in target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("relative target", "GET a HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("authority target", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("bytes in target", "GET /é HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("NUL in target", "GET /a\0b HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("NUL in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\0c\r\n\r\n", 400),
    ("NUL in a name", "GET / HTTP/1.1\r\nHost: x\r\nA\0B: c\r\n\r\n", 400),
    ("control in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\u{1}c\r\n\r\n", 400),
    ("bare CR in a value", "GET / HTTP/1.1\r\nHost: x\r\nA: b\rc\r\n\r\n", 400),
    ("folded line", "GET / HTTP/1.1\r\nHost: x\r\nA: b\r\n c\r\n\r\n", 400),
    ("folded name", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-: chunked\r\n Encoding\r\n\r\n0\r\n\r\n", 400),
    ("line without colon", "GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", 400),
    ("space before colon", "GET / HTTP/1.1\r\nHost: x\r\nA : b\r\n\r\n", 400),
    ("empty name", "GET / HTTP/1.1\r\nHost: x\r\n: b\r\n\r\n", 400),
    ("bad method", "G@T / HTTP/1.1\r\nHost: x\r\n\r\n", 400),
    ("length no number", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n", 400),
    ("length negative", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400),
    ("length with sign", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +1\r\n\r\na", 400),
    ("length overflows", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n", 413),
    ("two lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400),
    ("list of lengths", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1, 1\r\n\r\na", 400),
    (
      "length and chunks",
      "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400
    ),
    (
      "two encodings",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      400
    ),
    (
      "unknown encoding", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
      501
    ),
    ("chunked with space", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked \r\n\r\n0\r\n\r\n", 501),
    ("chunk size no number", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 400),
    ("chunk size negative", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n", 400),
    (
      "chunk size overflows",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n", 413
    ),
    (
      "chunk longer than said",
      "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n", 400
    ),
    (
      "bad trailer", "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nnonsense\r\n\r\n",
      400
    ),
  ])
  func `a malformed request is refused and its connection closed`(
    name: String, request: String, status: Int
  ) async throws {
    let answer = try await answer(to: Array(request.utf8))
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
  }

  @Test(arguments: [
    ("long target", "GET /" + String(repeating: "a", count: 9_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414),
    (
      "target beyond memory",
      "GET /" + String(repeating: "a", count: 60_000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414
    ),
    (
      "long header", "GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 60_000) + "\r\n\r\n",
      431
    ),
    (
      "many headers", "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "A: b\r\n", count: 200) + "\r\n",
      431
    ),
    ("endless names", "GET / HTTP/1.1\r\nHost: x\r\n" + String(repeating: "a", count: 60_000), 431),
  ])
  func `a head that is too large is refused`(name: String, request: String, status: Int) async throws {
    let answer = try await answer(to: Array(request.utf8))
    #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
  }

  @Test(arguments: [
    "GET /", "GET / HTTP/1.1\r\nHost: x\r\nA", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab",
    "",
  ])
  func `half a request is dropped when its client leaves`(request: String) async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        try client.send(request)
        client.finishSending()
        #expect(try client.readToEnd().isEmpty)
      }
      let next = try await server.send("GET", "/")
      #expect(next.text == "ok")
    }
  }

  @Test(arguments: [
    "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET / HTTP/1.1\nHost: x\nConnection: close\n\n",
    "GET http://other:80 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    "GET HTTP://other/?a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "GET / HTTP/1.0\r\n\r\n",
    "GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n",
  ])
  func `what a lenient reader may take is taken`(request: String) async throws {
    let answer = try await answer(to: Array(request.utf8))
    #expect(answer.hasPrefix("HTTP/1.1 200 "))
  }
}
