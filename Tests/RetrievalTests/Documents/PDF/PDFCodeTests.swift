import TestSupport
import Testing

@testable import Retrieval

@Suite struct PDFCodeTests {
  /// A line of poppler's only block; its words are as wide as each other's characters if it is set in a monospaced font.
  private func line(_ text: String, _ left: Double, _ top: Double, isCode: Bool = false) -> PDFLine {
    var x = left
    var words: [PDFWord] = []
    for word in text.split(separator: " ", omittingEmptySubsequences: false) {
      let count = Double(word.count)
      let width = isCode ? 6 * count : 5 * count + Double(word.count % 3)
      if !word.isEmpty {
        words.append(PDFWord(left: x, top: top, width: width, height: isCode ? 10 : 11, text: String(word)))
      }
      x += width + (isCode ? 6 : 3)
    }
    return PDFLine(words, block: 1)
  }

  private func outline(_ lines: [PDFLine]) -> [String] {
    let prose = (0..<12).map {
      line("words of the text of another page, which is longer than this", 72, 60 + 13 * Double($0))
    }
    let pages = [
      PDFPage(number: 1, height: 800, lines: lines), PDFPage(number: 2, height: 800, lines: prose),
    ]
    return Array(PDFAssembler(pages).document(title: nil).outline.dropLast())
  }

  @Test func `indented code within a block of prose is code`() {
    let lines = [
      line("The simplest way is to download the file, and to unpack it with", 72, 100),
      line("tar -xf sources.tar.gz --directory build", 90, 113, isCode: true),
      line("{", 90, 126, isCode: true),
      line("  make --jobs check install", 90, 139, isCode: true),
      line("}", 90, 152, isCode: true),
      line("on systems that have such a program, and to build it at once after that.", 72, 165),
    ]
    #expect(
      outline(lines) == [
        "p The simplest way is to download the file, and to unpack it with",
        "c tar -xf sources.tar.gz --directory build\n{\n  make --jobs check install\n}",
        "p on systems that have such a program, and to build it at once after that.",
      ])
  }

  @Test func `a line of an item that is set like code stays in its sentence`() {
    let lines = [
      line("Further commands are these, of which the second needs a name:", 72, 100),
      line("• places labels on the perimeter of a plot, see the section", 80, 113),
      line("named polar axis demonstration", 88, 126, isCode: true),
      line("set border polar --with lines", 72, 300, isCode: true),
      line("set another border --without lines", 72, 313, isCode: true),
    ]
    #expect(
      outline(lines).dropFirst().first?.hasSuffix("see the section named polar axis demonstration") == true)
  }

  @Test func `a listing loses the numbers of its lines and keeps its indents`() {
    let code = [
      "for step in route(start, target, terrain):", "    move(step, speed, heading, foot)",
      "    wait(until, done, again, slowly)",
    ]
    let lines = code.enumerated().flatMap { index, text in
      [
        line("\(index + 8)", 60, 100 + 13 * Double(index)),
        line(text, 90, 100 + 13 * Double(index), isCode: true),
      ]
    }
    #expect(outline(lines) == ["c \(code.joined(separator: "\n"))"])
  }

  @Test func `a numbered heading above a table is a heading`() {
    let rows = [("Name", "Type"), ("vto", "threshold voltage"), ("kv", "saturation factor")]
    let lines =
      [line("31.6.4 Model parameters", 72, 100)]
      + rows.enumerated().flatMap { index, row in
        [line(row.0, 72, 130 + 14 * Double(index)), line(row.1, 200, 130 + 14 * Double(index))]
      }
    #expect(
      outline(lines) == [
        "h3 31.6.4 Model parameters", "t Name | Type\nvto | threshold voltage\nkv | saturation factor",
      ])
  }
}
