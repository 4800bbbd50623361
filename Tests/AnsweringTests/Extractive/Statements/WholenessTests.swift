import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What a statement needs beside it comes with it, or it is left out.
@Suite struct WholenessTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private func statement(_ text: String) -> Statement {
    Statement(kind: .sentence, range: 0..<text.unicodeScalars.count, text: text, passage: 0, position: 0)
  }

  @Test(arguments: [
    ("See chapter 4.", true), ("(See also the index.)", true), ("Refer to the manual for more.", true),
    ("For more information about locks, see chapter 4.", true), ("Seen from above, it is small.", false),
    ("For boats, see that the gate is shut.", false), ("Sailors see it.", false), ("", false),
  ])
  func `what says where to read on is seen`(text: String, refers: Bool) {
    #expect(statement(text).refersElsewhere == refers)
  }

  @Test(arguments: [
    ("In this paper, I describe how to mend sails.", true), ("This chapter briefly explains sails.", true),
    ("The next part shows how to sew.", true), ("This shows how a sail is sewn.", false),
    ("This page is torn.", false), ("Describe the sail.", false), ("Sew this", false), ("", false),
  ])
  func `what only says that something is described is seen`(text: String, announces: Bool) {
    #expect(ReadStatement(statement(text)).announces == announces)
  }

  @Test(arguments: [
    ("The damped step is", true), ("They appear in", true), ("The damped step is small", false),
    ("The damped step is.", false), ("The step is:", false), ("", false),
  ])
  func `a sentence that breaks off is seen, unless it was cut`(text: String, breaks: Bool) {
    #expect(statement(text).breaksOff == breaks)
    var cut = statement(text)
    cut.isCut = true
    #expect(!cut.breaksOff)
  }

  @Test(arguments: [
    ("But oak rots.", true), ("However, oak rots.", true), ("Oak rots, but slowly.", false),
    ("It rots.", true), ("That's why oak rots.", true),
    ("But", true), ("", false),
  ])
  func `what objects to something points back`(
    text: String, points: Bool
  ) {
    #expect(statement(text).pointsBack == points)
  }

  static let formula = """
    Wheels are made of wood, and wood is heavy when it is wet. They are measured before anybody mounts them on an \
    axle, and their rims are dried. The weight of a wheel is

    ```
    weight = 4 * radius^2 * width
    ```

    so that a wheel of twice the radius weighs four times as much. However, wood swells. It is oiled.
    """

  @Test func `the rest of a sentence that a formula parts points back to it`() {
    let statements = Statement.statements(of: .note(Self.formula), at: 0)
    #expect(
      statements.map(\.kind) == [.sentence, .sentence, .sentence, .code, .sentence, .sentence, .sentence])
    #expect(statements.map(\.goesOn) == [false, false, false, false, true, false, false])
    #expect(statements.map(\.pointsBack) == [false, true, false, false, true, true, true])
    // Where all text is small, nothing is parted.
    let small = Statement.statements(
      of: .note("the wheel turns.\n\nand the gate opens.\n\nso boats pass."), at: 0)
    #expect(small.map(\.goesOn) == [false, false, false])
  }

  @Test func `a sentence that a formula finishes is not given without it`() async throws {
    let asked = try await answerer.answer(
      "What is the formula for the weight of a wheel?", from: [.note(Self.formula)])
    #expect(
      asked.answer.contains("The weight of a wheel is [1]\n\n```\nweight = 4 * radius^2 * width\n```"),
      "\(asked.answer)")
    let other = try await answerer.answer(
      "Why is the weight of a wheel great?", from: [.note(Self.formula)])
    #expect(
      !other.answer.contains("weight of a wheel is") || other.answer.contains("4 * radius"), "\(other.answer)"
    )
  }

  @Test func `what a passage leaves open goes behind what is whole`() async throws {
    let text =
      "A sluice is cleaned in spring with a long broom and water. A sluice is cleaned in spring as follows:"
    let answer = try await answerer.answer("How is a sluice cleaned in spring?", from: [.note(text)])
    #expect(
      answer.answer == "A sluice is cleaned in spring with a long broom and water. [1]", "\(answer.answer)")
  }

  @Test func `an objection comes with what it objects to, and that with what it points to`() async throws {
    let text = "The old weir stood for a century. It was built of oak. However, oak rots in salt water."
    let answer = try await answerer.answer("Why does oak rot in salt water?", from: [.note(text)])
    #expect(
      answer.answer
        == "The old weir stood for a century. [1] It was built of oak. [2] However, oak rots in salt water. [3]",
      "\(answer.answer)")
  }
}
