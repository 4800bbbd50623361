import TestSupport
import Testing

@testable import Answering

@Suite struct QuotationsTests {
  private static let source =
    "The knee joint bends the leg\nby 120 degrees – “no more”, said *Dr. Low*. It’s a hinge of steel and bronze."

  @Test(
    arguments: [
      ("It says “the knee joint bends the leg by 120 degrees” here.", nil),
      ("It says \"The knee joint bends the leg by 120 degrees.\" here.", nil),
      ("It says \"bends the leg … said Dr. Low\" here.", nil),
      (
        "It says \"bends the leg [of a robot] by 120 degrees - 'no more'\" or so.",
        "bends the leg [of a robot] by 120 degrees - 'no more'"
      ),
      ("It says “It's a hinge of steel”.", nil),
      (
        "It says “the knee joint bends the leg by 130 degrees” here.",
        "the knee joint bends the leg by 130 degrees"
      ),
      ("It says «said Dr. Low: the knee joint bends» here.", "said Dr. Low: the knee joint bends"),
      ("A so-called “robot knee joint” is short.", nil), ("A 5\" bolt and a 6\" nut for the big leg.", nil),
      ("It never “ends and goes on and on\nso it is none.", nil),
    ] as [(String, String?)], [1, 3, 1000])
  func `what is quoted is compared with the source`(example: (String, String?), size: Int) {
    for removes in [true, false] {
      var quotations = Quotations(from: [Self.source], removesMarks: removes)
      var shown = ""
      var rest = example.0[...]
      while !rest.isEmpty {
        shown += quotations.add(String(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      shown += quotations.finish()
      #expect(quotations.misquoted == (example.1.map { [$0] } ?? []))
      if let wrong = example.1, removes, let range = example.0.range(of: wrong) {
        let before = example.0.index(before: range.lowerBound)
        let after = example.0.index(after: range.upperBound)
        #expect(shown == example.0[..<before] + wrong + example.0[after...], "the marks are gone")
      } else {
        #expect(shown == example.0)
      }
    }
  }

  @Test func `what the question quotes is no quotation of a source, and tools add to what may be quoted`() {
    var quotations = Quotations(from: ["Who said the moon is made of cheese?"], removesMarks: true)
    #expect(quotations.add("\"the moon is made of cheese\"") == "\"the moon is made of cheese\"")
    #expect(quotations.add(" \"buy milk and bread today\" ") == " buy milk and bread today ")
    quotations.add(texts: ["{\"title\": \"Buy milk and bread today\"}"])
    #expect(quotations.add("\"buy milk and bread today\"") == "\"buy milk and bread today\"")
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<Index>? { firstRange(of: text) }
}
