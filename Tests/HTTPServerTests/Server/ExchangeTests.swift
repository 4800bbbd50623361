import HTTPServer
import TestSupport
import Testing

@Suite struct ExchangeTests {
  private struct Echo: Codable {
    let message: String
  }

  private static func routes(_ router: Router) {
    router.get("/text") { _ in .text("hello") }
    router.get("/big") { _ in Response(body: .bytes([UInt8](repeating: 0x61, count: 5_000_000))) }
    router.get("/empty") { _ in Response(status: .noContent, body: .bytes([1, 2, 3])) }
    router.get("/who/{id}") { request in
      .text("\(try request.parameter("id")) \(request.query["q"] ?? "-") \(request.clientAddress)")
    }
    router.get("/stream") { _ in
      .stream(contentType: "text/plain") { writer in
        for index in 0..<3 { try await writer.write("part \(index);") }
      }
    }
    router.post("/echo") { request in try .json(request.decodeJSON(Echo.self)) }
    router.post("/length") { request in .text("\(request.body.count)") }
    router.get("/header") { request in
      var response = Response.text(request.headers.values(of: "X-Many").joined(separator: "|"))
      response.headers.append("X-Answer", "a\r\nX-Injected: yes")
      response.headers["Content-Length"] = "1"
      response.headers["Connection"] = "upgrade"
      response.setCookie(Cookie("a", "1"))
      response.setCookie(Cookie("b", "2"))
      return response
    }
  }

  @Test func `a request is answered`() async throws {
    try await withServer(routes: Self.routes) { server in
      let response = try await server.send("GET", "/text")
      #expect(response.status == 200)
      #expect(response.text == "hello")
      #expect(response.header("Content-Length") == "5")
      #expect(response.header("Date") != nil)
    }
  }

