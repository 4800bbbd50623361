import Testing

@testable import Answering
@testable import Retrieval

@Suite struct ListQuestionTests {
  @Test(arguments: [
    ("What are the features of Widget?", ListQuestion.Wanted.things("featur")),
    ("Which states can a job have?", .things("stat")),
    ("What operating systems are supported?", .things("system")),
    ("List all settings", .things("setting")), ("What are the steps to install it?", .steps),
    ("How do I install it?", .steps), ("What changed in v2.1?", .version("2.1")),
    ("Which fixes are in 3.2.2?", .version("3.2.2")),
  ])
  func `some questions are answered by a list`(question: String, wanted: ListQuestion.Wanted) {
    #expect(ListQuestion(question)?.wanted == wanted)
  }

  @Test(arguments: [
    "What is robotics?", "What are robots?", "Who wrote these lists?", "Which setting is read first?",
    "When was 2.1 released?", "Does it have settings?",
  ])
  func `others are not`(question: String) {
    #expect(ListQuestion(question) == nil)
  }

  private func list(_ question: String, in text: String, headings: [String] = []) throws -> [String]? {
    let passage = Passage(
      chunk: 1, documentID: 1, document: "d.md", source: "/d.md", collection: "default", title: "Widget",
      headingPath: headings, start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1)
    let statements = Statement.statements(of: passage, at: 0)
    let stems = QuestionWords(question).stems
    return StatementOutline(statements).list(
      for: try #require(ListQuestion(question)),
      statements.map { RankedStatement(read: ReadStatement($0), features: StatementFeatures(), score: 1) },
      headings: [Words.terms((["Widget"] + headings).joined(separator: " "))],
      rarity: Dictionary(stems.map { ($0, 1) }, uniquingKeysWith: { first, _ in first }))?.map(\.text)
  }

  @Test func `a list is the answer if its lead, heading or columns name what was asked for`() throws {
    let states = "A job is in one of these states:\n\n- waiting\n- done"
    #expect(
      try list("Which states can a job have?", in: states)
        == ["A job is in one of these states:", "waiting", "done"])
    #expect(try list("Which colours can a job have?", in: states) == nil)
    #expect(
      try list("What are the features of Widget?", in: "- fast\n- small", headings: ["Features"]) == [
        "fast", "small",
      ])
    #expect(
      try list("What are the features of Gadget?", in: "- fast\n- small", headings: ["Features"]) == nil)
    let table = "Setting | Default\nport | 80\nhost | none"
    #expect(try list("What are the settings of Widget?", in: table) == nil)
    #expect(
      try list("What are the settings of Widget?", in: "Settings\n\n" + table) == [
        "port | 80", "host | none",
      ])
  }

  @Test func `steps are numbered, and a version's changes stand under its number`() throws {
    let steps = "Installing Widget\n\n1. Stop it.\n2. Start it."
    #expect(try list("How do I install Widget?", in: steps) == ["Stop it.", "Start it."])
    #expect(
      try list("How do I install Widget?", in: steps.replacing("1.", with: "-").replacing("2.", with: "-"))
        == nil)
    let log = "2.1.0\n\n- It is faster.\n- It is smaller.\n\n2.0.0\n\n- It is red.\n- It is new."
    #expect(try list("What changed in 2.1.0?", in: log) == ["It is faster.", "It is smaller."])
    #expect(try list("What changed in 2.0?", in: log) == ["It is red.", "It is new."])
    #expect(try list("What changed in 2.2?", in: log) == nil)
  }

  @Test func `a list that is too long is not given whole`() throws {
    let many = "These are the parts:\n\n" + (1...16).map { "- part \($0)" }.joined(separator: "\n")
    #expect(try list("What are the parts?", in: many) == nil)
  }
}
