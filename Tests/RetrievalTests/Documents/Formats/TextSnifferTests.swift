import TestSupport
import Testing

@testable import Retrieval

@Suite struct TextSnifferTests {
  @Test func aStrayNULInATextIsDroppedWithANote() throws {
    let document = try DocumentReader().parse(Array("Text with \0 a NUL in it.".utf8), name: "a.txt")
    #expect(document.text == "Text with  a NUL in it.\n")
    #expect(!document.notes.isEmpty)
  }

  @Test func bytesOfAnyValueAreNoText() {
    var random = SeededGenerator(5)
    let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
    #expect(!TextSniffer.isText(bytes))
    #expect(!TextSniffer.isText([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0]))
  }
}
