import Dispatch
import Glibc
import HTTPServer
import TestSupport
import Testing

@Suite struct ImmediateRouteTests {
  private static func routes(_ router: Router) {
    router.root.on(.get, "/now", isImmediate: true) { _ in .text("now") }
    router.root.on(.get, "/later", isImmediate: true) { _ in
      try await Task.sleep(for: .milliseconds(20))
      return .text("later")
    }
    router.root.on(.get, "/stream", isImmediate: true) { _ in
      .stream(contentType: "text/plain") { writer in
        for index in 0..<3 { try await writer.write("part \(index);") }
      }
    }
    router.root.on(.post, "/length", isImmediate: true) { request in .text("\(request.body.count)") }
    router.root.on(.get, "/failing", isImmediate: true) { _ in throw HTTPError.badRequest("no") }
  }

  /// Keeps every thread that runs tasks busy while `work` runs.
  private static func withBusyPool<Value>(_ work: () throws -> Value) rethrows -> Value {
    let count = sysconf(Int32(_SC_NPROCESSORS_ONLN)) + 2
    let gate = DispatchSemaphore(value: 0)
    func block() { gate.wait() }
    for _ in 0..<count { Task.detached { block() } }
    defer { for _ in 0..<count { gate.signal() } }
    return try work()
  }

  @Test func `it is answered while every thread that runs tasks is busy`() async throws {
    try await withServer(routes: Self.routes) { server in
      let texts = try await server.connect { client in
        try Self.withBusyPool {
          try (0..<3).map { _ in
            try client.send("GET /now HTTP/1.1\r\nHost: test\r\n\r\n")
            return try client.readResponse().text
          }
        }
      }
      #expect(texts == ["now", "now", "now"])
    }
  }

  @Test(arguments: [
    ("GET /now HTTP/1.1\r\nHost: test\r\n\r\n", 200, "now"),
    ("GET /later HTTP/1.1\r\nHost: test\r\n\r\n", 200, "later"),
    ("GET /stream HTTP/1.1\r\nHost: test\r\n\r\n", 200, "part 0;part 1;part 2;"),
    ("POST /length HTTP/1.1\r\nHost: test\r\nContent-Length: 5\r\n\r\nhello", 200, "5"),
    ("GET /failing HTTP/1.1\r\nHost: test\r\n\r\n", 400, nil),
  ])
  func `whatever it does is answered, on one connection again and again`(
    request: String, status: Int, text: String?
  ) async throws {
    try await withServer(routes: Self.routes) { server in
      let responses = try await server.connect { client in
        try (0..<20).map { _ in
          try client.send(request)
          return try client.readResponse()
        }
      }
      for response in responses {
        #expect(response.status == status)
        if let text { #expect(response.text == text) }
      }
    }
  }

  @Test func `requests that come together are answered in order`() async throws {
    try await withServer(routes: Self.routes) { server in
      let texts = try await server.connect { client in
        let paths = (0..<30).map { ["/now", "/later", "/stream"][$0 % 3] }
        try client.send(paths.map { "GET \($0) HTTP/1.1\r\nHost: test\r\n\r\n" }.joined())
        return try paths.map { _ in try client.readResponse().text }
      }
      #expect(texts == (0..<30).map { ["now", "later", "part 0;part 1;part 2;"][$0 % 3] })
    }
  }
}
