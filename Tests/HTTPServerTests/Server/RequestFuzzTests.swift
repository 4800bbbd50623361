import HTTPServer
import TestSupport
import Testing

@Suite struct RequestFuzzTests {
  private static let pieces = [
    "GET", "POST", "HEAD", "OPTIONS", " ", "  ", "/", "/a", "/%41", "/%", "*", "http://x/", " HTTP/1.1",
    " HTTP/1.0", " HTTP/9",
    "\r\n", "\n", "\r", "\r\n\r\n", "Host: x\r\n", "Content-Length: 3\r\n", "Content-Length: 0\r\n",
    "Content-Length:",
    "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: x\r\n", "Connection: close\r\n",
    "Connection: keep-alive\r\n",
    "Expect: 100-continue\r\n", "Upgrade: h2c\r\n", "Cookie: a=b; c\r\n", "X-Request-Id: é\r\n",
    "3\r\nabc\r\n", "0\r\n\r\n",
    "ffffffff\r\n", ";", ":", "\0", "\t", "abc", "\u{16}\u{3}\u{1}", "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
    "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc",
    "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n",
  ].map { Array($0.utf8) }

  @Test func `whatever comes over a connection, the server answers the next one`() async throws {
    let routes: (Router) -> Void = { router in
      router.get("/") { _ in .text("ok") }
      router.get("/stream") { _ in .events { try await $0.send("x") } }
      router.post("/") { request in .text("\(request.body.count)") }
    }
    try await withServer(
      middleware: StandardMiddleware.make(cors: CORS(origins: .any), reportError: { _, _ in }), routes: routes
    ) { server in
      let port = server.port
      try await withThrowingTaskGroup(of: Void.self) { group in
        for worker in 0..<4 {
          group.addTask {
            try await RawHTTPClient.onThread { try Self.attack(port, seed: UInt64(worker)) }
          }
        }
        try await group.waitForAll()
      }
      let answer = try await server.send("GET", "/")
      #expect(answer.text == "ok")
      // Nothing hangs: with no request left the server stops long before its grace is over.
      let begin = ContinuousClock.now
      await server.server.shutdown(within: .seconds(60))
      #expect(ContinuousClock.now - begin < .seconds(30))
    }
  }

  @Sendable private static func attack(_ port: Int, seed: UInt64) throws {
    var random = SeededGenerator(seed)
    for _ in 0..<400 {
      let client = try RawHTTPClient(port: port)
      var bytes: [UInt8] = []
      for _ in 0..<random.next() % 14 {
        bytes += pieces[Int(random.next() % UInt64(pieces.count))]
        if random.next() % 32 == 0 { bytes.append(UInt8(truncatingIfNeeded: random.next())) }
      }
      if random.next() % 64 == 0 { bytes += [UInt8](repeating: 0x61, count: 40_000) }
      // The server may close while we still send: that is one of its answers.
      try? client.send(bytes)
      if random.next() % 4 == 0 { client.resetOnClose() }
      if random.next() % 2 == 0 {
        client.finishSending()
        _ = try client.readToEnd()
      }
      client.close()
    }
  }
}
