import Testing

@testable import Retrieval

/// Which of two editions of a document comes first.
@Suite struct EditionOrderTests {
  private func passage(
    _ id: Int, _ text: String, title: String? = nil, file: String, score: Double
  ) -> Passage {
    Passage(
      chunk: id, documentID: id, document: file, source: "/docs/" + file, collection: "default", title: title,
      headingPath: [], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: score)
  }

  private func order(_ passages: [Passage], _ question: String) -> [Int] {
    EditionOrder(question).ordered(passages).map(\.documentID)
  }

  private func rates(_ first: String, _ second: String) -> [Passage] {
    [
      passage(1, "Whoever waters the beds gets 12 euros a day.", title: first, file: "a.pdf", score: 0.9),
      passage(2, "Whoever waters the beds gets 15 euros a day.", title: second, file: "b.pdf", score: 0.8),
    ]
  }

  @Test func `what the newer edition says comes first`() {
    #expect(order(rates("Garden rules 2024", "Garden rules 2026"), "What do I get for watering?") == [2, 1])
    #expect(order(rates("Garden rules 2026", "Garden rules 2024"), "What do I get for watering?") == [1, 2])
  }

  @Test(arguments: [
    ("rules_2024-05-01.pdf", "rules_2024-11-01.pdf", [2, 1]),
    ("rules 01.05.2024", "rules 02.03.2024", [1, 2]),
  ])
  func `dates of files are compared where the year comes first`(
    first: String, second: String, expected: [Int]
  ) {
    let rules = [
      passage(1, "Whoever waters the beds gets 12 euros a day.", file: first, score: 0.9),
      passage(2, "Whoever waters the beds gets 15 euros a day.", file: second, score: 0.8),
    ]
    #expect(order(rules, "What do I get for watering?") == expected)
  }

  @Test func `whoever names the older edition gets it`() {
    let rates = rates("Garden rules 2024", "Garden rules 2026")
    #expect(order(rates, "What did I get for watering in 2024?") == [1, 2])
    #expect(order(rates, "Who got 12 euros?") == [1, 2], "a word that the older one alone holds")
  }

  @Test func `other documents and other texts keep their order`() {
    #expect(order(rates("Garden rules 2024", "Yard rules 2026"), "What do I get?") == [1, 2])
    #expect(order(rates("Chapter 3", "Chapter 4"), "What do I get?") == [1, 2])
    let minutes = [
      passage(1, "The fence is painted green by Ann in May.", title: "Minutes 2024", file: "a", score: 0.9),
      passage(2, "Bob buys a spade, and nobody may borrow it.", title: "Minutes 2026", file: "b", score: 0.8),
    ]
    #expect(order(minutes, "Who paints the fence?") == [1, 2])
  }

  @Test func `what says of itself that it holds no more comes later`() {
    let rules = [
      passage(
        1, "Rules (2021) - superseded by the rules of 2025\n\nGates close at 8.", file: "a", score: 0.9),
      passage(2, "Gates close at 9.", file: "b", score: 0.8),
    ]
    #expect(order(rules, "When do gates close?") == [2, 1])
    #expect(order(rules, "When did gates close in 2021?") == [1, 2])
    #expect(order([rules[0]], "When do gates close?") == [1])
  }
}
