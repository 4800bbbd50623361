import HTTPServer
import TestSupport
import Testing

@Suite struct BodyLimitTests {
  private static let limits: ServerLimits = {
    var limits = ServerLimits()
    limits.bodyBytes = 1_000
    limits.drainedBytes = 2_000_000
    return limits
  }()

  private static func routes(_ router: Router) {
    router.post("/small") { request in .text("\(request.body.count)") }
    router.root.on(.post, "/large", bodyLimit: 100_000) { request in .text("\(request.body.count)") }
  }

  private func post(_ path: String, _ size: Int, chunked: Bool) async throws -> RawResponse {
    try await withServer(limits: Self.limits, routes: Self.routes) { server in
      try await server.connect { client in
        let framing = chunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"
        try client.send("POST \(path) HTTP/1.1\r\nHost: test\r\n\(framing)\r\n\r\n")
        let body = [UInt8](repeating: 0x61, count: size)
        if !chunked {
          try client.send(body)
        } else {
          for start in stride(from: 0, to: size, by: 50_000) {
            let chunk = body[start..<min(start + 50_000, size)]
            try client.send(Array("\(String(chunk.count, radix: 16))\r\n".utf8) + chunk + Array("\r\n".utf8))
          }
          try client.send("0\r\n\r\n")
        }
        let response = try client.readResponse()
        // Whatever the answer was, the connection is at the start of the next request.
        try client.send("POST /small HTTP/1.1\r\nHost: test\r\nContent-Length: 2\r\n\r\nhi")
        #expect(try client.readResponse().text == "2")
        return response
      }
    }
  }

  @Test(arguments: [("/small", 1_000), ("/large", 100_000)], [false, true])
  func `a body of the limit's size is taken`(route: (path: String, size: Int), chunked: Bool) async throws {
    let response = try await post(route.path, route.size, chunked: chunked)
    #expect(response.status == 200)
    #expect(response.text == "\(route.size)")
  }

  @Test(arguments: [("/small", 1_001), ("/large", 100_001), ("/small", 1_500_000)], [false, true])
  func `a larger one is read to its end and answered 413`(
    route: (path: String, size: Int), chunked: Bool
  ) async throws {
    let response = try await post(route.path, route.size, chunked: chunked)
    #expect(response.status == 413)
    #expect(response.text.contains(#""code":"body_too_large""#))
  }

  @Test func `a body that is announced as far too large is refused before it comes`() async throws {
    try await withServer(limits: Self.limits, routes: Self.routes) { server in
      try await server.connect { client in
        try client.send("POST /small HTTP/1.1\r\nHost: test\r\nContent-Length: 9999999999\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.status == 413)
        #expect(response.header("Connection") == "close")
        #expect(try client.readToEnd().isEmpty)
      }
    }
  }

  @Test func `a client that asks first is refused without sending anything`() async throws {
    try await withServer(limits: Self.limits, routes: Self.routes) { server in
      try await server.connect { client in
        try client.send(
          "POST /small HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 1001\r\n\r\n")
        #expect(try client.readResponse().status == 413)
      }
    }
  }

  @Test func `a chunked body without end is cut off`() async throws {
    try await withServer(limits: Self.limits, routes: Self.routes) { server in
      try await server.connect { client in
        try client.send("POST /small HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: chunked\r\n\r\n")
        let chunk = Array("c350\r\n".utf8) + [UInt8](repeating: 0x61, count: 50_000) + Array("\r\n".utf8)
        #expect(throws: RawHTTPClient.Failure.self) {
          for _ in 0..<10_000 { try client.send(chunk) }
        }
      }
    }
  }

  @Test func `bodies together may not exceed their total`() async throws {
    var limits = Self.limits
    limits.bodyBytesInTotal = 50_000
    try await withServer(limits: limits, routes: Self.routes) { server in
      try await server.connect { client in
        for (size, status) in [(60_000, 503), (40_000, 200), (40_000, 200), (50_001, 503), (50_000, 200)] {
          try client.send("POST /large HTTP/1.1\r\nHost: test\r\nContent-Length: \(size)\r\n\r\n")
          try client.send([UInt8](repeating: 0x61, count: size))
          let response = try client.readResponse()
          #expect(response.status == status)
          #expect(response.header("Retry-After") == (status == 503 ? "1" : nil))
        }
      }
    }
  }
}
