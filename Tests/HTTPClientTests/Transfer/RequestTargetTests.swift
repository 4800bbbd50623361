import Testing

@testable import HTTPClient

@Suite("Request target")
struct RequestTargetTests {
  @Test(
    "messages name method, host and path, never a password or query",
    arguments: [
      ("https://api.example.com/v1/chat?key=SECRET#x", "POST api.example.com/v1/chat"),
      ("http://user:SECRET@127.0.0.1:8080", "POST 127.0.0.1:8080/"),
      ("http://[::1]:80/a", "POST [::1]:80/a"),
    ])
  func described(_ url: String, _ expected: String) throws {
    #expect(try RequestTarget(method: .post, url: url).description == expected)
  }

  @Test(
    "what is no http or https URL is refused",
    arguments: [
      "", "localhost:8080/v1", "ftp://example.com/x", "file:///etc/passwd", "http://", "http://a b/", "/v1",
      "http://example.com:99999/", "http://x/\u{0}y", "https://u:SECRET@", "http://h\n/?k=SECRET",
    ])
  func refused(_ url: String) {
    let error = #expect(throws: HTTPClientError.self) { try RequestTarget(method: .get, url: url) }
    #expect(error?.code == .badURL)
    #expect(error?.description.contains("SECRET") == false)
  }
}
