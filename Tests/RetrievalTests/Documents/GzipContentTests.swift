import Testing

@testable import Retrieval

@Suite struct GzipContentTests {
  @Test func `what was packed comes out, also of several parts`() throws {
    let text = String(repeating: "Robots walk. ", count: 9000)
    let packed = gzip(text)
    #expect(GzipContent.isPacked(packed) && !GzipContent.isPacked(Array("<urlset/>".utf8)))
    #expect(try GzipContent.unpacked(packed, limit: 1 << 20) == Array(text.utf8))
    #expect(try GzipContent.unpacked(packed + gzip("More."), limit: 1 << 20) == Array((text + "More.").utf8))
    #expect(try GzipContent.unpacked(gzip(""), limit: 10) == [])
  }

  @Test func `the beginning comes out of what is cut off behind it, in memory and on disk`() throws {
    let text = String(repeating: "Robots walk. ", count: 20_000)
    let packed = Array(gzip(text).dropLast(50_000))
    let folder = try TemporaryFolder()
    let path = try folder.write("a.gz", packed)
    #expect(try GzipContent.head(packed, count: 100) == Array(text.utf8.prefix(100)))
    #expect(try GzipContent.head(ofFile: path, count: 100) == Array(text.utf8.prefix(100)))
    #expect(try GzipContent.head(gzip("Hm."), count: 100) == Array("Hm.".utf8))
  }

  @Test func `no more comes out than is allowed`() throws {
    let packed = gzip(String(repeating: "a", count: 200_000))
    let error = #expect(throws: DocumentError.self) { try GzipContent.unpacked(packed, limit: 199_999) }
    #expect(error?.code == .tooLarge)
    #expect(try GzipContent.unpacked(packed, limit: 200_000).count == 200_000)
  }

  @Test(arguments: [3, 9, 12, 20, 100])
  func `what is cut off or changed is refused`(length: Int) {
    let packed = gzip(String(repeating: "Robots walk. ", count: 20))
    let error = #expect(throws: DocumentError.self) {
      try GzipContent.unpacked(Array(packed[..<length]), limit: 1 << 20)
    }
    #expect(error?.code == .damaged)
  }
}

/// `text` in the format of gzip (RFC 1952), in blocks that are stored as they are (RFC 1951, section 3.2.4).
func gzip(_ text: String) -> [UInt8] { gzip(Array(text.utf8)) }

/// The same of bytes.
func gzip(_ content: [UInt8]) -> [UInt8] {
  var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
  func append(_ value: UInt32) {
    for shift in [0, 8, 16, 24] { bytes.append(UInt8(truncatingIfNeeded: value >> shift)) }
  }
  var rest = content[...]
  repeat {
    let block = rest.prefix(0xFFFF)
    rest = rest.dropFirst(block.count)
    let size = UInt16(block.count)
    bytes += [
      rest.isEmpty ? 1 : 0, UInt8(size & 255), UInt8(size >> 8), UInt8(~size & 255), UInt8(~size >> 8),
    ]
    bytes += block
  } while !rest.isEmpty
  var checksum: UInt32 = ~0
  for byte in content {
    checksum ^= UInt32(byte)
    for _ in 0..<8 { checksum = checksum & 1 == 1 ? checksum >> 1 ^ 0xEDB8_8320 : checksum >> 1 }
  }
  append(~checksum)
  append(UInt32(content.count))
  return bytes
}
