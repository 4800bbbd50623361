import Testing

@testable import HTTPServer

@Suite struct HTTPHeadersTests {
  @Test func `names compare without regard to case and keep their order`() {
    var headers: HTTPHeaders = ["Accept": "a", "X-One": "1"]
    headers.append("accept", "b")
    #expect(headers["ACCEPT"] == "a")
    #expect(headers.values(of: "Accept") == ["a", "b"])
    #expect(headers.fields.map(\.name) == ["Accept", "X-One", "accept"])
    headers["accept"] = "c"
    #expect(headers.fields.map(\.value) == ["1", "c"])
    headers["X-One"] = nil
    #expect(!headers.contains("x-one"))
  }

  @Test func `a value cannot start a header of its own`() {
    let headers: HTTPHeaders = ["X": "a\r\nSet-Cookie: b\0c\td"]
    #expect(headers["X"] == "a  Set-Cookie: b c\td")
  }

  @Test func `lists are joined over all occurrences`() {
    var headers: HTTPHeaders = ["X-Forwarded-For": "a, b"]
    headers.append("x-forwarded-for", ", c ,")
    #expect(headers.list(of: "X-Forwarded-For") == ["a", "b", "c"])
  }

  @Test func `a default does not replace what is there`() {
    var headers: HTTPHeaders = ["A": "1"]
    headers.setDefault("a", "2")
    headers.setDefault("b", "3")
    #expect(headers.fields.map(\.value) == ["1", "3"])
  }
}
