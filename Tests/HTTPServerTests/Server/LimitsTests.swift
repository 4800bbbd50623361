import HTTPServer
import TestSupport
import Testing

@Suite struct LimitsTests {
  private static func routes(_ router: Router) {
    router.get("/") { _ in .text("ok") }
    router.post("/") { request in .text("\(request.body.count)") }
    router.get("/big") { _ in Response(body: .bytes([UInt8](repeating: 0x61, count: 50_000_000))) }
    router.get("/slow") { _ in
      try await Task.sleep(for: .milliseconds(1_500))
      return .text("slow")
    }
  }

  @Test(arguments: ["connections", "address"])
  func `a connection too many is told so, and one that ends makes room`(limit: String) async throws {
    var limits = ServerLimits()
    if limit == "address" { limits.connectionsPerAddress = 3 } else { limits.connections = 3 }
    try await withServer(limits: limits, routes: Self.routes) { server in
      let port = server.port
      try await RawHTTPClient.onThread {
        var clients = try (0..<3).map { _ in try RawHTTPClient(port: port) }
        for client in clients {
          try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
          #expect(try client.readResponse().status == 200)
        }
        let refused = try RawHTTPClient(port: port).readResponse()
        #expect(refused.status == 503)
        #expect(refused.header("Retry-After") == "1")
        #expect(refused.text.contains(#""code":"too_many_connections""#))
        clients.removeLast().close()
        // The server notices the end a moment later.
        var status = 503
        for _ in 0..<500 where status == 503 {
          let client = try RawHTTPClient(port: port)
          try? client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
          status = (try? client.readResponse().status) ?? 503
        }
        #expect(status == 200)
      }
    }
  }

  @Test func `connections of a trusted proxy are not counted by its address`() async throws {
    var limits = ServerLimits()
    limits.connectionsPerAddress = 1
    try await withServer(limits: limits, trustedProxies: ["127.0.0.1"], routes: Self.routes) { server in
      let port = server.port
      try await RawHTTPClient.onThread {
        let clients = try (0..<5).map { _ in try RawHTTPClient(port: port) }
        for client in clients {
          try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
          #expect(try client.readResponse().status == 200)
        }
      }
    }
  }

  private static let short: ServerLimits = {
    var limits = ServerLimits()
    limits.idleTimeout = .seconds(1)
    limits.headTimeout = .milliseconds(300)
    limits.bodyTimeout = .milliseconds(500)
    limits.sendTimeout = .milliseconds(500)
    return limits
  }()

  /// Sends `first`, then a byte of `drip` ten times a second, until the server closes the connection.
  private func secondsUntilCutOff(_ first: String, drip: String) async throws -> Duration {
    try await withServer(limits: Self.short, routes: Self.routes) { server in
      try await server.connect { client in
        let begin = ContinuousClock.now
        try client.send(first)
        var bytes = Array(drip.utf8)[...]
        while ContinuousClock.now - begin < .seconds(8) {
          pause(milliseconds: 100)
          guard let byte = bytes.popFirst() ?? Array(drip.utf8).first, (try? client.send([byte])) != nil,
            !client.isAtEnd
          else { return ContinuousClock.now - begin }
        }
        return .seconds(8)
      }
    }
  }

  @Test func `a client that sends its request line byte by byte is cut off`() async throws {
    let time = try await secondsUntilCutOff("", drip: "GET /" + String(repeating: "a", count: 200))
    #expect(time > .seconds(1) && time < .seconds(4))
  }

  @Test func `a client that sends its header byte by byte is cut off`() async throws {
    let time = try await secondsUntilCutOff(
      "GET / HTTP/1.1\r\nHost: ", drip: String(repeating: "a", count: 200))
    #expect(time > .milliseconds(200) && time < .seconds(2))
  }

  @Test func `a client that sends its body byte by byte is cut off`() async throws {
    let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n"
    let time = try await secondsUntilCutOff(head, drip: String(repeating: "a", count: 200))
    #expect(time > .milliseconds(400) && time < .seconds(2))
  }

  @Test(arguments: ["", "GET / HTTP/1.1\r\nHost: x\r\n\r\n"])
  func `an idle connection is closed`(request: String) async throws {
    try await withServer(limits: Self.short, routes: Self.routes) { server in
      try await server.connect { client in
        try client.send(request)
        let begin = ContinuousClock.now
        _ = try client.readToEnd()
        let time = ContinuousClock.now - begin
        #expect(time > .milliseconds(800) && time < .seconds(4))
      }
    }
  }

  @Test func `the time that a handler takes is nobody's idleness`() async throws {
    try await withServer(limits: Self.short, routes: Self.routes) { server in
      let response = try await server.send("GET", "/slow")
      #expect(response.text == "slow")
    }
  }

  @Test func `a client that reads its response byte by byte is cut off`() async throws {
    let log = Collector<AccessLog.Entry>()
    try await withServer(limits: Self.short, middleware: [AccessLog { log.add($0) }], routes: Self.routes) {
      server in
      let port = server.port
      try await RawHTTPClient.onThread {
        let client = try RawHTTPClient(port: port, receiveBuffer: 4_096)
        try client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n")
        for _ in 0..<100 {
          guard (try? client.read(count: 1)) != nil, log.values.isEmpty else { break }
          pause(milliseconds: 50)
        }
      }
      await log.wait(for: 1)
      #expect(log.values[0].outcome == .clientGone)
      #expect(log.values[0].duration < .seconds(4))
    }
  }
}
