import TestSupport
import Testing

@testable import HTTPServer

@Suite struct MultipartFuzzTests {
  /// Pieces that a parser stumbles over, to be strung together.
  private static let pieces = [
    "\r\n", "\r", "\n", "--B", "--B--", "--", "B", "\r\n--B\r\n", "\r\n--B--\r\n", "\r\n\r\n", "-",
    "Content-Disposition: form-data; name=\"a\"", "Content-Disposition:", "; filename=\"", "\"", ";", "=",
    " ",
    "X: y\r\n", "\0", "é", "text",
  ].map { Array($0.utf8) }

  @Test func `whatever the body is, it is parsed or refused, and parts lie inside of it`() {
    var random = SeededGenerator(7)
    for _ in 0..<20_000 {
      var body: [UInt8] = random.next() % 2 == 0 ? Array("--B\r\n".utf8) : []
      for _ in 0..<random.next() % 24 {
        body += Self.pieces[Int(random.next() % UInt64(Self.pieces.count))]
        if random.next() % 16 == 0 { body.append(UInt8(truncatingIfNeeded: random.next())) }
      }
      // A slice that does not begin at zero finds wrong index arithmetic.
      let slice = ([1, 2, 3] + body).dropFirst(3)
      guard let parts = try? MultipartParser(boundary: "B", body: slice).parse() else { continue }
      for part in parts {
        #expect(part.content.startIndex >= slice.startIndex && part.content.endIndex <= slice.endIndex)
      }
    }
  }

  @Test func `what was written is read back`() throws {
    var random = SeededGenerator(8)
    for _ in 0..<500 {
      let contents = (0..<Int(random.next() % 5)).map { _ in
        (0..<Int(random.next() % 40)).map { _ in
          [0x0D, 0x0A, 0x2D, 0x42, 0x00][Int(random.next() % 5)] as UInt8
        }
      }
      let boundary = "B-\(random.next())"
      var body: [UInt8] = []
      for content in contents {
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n".utf8
        body += content
        body += "\r\n".utf8
      }
      body += "--\(boundary)--\r\n".utf8
      let parts = try MultipartParser(boundary: boundary, body: body[...]).parse()
      #expect(parts.map { Array($0.content) } == contents)
    }
  }
}
