import Testing

@testable import HTTPClient

@Suite("Response head parser")
struct ResponseHeadParserTests {
  private func parse(_ lines: [String], redirects: Int = 0) throws -> HTTPResponseHead? {
    var parser = ResponseHeadParser(redirects: redirects)
    var head: HTTPResponseHead?
    for line in lines {
      if let complete = try parser.consume(Array((line + "\r\n").utf8)) {
        #expect(head == nil, "the head came twice")
        head = complete
      }
    }
    return head
  }

  @Test("reads status and fields, trimming values and joining folded lines")
  func simple() throws {
    let head = try parse(["HTTP/1.1 200 OK", "A:  1 ", "B: x", "  y", "no colon", "C:", "", "Trailer: 1", ""])
    #expect(head == HTTPResponseHead(status: 200, headers: ["a": "1", "b": "x y", "c": ""]))
  }

  @Test("skips interim answers")
  func interim() throws {
    let head = try parse(["HTTP/1.1 103 Early Hints", "Link: x", "", "HTTP/1.1 404", "A: 1", ""])
    #expect(head == HTTPResponseHead(status: 404, headers: ["A": "1"]))
  }

  @Test("skips as many redirects as are followed")
  func redirects() throws {
    let lines = ["HTTP/1.1 302 Found", "Location: /x", "", "HTTP/1.1 307 Again", "Location: /y", ""]
    #expect(try parse(lines)?.status == 302)
    #expect(try parse(lines, redirects: 1)?.status == 307)
    #expect(try parse(lines + ["HTTP/2 200", ""], redirects: 5)?.status == 200)
  }

  @Test("takes broken heads without harm")
  func broken() throws {
    #expect(try parse(["HTTP/1.1", ""])?.status == 0)
    #expect(try parse(["", "A: 1", ""]) == nil)
    #expect(try parse([" folded first", "HTTP/1.1 200 OK", " folded", ""])?.headers == [:])
  }

  @Test("stops at the size limit")
  func limit() {
    #expect(throws: HTTPClientError.self) {
      try parse(
        ["HTTP/1.1 200 OK"] + Array(repeating: "X: " + String(repeating: "x", count: 1000), count: 300))
    }
  }
}
