import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Questions that ask why something is so, or how it works, answered by what explains it.
@Suite struct ExplanationTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  @Test(arguments: [
    ("Why do locks leak?", Explanation.reason), ("Can you tell me why locks leak?", .reason),
    ("What causes leaks?", .reason), ("For what reason are locks built?", .reason),
    ("How does a lock work?", .manner), ("How are gates opened?", .manner),
    ("How can a gate be opened?", .manner), ("How do I open a gate?", nil), ("How to open a gate", nil),
    ("How many gates has a lock?", nil), ("How old is the lock?", nil), ("What is a lock?", nil),
    ("Which locks leak because of frost?", nil),
  ])
  func `what is to be explained is told from other questions`(question: String, wanted: Explanation?) {
    #expect(QuestionWords(question).explanation == wanted)
  }

  @Test(arguments: [
    ("It leaks because frost broke it.", 1.0), ("It leaks, since frost broke it.", 1),
    ("It has leaked since 1990.", 0), ("It has leaked since then.", 0),
    ("It is painted so that it lasts.", 1), ("It is so old that it leaks.", 0),
    ("It leaks due to frost.", 1), ("It is due in May.", 0), ("It is shut in order to work.", 1),
    ("As a result, boats wait.", 1), ("Paint prevents rust.", 0.5),
    ("It is painted to protect it.", 0.5), ("It stands by the mill.", 0), ("", 0),
  ])
  func `words that give a reason are seen`(text: String, reason: Double) {
    #expect(Explanation.reason(in: Words.of(text)) == reason)
  }

  @Test func `the statement that gives the reason leads one that only says so`() async throws {
    let text = """
      The sluice leaks in winter a little. Boats wait. The sluice leaks in winter because frost dries its seals.
      """
    let answer = try await answerer.answer("Why does the sluice leak in winter?", from: [.note(text)])
    let quote = "The sluice leaks in winter because frost dries its seals."
    #expect(answer.citations.first?.quote == quote, "\(answer.answer)")
    // Of a date no reason is asked for.
    let when = try await answerer.answer("When does the sluice leak?", from: [.note(text)])
    #expect(when.answer.hasPrefix("The sluice leaks in winter a little."), "\(when.answer)")
  }

  @Test func `a row of a table leads where a value is asked for, and not where something is to be explained`()
    async throws
  {
    let text = """
      A lock gate is kept in balance by a stone in a shaft.

      part | what it keeps | weight
      lock gate | keeps its balance | 40 kg
      lock wheel | keeps its speed | 12 kg
      """
    let how = try await answerer.answer("How does a lock gate keep its balance?", from: [.note(text)])
    #expect(how.answer.hasPrefix("A lock gate is kept"), "\(how.answer)")
    let value = try await answerer.answer(
      "Which part keeps its balance, the lock gate or the lock wheel?", from: [.note(text)])
    #expect(value.citations.first?.quote == "lock gate | keeps its balance | 40 kg", "\(value.answer)")
  }

  @Test func `what only says where to read on does not lead`() async throws {
    let text = """
      See chapter 4 for how the gate of a sluice is opened. For more details on opening the gate of a sluice, see \
      the manual. A gate is opened with the wheel on top of the sluice.
      """
    let answer = try await answerer.answer("How is the gate of a sluice opened?", from: [.note(text)])
    #expect(answer.answer.hasPrefix("A gate is opened with the wheel"), "\(answer.answer)")
    let place = try await answerer.answer(
      "Where does it say how the gate of a sluice is opened?", from: [.note(text)])
    #expect(place.answer.hasPrefix("See chapter 4"), "\(place.answer)")
  }
}