  @Test func `a connection serves many requests`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        for _ in 0..<200 {
          try client.send("GET /text HTTP/1.1\r\nHost: test\r\n\r\n")
          #expect(try client.readResponse().text == "hello")
        }
      }
    }
  }

  @Test func `pipelined requests are answered in order`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        let requests = (0..<50).map { "GET /who/\($0) HTTP/1.1\r\nHost: test\r\n\r\n" }
        try client.send(requests.joined())
        for index in 0..<50 { #expect(try client.readResponse().text == "\(index) - 127.0.0.1") }
      }
    }
  }

  @Test func `path parameters and query are decoded once`() async throws {
    try await withServer(routes: Self.routes) { server in
      let response = try await server.send("GET", "/who/a%2Fb%2520?q=x%26y+%2B")
      #expect(response.text == "a/b%20 x&y + 127.0.0.1")
    }
  }

  @Test(arguments: ["/text", "/big", "/stream", "/nothing"])
  func `HEAD has the head of GET and nothing else`(path: String) async throws {
    try await withServer(routes: Self.routes) { server in
      let get = try await server.send("GET", path)
      let bytes = try await server.connect { client in
        try client.send("HEAD \(path) HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
        return try client.readToEnd()
      }
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(text.hasPrefix("HTTP/1.1 \(get.status) "))
      #expect(text.hasSuffix("\r\n\r\n"))
      #expect(text.split(separator: "\r\n\r\n").count == 1)
      if let length = get.header("Content-Length") { #expect(text.contains("Content-Length: \(length)\r\n")) }
    }
  }

  @Test func `a stream arrives whole, and its connection goes on`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        for _ in 0..<20 {
          try client.send("GET /stream HTTP/1.1\r\nHost: test\r\n\r\n")
          let response = try client.readResponse()
          #expect(response.header("Transfer-Encoding") == "chunked")
          #expect(response.text == "part 0;part 1;part 2;")
        }
      }
    }
  }

  @Test func `an HTTP 1.0 client gets a stream that ends with the connection`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        try client.send("GET /stream HTTP/1.0\r\n\r\n")
        let response = try client.readResponse()
        #expect(response.header("Transfer-Encoding") == nil)
        #expect(response.text == "part 0;part 1;part 2;")
      }
    }
  }

  @Test func `large responses arrive whole`() async throws {
    try await withServer(routes: Self.routes) { server in
      let response = try await server.send("GET", "/big")
      #expect(response.body.count == 5_000_000)
    }
  }

  @Test func `a status without content has none`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        for _ in 0..<2 {
          try client.send("GET /empty HTTP/1.1\r\nHost: test\r\n\r\n")
          let response = try client.readResponse()
          #expect(response.status == 204)
          #expect(response.header("Content-Length") == nil)
        }
      }
    }
  }

  @Test func `headers pass in both directions and none can be smuggled in`() async throws {
    try await withServer(routes: Self.routes) { server in
      let response = try await server.send(
        "GET", "/header", headers: ["X-Many: a", "x-many:b \t", "X-MANY:  c"])
      #expect(response.text == "a|b|c")
      #expect(response.header("X-Answer") == "a  X-Injected: yes")
      #expect(response.header("X-Injected") == nil)
      #expect(response.headers.filter { $0.name == "set-cookie" }.count == 2)
      #expect(response.header("Connection") == nil)
    }
  }

  @Test func `bodies are read by length and by chunks`() async throws {
    try await withServer(routes: Self.routes) { server in
      let body = #"{"message":"h€llo"}"#
      #expect(try await server.send("POST", "/echo", body: body).text == body)
      try await server.connect { client in
        try client.send("POST /echo HTTP/1.1\r\nHost: test\r\nTransfer-Encoding: Chunked\r\n\r\n")
        for byte in body.utf8 { try client.send(Array("1;x=y\r\n".utf8) + [byte] + Array("\r\n".utf8)) }
        try client.send("0\r\nTrailer: x\r\n\r\n")
        #expect(try client.readResponse().text == body)
      }
    }
  }

  @Test func `a client that waits for leave to send its body gets it`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        try client.send(
          "POST /length HTTP/1.1\r\nHost: test\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n")
        #expect(try client.readResponse().status == 100)
        try client.send("12345")
        #expect(try client.readResponse().text == "5")
      }
    }
  }

  @Test func `the body of a request for nothing is read and dropped`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await server.connect { client in
        for _ in 0..<3 {
          try client.send("POST /nothing HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\n12345")
          #expect(try client.readResponse().status == 404)
        }
      }
    }
  }

  @Test func `fifty clients at once are all answered`() async throws {
    try await withServer(routes: Self.routes) { server in
      try await withThrowingTaskGroup(of: Int.self) { group in
        for index in 0..<50 {
          group.addTask { try await server.send("GET", "/who/\(index)").text.hasPrefix("\(index) ") ? 1 : 0 }
        }
        let right = try await group.reduce(0, +)
        #expect(right == 50)
      }
    }
  }

  @Test(arguments: [
    ("203.0.113.9", "203.0.113.9"), ("198.51.100.1, 203.0.113.9", "203.0.113.9"),
    ("198.51.100.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"), ("10.0.0.1", "127.0.0.1"), ("", "127.0.0.1"),
    ("203.0.113.9, 10.200.0.3", "203.0.113.9"), ("203.0.113.9, unknown", "127.0.0.1"),
    ("203.0.113.9, <b>", "127.0.0.1"), ("2001:db8::7", "2001:db8::7"), ("203.0.113.9:4711", "127.0.0.1"),
  ])
  func `a trusted proxy says who the client is`(forwarded: String, client: String) async throws {
    let header = ["X-Forwarded-For: \(forwarded)"]
    try await withServer(trustedProxies: ["127.0.0.1", "10.0.0.0/8"], routes: Self.routes) { server in
      let text = try await server.send("GET", "/who/x", headers: header).text
      #expect(text == "x - \(client)")
    }
    try await withServer(routes: Self.routes) { server in
      let text = try await server.send("GET", "/who/x", headers: header).text
      #expect(text == "x - 127.0.0.1")
    }
  }
}
