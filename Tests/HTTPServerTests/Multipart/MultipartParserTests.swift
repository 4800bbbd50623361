import HTTPServer
import Testing

@Suite struct MultipartParserTests {
  private func parse(_ body: String, contentType: String? = "multipart/form-data; boundary=B") throws
    -> [MultipartPart]
  {
    var headers = HTTPHeaders()
    headers["Content-Type"] = contentType
    return try Request(
      head: RequestHead(method: .post, target: "/", headers: headers), body: Array(body.utf8)
    ).decodeMultipart()
  }

  @Test func `fields and files are read in order`() throws {
    let parts = try parse(
      "--B\r\nContent-Disposition: form-data; name=\"collection\"\r\n\r\nbooks\r\n"
        + "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
        + "Content-Type: text/plain\r\n\r\nline 1\r\n--\r\n--b\r\n\r\n--B--\r\n")
    #expect(parts.map(\.name) == ["collection", "file"])
    #expect(parts.map(\.filename) == [nil, "a.txt"])
    #expect(parts.map(\.contentType) == [nil, "text/plain"])
    #expect(parts.map(\.text) == ["books", "line 1\r\n--\r\n--b\r\n"])
  }

  @Test(arguments: [
    ("preamble", "hello\r\n--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--B--", ["x"]),
    ("epilogue", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--B--\r\nbye --B", ["x"]),
    ("padding", "--B \t\r\ncontent-disposition: FORM-DATA; name=a\r\n\r\nx\r\n--B--", ["x"]),
    ("no parts", "--B--\r\n", []),
    ("empty content", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\n--B--", [""]),
    (
      "starts with line end", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\nx\r\n--B--", ["\r\nx"]
    ),
    (
      "boundary inside", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx--B\ny\r\n-B\r\n--B--",
      ["x--B\ny\r\n-B"]
    ),
    ("carriage returns", "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n\r\r\r\n--B--", ["\r\r"]),
  ])
  func `contents are cut exactly`(name: String, body: String, contents: [String]) throws {
    #expect(try parse(body).map(\.text) == contents)
  }

  @Test(arguments: [
    ("", MultipartError.Code.truncated), ("--B", .truncated), ("--B\r\n", .truncated),
    ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx", .truncated),
    ("--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--B", .truncated),
    ("--Bx\r\n\r\n--B--", .malformedHeader), ("--B\r\nno colon\r\n\r\nx\r\n--B--", .malformedHeader),
    ("--B\r\nA: b\r\nx\r\n--B--", .malformedHeader),
    ("--B\r\nBad Name: b\r\n\r\nx\r\n--B--", .malformedHeader),
    ("--B\r\n\r\nx\r\n--B--", .missingName),
    ("--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--", .missingName),
    ("--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--", .missingName),
  ])
  func `a malformed body is refused with its reason`(body: String, code: MultipartError.Code) {
    #expect { try parse(body) } throws: { ($0 as? MultipartError)?.code == code }
  }

  @Test func `too many parts and too large headers are refused`() {
    let part = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n"
    #expect { try parse(String(repeating: part, count: 1_001) + "--B--") } throws: {
      ($0 as? MultipartError)?.code == .tooManyParts
    }
    let header = String(repeating: "X: y\r\n", count: 2_000)
    #expect { try parse("--B\r\n" + header + "\r\nx\r\n--B--") } throws: {
      ($0 as? MultipartError)?.code == .malformedHeader
    }
  }

  @Test(arguments: [
    (#""C:\dir\a b.pdf""#, "a b.pdf"), (#""../../etc/passwd""#, "passwd"), (#""a\"b.txt""#, "a\"b.txt"),
    (#""""#, ""), ("plain.md", "plain.md"), (#""/""#, ""),
  ])
  func `file names lose their folders`(written: String, filename: String) throws {
    let parts = try parse(
      "--B\r\nContent-Disposition: form-data; name=f; filename=\(written)\r\n\r\nx\r\n--B--")
    #expect(parts.map(\.filename) == [filename])
  }

  @Test func `another content type and a missing boundary are told apart`() {
    #expect { try parse("", contentType: "application/json") } throws: {
      ($0 as? MultipartError)?.httpError.status == .unsupportedMediaType
    }
    #expect { try parse("", contentType: nil) } throws: { ($0 as? MultipartError)?.code == .notMultipart }
    #expect { try parse("", contentType: "multipart/form-data") } throws: {
      ($0 as? MultipartError)?.httpError.status == .badRequest
    }
  }

  @Test func `content that is not text has no text`() throws {
    let head = RequestHead(
      method: .post, target: "/", headers: ["Content-Type": "multipart/form-data; boundary=\"a b\""])
    let body =
      Array("--a b\r\nContent-Disposition: form-data; name=f\r\n\r\n".utf8) + [0xFF, 0x00, 0x0D]
      + Array("\r\n--a b--".utf8)
    let parts = try Request(head: head, body: body).decodeMultipart()
    #expect(parts[0].text == nil)
    #expect(parts[0].content == [0xFF, 0x00, 0x0D])
  }
}
