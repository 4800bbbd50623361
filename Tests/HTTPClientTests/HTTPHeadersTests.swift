import HTTPClient
import Testing

@Suite("HTTP headers")
struct HTTPHeadersTests {
  @Test("names compare without regard to case")
  func names() {
    var headers: HTTPHeaders = ["Content-Type": "text/plain", "X-A": "1"]
    headers.append("x-a", "2")
    #expect(headers["content-type"] == "text/plain")
    #expect(headers.values("X-a") == ["1", "2"])
    #expect(headers["x[a"] == nil)
    headers["X-A"] = "3"
    #expect(headers.values("x-a") == ["3"])
    headers["x-a"] = nil
    #expect(headers["X-A"] == nil)
    #expect(headers == ["CONTENT-TYPE": "text/plain"])
  }

  @Test(
    "the media type is bare and in lower case",
    arguments: [
      ("text/event-stream; charset=utf-8", "text/event-stream"), ("Application/JSON", "application/json"),
      (" text/html ;x=y", "text/html"), ("", ""),
    ])
  func mediaType(_ value: String, _ expected: String) {
    #expect(HTTPResponseHead(status: 200, headers: ["content-type": value]).mediaType == expected)
  }
}
