import Testing

@testable import Answering
@testable import Retrieval

@Suite struct ContradictionTests {
  private let passage = Passage(
    chunk: 1, documentID: 1, document: "a.md", source: "/a.md", collection: "default", title: "Normans",
    headingPath: ["Conquest of 1066"], start: 0, end: 0,
    text:
      "The Normans conquered England. Their power increased in the 11th century. They never reached Norway.",
    ordinal: 0, score: 1)

  @Test(arguments: [
    ("Who conquered England?", "The Normans conquered England.", false),
    ("Who did not conquer England?", "The Normans conquered England.", true),
    ("Who hasn't conquered England", "The Normans conquered England.", true),
    ("Who did not conquer England?", "The Danes refused to conquer England.", false),
    ("Why did nobody stop the Normans?", "The Normans conquered England.", false),
    ("If their power decreases, what happens?", "Their power increased in the 11th century.", false),
    ("What happened if they did not conquer England?", "The Normans conquered England.", false),
    ("What country did the Normans never reach?", "They never reached Norway.", false),
    ("When did their power decrease?", "Their power increased in the 11th century.", true),
    ("When did their power increase?", "Their power increased in the 11th century.", false),
    ("What did the Normans do in 1066?", "The Normans conquered England.", false),
    ("What did the Normans do in 1266?", "The Normans conquered England.", true),
    ("Which 2 countries did the Normans reach?", "The Normans conquered England.", false),
    ("What does robot R2000 do?", "The Normans conquered England.", false),
    // Claims are answered by what contradicts them.
    ("The Normans did not conquer England.", "The Normans conquered England.", false),
  ])
  func `a question is contradicted by what denies, opposes or dates it otherwise`(
    question: String, statement: String, isMet: Bool
  ) {
    #expect(Contradiction(question).isMet(by: statement, in: passage) == isMet)
  }

  @Test(arguments: [
    ("What changed in 3.2.2?", false), ("What changed in 3.2.1?", true), ("What changed in 3.2?", false),
    ("How do I get from 2.5 to 3.2.2?", true),
  ])
  func `a version is held as a whole`(question: String, lacks: Bool) {
    var log = passage
    log.headingPath = ["3.2.2 - 2024-06-11"]
    log.text = "One crash and 1 leak less."
    #expect(Contradiction(question).lacksNumber(log) == lacks)
  }

  @Test(arguments: [
    ("1646–7", true), ("1646-47", true), ("1646–48", false), ("1647-48", true), ("1646-3", false),
    ("1646-7-1", false),
  ])
  func `a range of years ends with a year`(range: String, holds: Bool) {
    var log = passage
    log.text = "He was a prisoner in \(range)."
    #expect(Contradiction("Who was a prisoner in 1647?").lacksNumber(log) == !holds)
  }
}
