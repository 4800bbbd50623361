import HTTPClient
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AddressPolicyRequestTests {
  @Test(arguments: ["127.0.0.1", "localhost"])
  func `a request to public addresses alone never reaches this machine`(host: String) async throws {
    let server = try LocalServer { _, connection in connection.respond(LocalResponse("secret")) }
    let client = HTTPClientTests.client()
    // A connection that is open already must not be used either.
    let url = "http://\(host):\(server.port)/"
    #expect(try await client.send(HTTPRequest(.get, url)).text == "secret")
    var request = HTTPRequest(.get, url)
    request.addresses = .publicOnly
    let error = await #expect(throws: HTTPClientError.self) { try await client.send(request) }
    #expect(error?.code == .forbiddenAddress)
    #expect(error?.description.contains("an address of this machine or its network") == true)
    #expect(server.requests.count == 1)
  }

  @Test func `nor does one that is redirected`() async throws {
    let server = try LocalServer { _, connection in connection.respond(LocalResponse("secret")) }
    var request = HTTPRequest(.get, "http://127.0.0.1:\(server.port)/")
    request.redirects = 3
    request.addresses = .publicOnly
    await #expect(throws: HTTPClientError.self) { try await HTTPClientTests.client().send(request) }
    #expect(server.requests.isEmpty)
  }
}
