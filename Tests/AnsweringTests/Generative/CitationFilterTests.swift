import TestSupport
import Testing

@testable import Answering

@Suite struct CitationFilterTests {
  static let texts = [
    "It walks [2]. It runs [1].",
    "It walks [1, 3] and [2; 9] [7]. Then [x] [1 [2] [] [[3]] [12345678901234567890].",
    "Tail with a mark [9]", "Open [1, 2", "  spaces   before [4] and after [1]  ", "[1][2][3]", "é [1]é [9]ü",
    "[" + String(repeating: "1, ", count: 40) + "] long",
  ]

  @Test(arguments: texts, 0..<8)
  func `pieces of any size give the same text and sources as the whole`(text: String, seed: Int) {
    let whole = CitationMarks(text, sources: 3)
    var random = SeededGenerator(UInt64(seed))
    var filter = CitationFilter(sources: 3)
    var rest = Array(text)
    var joined = ""
    while !rest.isEmpty {
      let size = seed == 0 ? 1 : Int.random(in: 1...6, using: &random)
      joined += filter.add(String(rest.prefix(size)))
      rest.removeFirst(min(size, rest.count))
    }
    joined += filter.finish()
    #expect(joined == whole.text)
    #expect(filter.sources == whole.sources)
  }

  @Test func `what may become a mark is held back and nothing else`() {
    var filter = CitationFilter(sources: 2)
    #expect(filter.add("It walks ") == "It walks")
    #expect(filter.add("[") == "")
    #expect(filter.add("2") == "")
    #expect(filter.add("] on") == " [1] on")
    #expect(filter.add(" [7") == "")
    #expect(filter.add("].") == ".")
    #expect(filter.add(" a[i]") == " a[i]")
  }

  @Test(arguments: [
    ("  It walks [1].\n\n", "It walks [1].", false),
    (
      "The documents do not answer this question. But I know better [1].",
      "The documents do not answer this question.", true
    ),
    ("The documents describe a knee [1].", "The documents describe a knee [1].", false),
    ("The documents", "The documents", false), ("", "", false), (" \n ", "", false),
  ])
  func `an answer is trimmed, and a refusal ends it`(reply: String, text: String, isRefusal: Bool) {
    for size in [1, 3, 1000] {
      var answer = AnswerText(sources: 2)
      var shown = ""
      var rest = reply[...]
      while !rest.isEmpty {
        shown += answer.add(String(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      shown += answer.finish()
      #expect(shown == text && answer.text == text && answer.isRefusal == isRefusal)
    }
  }
}
