import HTTPClient
import TestSupport
import Testing

/// Every fault ends soon, with the right code and a text that names the host and no secret.
@Suite("HTTP client faults", .timeLimit(.minutes(1)))
struct HTTPClientFaultTests {
  struct Fault: Sendable, CustomTestStringConvertible {
    let name: String
    let code: HTTPClientError.Code
    var says = ""
    var redirects = 0
    var deadline: Duration = .seconds(20)
    /// Whether it fails only after the head, so that a stream can be opened.
    var hasHead = false
    let behave: LocalServer.Handler
    var testDescription: String { name }
  }

  static let faults: [Fault] = [
    Fault(name: "closes without an answer", code: .cutOff, says: "without an answer") { $1.cut() },
    Fault(name: "resets", code: .cutOff) { $1.reset() },
    Fault(name: "ends within the head", code: .cutOff, says: "within the head") {
      $1.write("HTTP/1.1 200 OK\r\nContent-Le")
      $1.cut()
    },
    Fault(name: "ends within the body", code: .cutOff, says: "after 4 bytes", hasHead: true) {
      $1.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd")
      $1.cut()
    },
    Fault(name: "ends between chunks", code: .cutOff, says: "after 3 bytes", hasHead: true) {
      $1.beginChunks()
      $1.chunk("abc")
      $1.cut()
    },
    Fault(name: "never answers", code: .timeout, says: "no answer", deadline: .milliseconds(300)) {
      $1.waitForPeerToClose()
    },
    Fault(name: "stops within the body", code: .timeout, deadline: .milliseconds(300), hasHead: true) {
      $1.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabcd")
      $1.waitForPeerToClose()
    },
    Fault(
      name: "answers a byte at a time", code: .timeout, says: "came", deadline: .milliseconds(300),
      hasHead: true
    ) {
      $1.write("HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n")
      $1.dribble([UInt8](repeating: 65, count: 900), milliseconds: 5)
    },
    Fault(name: "talks something else", code: .invalidResponse, says: "not HTTP") {
      $1.write("220 mail.example.com ESMTP\r\n")
      $1.cut()
    },
    Fault(name: "redirects to a file", code: .invalidResponse, redirects: 3) {
      $1.respond(LocalResponse(302, headers: [("Location", "file:///etc/passwd")]))
    },
    Fault(name: "damages the compression", code: .invalidResponse, hasHead: true) {
      $1.respond(LocalResponse(headers: [("Content-Encoding", "gzip")], body: Array("not gzip at all".utf8)))
    },
    Fault(name: "announces too much", code: .tooLarge, says: "larger than 1000 bytes") {
      $1.write("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
      $1.waitForPeerToClose()
    },
    Fault(name: "sends too much", code: .tooLarge, says: "larger than 1000 bytes", hasHead: true) {
      $1.beginChunks()
      for _ in 0..<100 { $1.chunk(String(repeating: "x", count: 100)) }
      $1.waitForPeerToClose()
    },
    Fault(name: "sends endless headers", code: .tooLarge, says: "header fields") {
      $1.write("HTTP/1.1 200 OK\r\n")
      while $1.write(Array("X-Padding: \(String(repeating: "x", count: 4000))\r\n".utf8)) {}
    },
  ]

  private static func request(_ server: LocalServer, _ fault: Fault) -> HTTPRequest {
    var request = HTTPRequest(
      .post, server.url + "/v1/x?key=SECRET", headers: ["Authorization": "Bearer SECRET"],
      body: Array("SECRET".utf8), deadline: .now + fault.deadline)
    request.maximumResponseBytes = 1000
    request.redirects = fault.redirects
    return request
  }

  private static func check(_ error: HTTPClientError?, _ fault: Fault, _ server: LocalServer) {
    #expect(error?.code == fault.code)
    let text = error?.description ?? ""
    #expect(text.contains("POST 127.0.0.1:\(server.port)/v1/x"))
    #expect(text.contains(fault.says))
    #expect(!text.contains("SECRET"))
  }

  @Test("a whole answer", arguments: faults)
  func send(_ fault: Fault) async throws {
    let server = try LocalServer(fault.behave)
    let error = await #expect(throws: HTTPClientError.self) {
      try await HTTPClientTests.client().send(Self.request(server, fault))
    }
    Self.check(error, fault, server)
  }

