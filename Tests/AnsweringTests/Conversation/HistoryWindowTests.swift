import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct HistoryWindowTests {
  private let counter = EstimatedTokenCounter(window: .max)

  private func history(_ pairs: Int) -> [Turn] {
    (1...pairs).flatMap { number -> [Turn] in
      [
        .user("Question number \(number) about the knee and the elbow of the robot?"),
        .assistant("Answer number \(number): the knee bends the leg by 120 degrees, more or less. [1]"),
      ]
    }
  }

  @Test(arguments: [0, 1, 30, 200, 1000, 3000, 100_000])
  func `two hundred turns fit into any window, the newest whole`(budget: Int) {
    let window = HistoryWindow(history(100), tokens: budget, counter: counter)
    let cost = window.turns.map { counter.count($0.text) + HistoryWindow.overhead }.reduce(0, +)
    #expect(cost <= max(0, budget))
    for (index, turn) in window.turns.enumerated() {
      #expect(turn.role == (index % 2 == 0 ? .user : .assistant), "turns alternate, the user's first")
      #expect(!turn.text.contains("[1]"), "marks of other sources are taken out")
    }
    if budget >= 200 {
      #expect(window.turns.last?.text.hasPrefix("Answer number 100: the knee bends the leg by 120") == true)
    }
    if budget == 1000 {
      #expect(window.turns.count < 100)
      #expect(window.turns[0].text.hasPrefix("Earlier in this conversation I asked:\n- Question number"))
    }
    if budget == 100_000 { #expect(window.turns.count == 200) }
  }

  @Test func `turns of one person in a row become one, and an assistant does not begin`() {
    let window = HistoryWindow(
      [.assistant("Hello."), .user("a"), .user("b"), .assistant(" "), .user("c"), .assistant("d")],
      tokens: 100,
      counter: counter)
    #expect(window.turns == [.user("a\n\nb\n\nc"), .assistant("d")])
  }

  private func passages(_ count: Int) -> [Passage] {
    (0..<count).map { index in
      let text = "Passage \(index). " + String(repeating: "The knee bends the leg. ", count: 40)
      return Passage(
        chunk: index, documentID: index, document: "\(index).md", source: "/\(index).md",
        collection: "default",
        headingPath: [], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
        denseScore: 0.8)
    }
  }

  @Test(arguments: [500, 1500, 3000, 20_000])
  func `instructions, sources, history and question stay within the window`(budget: Int) {
    let prompt = GroundedPrompt(
      "How far does the knee bend?", passages(8), history: history(60), tokens: budget, counter: counter)
    let cost = prompt.messages.map { counter.count($0.text) }.reduce(0, +)
    #expect(cost <= budget)
    #expect(prompt.messages.last?.text.hasSuffix("Question: How far does the knee bend?") == true)
    #expect(prompt.passages.count >= 1 && (prompt.passages.count == 8) == (budget == 20_000))
    guard case .system(let text) = prompt.messages[0] else { return #expect(Bool(false), "system first") }
    #expect(text.hasSuffix(GroundedPrompt.rules))
  }

  @Test func `instructions of one's own come before the rules, which stay`() {
    let prompt = GroundedPrompt("Why?", [], instructions: "You are a pirate.")
    #expect(prompt.messages[0] == .system("You are a pirate.\n\n" + GroundedPrompt.rules))
  }
}
