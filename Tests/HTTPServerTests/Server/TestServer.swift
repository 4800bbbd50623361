import HTTPServer
import TestSupport

/// Runs `body` against a server on a free port of this machine and stops it afterwards.
func withServer<Value: Sendable>(
  limits: ServerLimits = ServerLimits(), trustedProxies: [String] = [], middleware: [any Middleware] = [],
  routes: (Router) -> Void, _ body: (TestServer) async throws -> Value
) async throws -> Value {
  let router = Router(middleware: middleware)
  routes(router)
  let server = HTTPServer(
    configuration: ServerConfiguration(
      port: 0, threads: 2, trustedProxies: AddressRanges(trustedProxies) ?? AddressRanges(), limits: limits),
    handler: router.build())
  let address = try server.start()
  let result: Result<Value, any Error>
  do {
    result = .success(try await body(TestServer(server: server, port: address.port)))
  } catch {
    result = .failure(error)
  }
  await server.shutdown(within: .zero)
  return try result.get()
}

struct TestServer: Sendable {
  let server: HTTPServer
  let port: Int

  /// Runs blocking work with a connection of its own.
  func connect<Value: Sendable>(
    _ work: @escaping @Sendable (RawHTTPClient) throws -> Value
  ) async throws -> Value {
    let port = port
    return try await RawHTTPClient.onThread { try work(RawHTTPClient(port: port)) }
  }

  /// Sends one request and reads its response.
  func send(
    _ method: String, _ target: String, headers: [String] = [], body: String = ""
  ) async throws -> RawResponse {
    try await connect { client in
      var head = "\(method) \(target) HTTP/1.1\r\nHost: test\r\n"
      for header in headers { head += header + "\r\n" }
      if !body.isEmpty { head += "Content-Length: \(body.utf8.count)\r\n" }
      try client.send(head + "\r\n" + body)
      return try client.readResponse(toHEAD: method == "HEAD")
    }
  }
}
