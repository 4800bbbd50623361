import HTTPClient
import TestSupport
import Testing

@Suite("HTTP client", .timeLimit(.minutes(1)))
struct HTTPClientTests {
  static func client(_ change: (inout HTTPClient.Configuration) -> Void = { _ in }) -> HTTPClient {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    change(&configuration)
    return HTTPClient(configuration: configuration)
  }

  @Test("sends method, path, headers and body, and returns the answer whatever its status")
  func roundTrip() async throws {
    let server = try LocalServer { request, connection in
      connection.respond(
        LocalResponse(404, headers: [("X-Method", request.method)], body: request.body.reversed()))
    }
    let client = Self.client()
    for (method, body) in [
      (HTTPMethod.get, nil), (.post, Array("abc".utf8)), (.post, nil), (.put, [0, 255]), (.patch, [1]),
      (.delete, nil), (.delete, [7]), (.options, nil), (.head, nil),
    ] as [(HTTPMethod, [UInt8]?)] {
      let headers: HTTPHeaders = ["X-Empty": "", "Authorization": "Bearer k"]
      let request = HTTPRequest(method, server.url + "/a/b?c=d", headers: headers, body: body)
      let response = try await client.send(request)
      #expect(response.status == 404)
      #expect(response.headers["x-method"] == method.rawValue)
      #expect(response.body == (method == .head ? [] : (body ?? []).reversed()))
      let seen = try #require(server.requests.last)
      #expect(seen.target == "/a/b?c=d")
      #expect(seen.header("Authorization") == "Bearer k")
      #expect(seen.header("x-empty") == "")
      #expect(seen.header("Content-Type") == nil)
      #expect(seen.header("Expect") == nil)
    }
    #expect(server.connectionCount == 1, "connections are reused")
  }

  @Test("sends and receives megabytes")
  func large() async throws {
    let server = try LocalServer { $1.respond(LocalResponse(body: $0.body)) }
    let body = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    #expect(try await Self.client().send(HTTPRequest(.post, server.url, body: body)).body == body)
  }

  @Test("runs many requests at once")
  func many() async throws {
    let server = try LocalServer { $1.respond(LocalResponse($0.path)) }
    let client = Self.client()
    let texts = try await withThrowingTaskGroup(of: String.self) { group in
      for number in 0..<100 {
        group.addTask { try await client.send(HTTPRequest(.get, "\(server.url)/\(number)")).text }
      }
      return try await group.reduce(into: Set()) { $0.insert($1) }
    }
    #expect(texts == Set((0..<100).map { "/\($0)" }))
  }

  @Test("decodes gzip")
  func gzip() async throws {
    // `printf 'hello hello hello' | gzip -9n`
    let packed: [UInt8] = [
      0x1F, 0x8B, 0x08, 0, 0, 0, 0, 0, 0x02, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x57, 0xC8, 0x40, 0x90, 0,
      0x80, 0x88, 0xF9, 0xE5, 0x11, 0, 0, 0,
    ]
    let server = try LocalServer { request, connection in
      #expect(request.header("Accept-Encoding")?.contains("gzip") == true)
      connection.respond(LocalResponse(headers: [("Content-Encoding", "gzip")], body: packed))
    }
    #expect(try await Self.client().send(HTTPRequest(.get, server.url)).text == "hello hello hello")
  }

  @Test("returns redirects unless it may follow them, and forgets the key at another host")
  func redirects() async throws {
    let other = try LocalServer { request, connection in
      connection.respond(LocalResponse("key: \(request.header("Authorization") ?? "none")"))
    }
    let target = other.url.replacing("127.0.0.1", with: "localhost") + "/there"
    let server = try LocalServer { request, connection in
      let location = request.path == "/loop" ? "/loop" : target
      connection.respond(LocalResponse(307, headers: [("Location", location)]))
    }
    let client = Self.client()
    var request = HTTPRequest(.get, server.url, headers: ["Authorization": "Bearer k"])
    #expect(try await client.send(request).status == 307)
    request.redirects = 2
    #expect(try await client.send(request).text == "key: none")
    request.url += "/loop"
    let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
    #expect(error?.code == .tooManyRedirects)
  }

  @Test("passes through the proxy that it is given")
  func proxy() async throws {
    let proxy = try LocalServer { $1.respond(LocalResponse($0.target)) }
    let client = Self.client { $0.proxy = .url(proxy.url) }
    #expect(
      try await client.send(HTTPRequest(.get, "http://example.invalid/x")).text == "http://example.invalid/x")
  }

  @Test("a stream's pieces arrive one by one, its events in order")
  func streaming() async throws {
    let go = (0..<3).map { _ in Signal() }
    let server = try LocalServer { _, connection in
      connection.beginChunks(LocalResponse("", type: "text/event-stream"))
      for number in 0..<3 {
        connection.chunk("data: \(number)\n\n")
        while !go[number].isRaised, !connection.waitForPeerToClose(milliseconds: 1) {}
      }
      connection.endChunks()
    }
    let response = try await Self.client().stream(HTTPRequest(.get, server.url))
    #expect(response.head.mediaType == "text/event-stream")
    var seen: [String] = []
    for try await event in response.body.events() {
      seen.append(event.data)
      go[seen.count - 1].raise()
    }
    #expect(seen == ["0", "1", "2"])
  }

  @Test("a slow reader holds up the sender, and everything arrives")
  func backpressure() async throws {
    let total = 20_000_000
    let (isStuck, isDone) = (Signal(), Signal())
    let server = try LocalServer { _, connection in
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
      connection.write([UInt8](repeating: 7, count: total)) { isStuck.raise() }
      isDone.raise()
      isStuck.raise()
    }
    let client = Self.client { $0.streamBufferBytes = 100_000 }
    let response = try await client.stream(HTTPRequest(.get, server.url))
    await isStuck.wait()
    #expect(!isDone.isRaised, "the whole body was taken although nobody reads it")
    var received = 0
    for try await piece in response.body { received += piece.count }
    #expect(received == total)
  }
}
