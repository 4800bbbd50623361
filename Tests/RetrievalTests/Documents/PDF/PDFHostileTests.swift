import Testing

@testable import Retrieval

/// Pages that exhaust a reader's time, and numbers on them that no arithmetic may end on.
@Suite(.serialized) struct PDFHostileTests {
  /// Words with boxes of 5 points a character at given places of a line.
  private static func line(_ cells: [(left: Double, text: String)], top: Double, height: Double = 11)
    -> PDFLine
  {
    let words = cells.flatMap { cell in
      var x = cell.left
      return cell.text.split(separator: " ").map { word in
        defer { x += 5 * Double(word.count) + 3 }
        return PDFWord(left: x, top: top, width: 5 * Double(word.count), height: height, text: String(word))
      }
    }
    return PDFLine(words, block: 1)
  }

  @Test func `Numbers at the limit of integers stand in a table`() {
    for number in ["9223372036854775807", "-9223372036854775808", "99999999999999999999"] {
      let rows = (0..<5).map {
        Self.line(
          [(72, $0 == 0 ? number : "\($0)"), (250, "words of a cell"), (400, number)],
          top: 100 + 14 * Double($0))
      }
      let prose = (0..<9).map {
        Self.line([(72, "words of the text that runs below them")], top: 500 + 14 * Double($0))
      }
      let document = PDFAssembler([PDFPage(number: 1, height: 800, lines: rows + prose)]).document(title: nil)
      #expect(document.text.contains(number))
    }
  }

  struct Attack: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let lines: @Sendable (Int) -> [PDFLine]
  }

  /// Pages as long as it takes, as a browser prints a website to one.
  static let attacks: [Attack] = [
    page("two columns that are no table") { row in
      line([(72, "an entry of an index, \(row)"), (330, "another of such entries, \(row)")], top: 14 * row)
    },
    page("stretched lines") { row in
      let middle = 190 + row.truncatingRemainder(dividingBy: 7)
      return line(
        [(72, "words of a line that"), (middle, "is stretched to both of its margins"), (392, "always")],
        top: 14 * row)
    },
    page("formulas") { row in line([(72, "x = y + \(row)"), (400, "(\(row))")], top: 14 * row) },
    page("a table") { row in
      line([(72, "Leek"), (200, "sown in May"), (400, "\(row) kg")], top: 14 * row)
    },
    Attack(testDescription: "small lines at the top") { count in
      let small = (0..<count).map { line([(72, "small words")], top: 0.001 * Double($0), height: 6) }
      let text = (0..<count).map {
        line([(72, "words of the text that runs below")], top: 500 + 0.02 * Double($0))
      }
      return small + text
    },
    page("words that go on and on") { row in line([(72, "abcdefghijklmnopqrstuvwxyz-")], top: 12 * row) },
  ]

  private static func page(_ name: String, _ row: @escaping @Sendable (Double) -> PDFLine) -> Attack {
    Attack(testDescription: name) { count in (0..<count).map { row(Double($0)) } }
  }

  @Test(arguments: attacks)
  func `A long page takes linear time`(attack: Attack) {
    func seconds(_ count: Int) -> Double {
      let lines = attack.lines(count)
      let page = PDFPage(number: 1, height: (lines.map(\.bottom).max() ?? 0) + 50, lines: lines)
      let start = ContinuousClock.now
      _ = PDFAssembler([page]).document(title: nil)
      return (ContinuousClock.now - start) / .seconds(1)
    }
    let short = seconds(300)
    var long = seconds(1200)
    if long >= 9 * short + 0.2 { long = min(long, seconds(1200)) }
    #expect(long < 9 * short + 0.2, "\(short) s, then \(long) s")
  }
}