  @Test("a streamed answer", arguments: faults)
  func stream(_ fault: Fault) async throws {
    let server = try LocalServer(fault.behave)
    var opened = false
    do throws(HTTPClientError) {
      let response = try await HTTPClientTests.client().stream(Self.request(server, fault))
      opened = true
      for try await _ in response.body {}
      Issue.record("the stream ended as if it were complete")
    } catch {
      Self.check(error, fault, server)
    }
    #expect(opened == fault.hasHead)
  }

  @Test("a silent peer is given up before the deadline, one that talks is not")
  func idle() async throws {
    let server = try LocalServer { request, connection in
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 12\r\n\r\n")
      if request.path == "/silent" { connection.waitForPeerToClose() }
      connection.dribble(Array("slow, steady".utf8), milliseconds: 25)
    }
    let client = HTTPClientTests.client { $0.idleTimeout = .milliseconds(200) }
    #expect(try await client.send(HTTPRequest(.get, server.url)).text == "slow, steady")
    let error = await #expect(throws: HTTPClientError.self) {
      try await client.send(HTTPRequest(.get, server.url + "/silent"))
    }
    #expect(error?.code == .timeout)
    #expect(error?.description.contains("silent for 0.2 s (0 bytes of the answer came)") == true)
  }

  @Test("a reader that waits is not taken for a silent peer")
  func pausedIsNotIdle() async throws {
    let size = 3_000_000
    let isStuck = Signal()
    let server = try LocalServer { _, connection in
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(size)\r\n\r\n")
      var stalls = 0
      connection.write([UInt8](repeating: 1, count: size)) {
        stalls += 1
        // Five stalls are longer than the idle timeout.
        if stalls == 5 { isStuck.raise() }
      }
      isStuck.raise()
    }
    let client = HTTPClientTests.client {
      $0.idleTimeout = .milliseconds(120)
      $0.streamBufferBytes = 10_000
    }
    let response = try await client.stream(HTTPRequest(.get, server.url))
    await isStuck.wait()
    var received = 0
    for try await piece in response.body { received += piece.count }
    #expect(received == size)
  }

  @Test("what cannot be reached")
  func unreachable() async throws {
    let client = HTTPClientTests.client()
    let free = try LocalServer { $1.cut() }
    let port = free.port
    let tls = try LocalServer { $1.cut() }
    var closed: String
    do {
      let gone = try LocalServer { $1.cut() }
      closed = gone.url
    }
    for (url, code) in [
      ("https://127.0.0.1:\(tls.port)/", HTTPClientError.Code.tls), (closed, .cannotConnect),
      ("http://\(String(repeating: "a", count: 64)).invalid/", .dns), ("not a url", .badURL),
      ("ftp://127.0.0.1:\(port)/", .badURL),
    ] {
      let error = await #expect(throws: HTTPClientError.self) {
        try await client.send(HTTPRequest(.get, url, deadline: .now + .seconds(5)))
      }
      #expect(error?.code == code, "\(url): \(String(describing: error))")
    }
  }

  @Test("headers that would smuggle others in are refused, without showing them")
  func headerInjection() async throws {
    let client = HTTPClientTests.client()
    for headers in [
      ["Authorization": "Bearer SECRET\r\nX: y"], ["A": "SECRET\0"], ["A\n": "SECRET"], ["": "SECRET"],
      ["A: SECRET": "x"],
    ] as [HTTPHeaders] {
      let error = await #expect(throws: HTTPClientError.self) {
        try await client.send(HTTPRequest(.get, "http://127.0.0.1:9/", headers: headers))
      }
      #expect(error?.code == .badHeader)
      #expect(error?.description.contains("SECRET") == false)
    }
  }

  @Test("a deadline that has passed sends nothing")
  func late() async throws {
    let server = try LocalServer { $1.respond(LocalResponse("late")) }
    let error = await #expect(throws: HTTPClientError.self) {
      try await HTTPClientTests.client().send(HTTPRequest(.get, server.url, deadline: .now - .seconds(1)))
    }
    #expect(error?.code == .timeout)
    #expect(server.requests.isEmpty)
  }
}
