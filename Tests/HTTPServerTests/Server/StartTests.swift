import HTTPServer
import TestSupport
import Testing

@Suite struct StartTests {
  private func makeServer(host: String = "127.0.0.1", port: Int = 0) -> HTTPServer {
    let router = Router()
    router.get("/") { request in .text(request.clientAddress) }
    return HTTPServer(
      configuration: ServerConfiguration(host: host, port: port, threads: 1), handler: router.build())
  }

  private func answer(_ host: String, _ port: Int) async throws -> String {
    try await RawHTTPClient.onThread {
      let client = try RawHTTPClient(port: port, host: host)
      try client.send("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
      return try client.readResponse().text
    }
  }

  @Test func `port 0 chooses a port that can be read`() async throws {
    let server = makeServer()
    #expect(server.address == nil)
    let address = try server.start()
    #expect(address.port > 0)
    #expect(server.address == address)
    #expect(try server.start() == address)
    #expect(try await answer("127.0.0.1", address.port) == "127.0.0.1")
    await server.shutdown(within: .zero)
  }

  @Test func `a taken port is named, with what to do about it`() async throws {
    let first = makeServer()
    let port = try first.start().port
    let error = try #require(throws: ServerError.self) { try makeServer(port: port).start() }
    #expect(error.code == .portTaken)
    #expect(
      error.description
        == "Cannot listen on 127.0.0.1:\(port): another program uses port \(port). Stop it "
        + "('ss -ltnp sport = :\(port)' shows it to its owner and to root) or choose another port.")
    await first.shutdown(within: .zero)
  }

  @Test func `a port taken in one family is taken`() async throws {
    let first = makeServer(host: "::1")
    let port = try first.start().port
    let error = try #require(throws: ServerError.self) { try makeServer(host: "::", port: port).start() }
    #expect(error.code == .portTaken)
    await first.shutdown(within: .zero)
  }

  @Test(arguments: [
    (
      "192.0.2.1", 0, ServerError.Code.unavailable, "Cannot listen on 192.0.2.1:0: this machine does not have"
    ),
    ("no such host", 0, .unknownHost, "Cannot listen on 'no such host': "),
    ("127.0.0.1", 70_000, .unavailable, "Cannot listen on port 70000: ports lie between 0 and 65535."),
    ("127.0.0.1", -1, .unavailable, "Cannot listen on port -1: ports lie between 0 and 65535."),
  ])
  func `an address that cannot be used is explained`(
    host: String, port: Int, code: ServerError.Code, text: String
  ) throws {
    let error = try #require(throws: ServerError.self) { try makeServer(host: host, port: port).start() }
    #expect(error.code == code)
    #expect(error.description.hasPrefix(text))
  }

  @Test(arguments: [
    ("127.0.0.1", [("127.0.0.1", "127.0.0.1")]), ("::1", [("::1", "::1")]),
    ("0.0.0.0", [("127.0.0.1", "127.0.0.1")]),
    ("::", [("127.0.0.1", "127.0.0.1"), ("::1", "::1")]), ("localhost", [("127.0.0.1", "127.0.0.1")]),
  ])
  func `both families are served and clients named`(host: String, clients: [(String, String)]) async throws {
    let server = makeServer(host: host)
    let address = try server.start()
    for (client, name) in clients {
      let text = try await answer(client, address.port)
      #expect(text == name)
    }
    #expect(
      address.description == (host.contains(":") ? "[\(host)]:\(address.port)" : "\(host):\(address.port)"))
    await server.shutdown(within: .zero)
  }
}
