import Testing

@testable import Commands

@Suite struct ProgressLineTests {
  private static func line(
    done: Int, total: Int?, perSecond: Double? = nil, note: String = ""
  ) -> ProgressLine {
    ProgressLine(
      title: "Embedding", unit: "chunks", done: done, total: total, perSecond: perSecond, note: note)
  }

  @Test(arguments: [
    (line(done: 0, total: 5000), 100, "Embedding [>                   ] 0/5,000 chunks  0%"),
    (
      line(done: 1204, total: 5000, perSecond: 312, note: "docs/a.md"), 100,
      "Embedding [====>               ] 1,204/5,000 chunks  24%  312/s  13 s left  docs/a.md"
    ),
    (
      line(done: 1204, total: 5000, perSecond: 312, note: "docs/chapters/introduction/a.md"), 90,
      "Embedding [====>               ] 1,204/5,000 chunks  24%  312/s  13 s left  docs/…ion/a.md"
    ),
    (
      line(done: 1204, total: 5000, perSecond: 312, note: "docs/a.md"), 60,
      "Embedding 1,204/5,000 chunks  24%  312/s  13 s left"
    ),
    (line(done: 1204, total: 5000, perSecond: 312), 30, "Embedding 1,204/5,000 chunks …"),
    (line(done: 4999, total: 5000), 100, "Embedding [===================>] 4,999/5,000 chunks  99%"),
    (
      line(done: 5000, total: 5000, perSecond: 9.96), 100,
      "Embedding [====================] 5,000/5,000 chunks  100%  10/s"
    ),
    (line(done: 7000, total: 5000), 100, "Embedding [====================] 7,000/5,000 chunks  100%"),
    (
      line(done: 12, total: nil, perSecond: 3.24, note: "x\u{1B}y"), 100,
      "Embedding 12 chunks  3.2/s  x\u{FFFD}y"
    ),
    (line(done: 12, total: nil, note: "漢字漢字漢字.md"), 80, "Embedding 12 chunks  漢字漢字漢字.md"),
    (line(done: 0, total: 0), 100, "Embedding 0/0 chunks"),
    (
      line(done: 1, total: 100, perSecond: 0.2), 100,
      "Embedding [>                   ] 1/100 chunks  1%  12/min  8 min 15 s left"
    ),
    (
      line(done: 1, total: 1_000_000, perSecond: 0.001), 100,
      "Embedding [>                   ] 1/1,000,000 chunks  0%  0.1/min"
    ),
    (line(done: 1, total: 2, perSecond: 0), 100, "Embedding [==========>         ] 1/2 chunks  50%  0.0/min"),
  ])
  func `the line tells what is known and fits`(line: ProgressLine, width: Int, expected: String) {
    let text = line.text(width: width)
    #expect(text == expected)
    #expect(text.displayWidth <= width)
  }

  @Test(arguments: 0...120)
  func `the line never exceeds its width`(width: Int) {
    let line = Self.line(done: 1204, total: 5000, perSecond: 312, note: "docs/漢字漢字漢字/introduction.md")
    #expect(line.text(width: width).displayWidth <= width)
  }

  @Test func `the plain form is a sentence for a log`() {
    #expect(
      Self.line(done: 1204, total: 5000, perSecond: 312).plainText
        == "Embedding: 1,204 of 5,000 chunks (24 %), 312/s, 13 s left")
    #expect(Self.line(done: 3, total: nil).plainText == "Embedding: 3 chunks")
  }
}
