import TestSupport
import Testing

@testable import Answering

@Suite struct SentenceStreamTests {
  private func split(_ text: String, size: (Int) -> Int) -> (text: String, sentences: [String]) {
    var stream = SentenceStream()
    var whole = ""
    var sentences: [String] = []
    func take(_ steps: [SentenceStream.Step]) {
      for step in steps {
        switch step {
        case .text(let piece): whole += piece
        case .end(let sentence, let tail):
          whole += tail
          sentences.append(sentence)
        }
      }
    }
    var rest = Array(text)
    var number = 0
    while !rest.isEmpty {
      let count = min(max(1, size(number)), rest.count)
      take(stream.add(String(rest.prefix(count))))
      rest.removeFirst(count)
      number += 1
    }
    take(stream.finish())
    return (whole, sentences)
  }

  static let texts: [(String, [String])] = [
    ("It bends. It turns [1].", ["It bends.", "It turns [1]."]),
    ("It bends. [1] It turns. [2][3]", ["It bends. [1]", "It turns. [2][3]"]),
    (
      "It bends, e.g. by Dr. Low. [1, 2]  Then it stops!",
      ["It bends, e.g. by Dr. Low. [1, 2]", "Then it stops!"]
    ),
    ("Parts:\n- A knee. [1]\n- An arm. It turns.\n", ["Parts:", "- A knee. [1]", "- An arm.", "It turns."]),
    ("He said “It walks. It runs.” and left. So.", ["He said “It walks. It runs.” and left.", "So."]),
    ("Use this. [1]\n\n```swift\nlet a = 1. Then\n```\nDone.", ["Use this. [1]", "", "", "", "Done."]),
    ("A [link](https://a.example) is here. Yes.", ["A [link](https://a.example) is here.", "Yes."]),
    ("これは膝です。次は腕です。[1]", ["これは膝です。", "次は腕です。[1]"]), ("", []), ("  \n ", []),
  ]

  @Test(arguments: texts, 0..<5)
  func `sentences are found whatever the size of the pieces, and nothing is lost`(
    example: (String, [String]), seed: Int
  ) {
    var random = SeededGenerator(UInt64(seed))
    let (text, sentences) = split(example.0) { _ in seed == 0 ? 1 : Int.random(in: 1...9, using: &random) }
    #expect(sentences == example.1)
    #expect(example.0.hasPrefix(text) && example.0.dropFirst(text.count).allSatisfy(\.isWhitespace))
  }

  @Test func `text is given out as it comes, but for white space and marks after it`() {
    var stream = SentenceStream()
    #expect(stream.add("It be") == [.text("It be")])
    #expect(stream.add("nds. ") == [.text("nds.")])
    #expect(stream.add("[1") == [])
    #expect(stream.add("] ") == [.text(" [1]")])
    #expect(stream.add("It") == [.end("It bends. [1]"), .text(" It")])
  }

  @Test func `what closes a sentence after a mark comes when it is known to end there`() {
    var stream = SentenceStream()
    #expect(stream.add("“It bends [1]") == [.text("“It bends [1]")])
    #expect(stream.add(".") == [] && stream.add("” ") == [])
    #expect(stream.add("So [2].5") == [.end("“It bends [1].”", tail: ".”"), .text(" So [2].5")])
    #expect(stream.add(" [3]!") == [.text(" [3]")])
    #expect(stream.finish() == [.end("So [2].5 [3]!", tail: "!")])
  }

  @Test func `a text without an end is cut at white space`() {
    let (_, sentences) = split(String(repeating: "word ", count: 1000)) { _ in 7 }
    #expect(sentences.count > 1 && sentences.allSatisfy { $0.count < 2100 && !$0.hasSuffix("wor") })
  }

  @Test(arguments: ["word", "1", ".", "]", "a]", "日本", "```"])
  func `a sentence that never ends takes time by its length and not by its square`(piece: String) {
    let growth = Growth.ofEightTimes(500) { count in
      var stream = SentenceStream()
      var length = 0
      func take(_ steps: [SentenceStream.Step]) {
        for case .text(let text) in steps { length += text.count }
      }
      for _ in 0..<count { take(stream.add(piece)) }
      take(stream.finish())
      #expect(length == count * piece.count)
    }
    #expect(growth < 24)
  }
}
