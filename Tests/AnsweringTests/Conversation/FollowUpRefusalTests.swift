import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// Follow-ups that lean on words which have an answer, with a model that knows no meanings.
@Suite struct FollowUpRefusalTests {
  private let text = """
    The hand of the robot Otto has twelve degrees of freedom. Each finger bends at three joints. The foot is a flat \
    plate of steel. Otto was shown in 1999. Otto walks at 3 km/h and rolls on four wheels.

    Robot | Mass | Category 2
    Otto | 48 kg | fragile
    Berta | 90 kg | sturdy
    """

  private func answer(_ question: String, after earlier: String) async throws -> Answer {
    let passage = Passage(
      chunk: 1, documentID: 1, document: "robots.md", source: "/robots.md", collection: "default",
      title: "Robots", headingPath: [], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0,
      score: 1,
      denseScore: 0.7)
    let whole = try #require(FollowUp(question).standalone(after: [earlier]))
    let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))
    return try await answerer.judge(
      ReadQuestion(whole), from: [passage], statistics: nil,
      focus: FollowUpFocus(question, after: [earlier], whole: whole)
    ).answer
  }

  @Test(arguments: [
    ("And the foot?", "How many degrees of freedom does the hand of Otto have?"),
    ("And the tail?", "How many degrees of freedom does the hand have?"),
    ("What colour does it have?", "When was the robot Otto shown?"),
    ("And category 5?", "What is category 2?"),
    ("And Anna?", "What is the mass of the robot Otto?"),
    ("And a wheelchair?", "How fast does Otto walk?"),
    ("How fast does it swim?", "When was Otto shown?"),
  ])
  func `what the passages lack is refused, whatever words were carried over`(
    question: String, earlier: String
  ) async throws {
    let answer = try await answer(question, after: earlier)
    #expect(!answer.answered && answer.confidence < 0.2, "\(answer.answer)")
  }

  @Test(arguments: [
    ("And the hand?", "How many degrees of freedom does the foot have?", "twelve degrees"),
    ("And Berta?", "What is the mass of the robot Otto?", "90 kg"),
    ("What mass does it have?", "When was Otto shown?", "48 kg"),
    ("How fast does it walk?", "When was Otto shown?", "3 km/h"),
    // No statement speaks of engineers or results.
    ("And Berta?", "What overall resulting mass does Otto have according to engineers?", "90 kg"),
  ])
  func `what they hold is answered`(question: String, earlier: String, gold: String) async throws {
    let answer = try await answer(question, after: earlier)
    #expect(answer.answered && answer.answer.contains(gold), "\(answer.answer)")
  }

  @Test func `forms of a word share more than what they end in`() {
    let stems = StemSet(["wheel", "calibrat", "transport"])
    #expect(stems.holds("wheelchair") && !stems.holdsForm(of: "wheelchair"))
    #expect(stems.holdsForm(of: "wheel") && stems.holdsForm(of: "calibration"))
    #expect(stems.holdsForm(of: "transportation") && !stems.holdsForm(of: "foot"))
  }

  @Test func `what is new is what no earlier question holds`() {
    let focus = FollowUpFocus(
      "And how much does it weigh?", after: ["How tall is Otto?"], whole: "And how much does Otto weigh?")
    #expect(focus?.words == ["weigh"] && focus?.carried == ["otto"] && focus?.names == ["otto"])
    #expect(FollowUpFocus("And so?", after: ["What is Otto?"], whole: "And so? Otto") == nil)
    #expect(
      FollowUpFocus("And category 5?", after: ["What is category 2?"], whole: "What is category 5?")?.pairs
        == [["category", "5"]])
    let owner = FollowUpFocus(
      "And the Otto 5?", after: ["What is the Otto 4's mass?"], whole: "What is the Otto 5's mass?")
    #expect(owner?.words == ["5"] && owner?.pairs == [["otto", "5"]])
    let done = [
      "How do I turn it off?": nil, "How do I paint it?": ["paint"], "Did they change it?": ["change"],
    ]
    for (question, words) in done {
      let whole = question.replacing(" it", with: " Otto")
      #expect(FollowUpFocus(question, after: ["What is Otto?"], whole: whole)?.words == words, "\(question)")
    }
    let both = FollowUpFocus(
      "How do I make it green?", after: ["What is Otto?"], whole: "How do I make Otto green?")
    #expect(both?.words == ["green"] && both?.carried == ["otto"])
    let measured = FollowUpFocus(
      "How fast does it walk?", after: ["What is Otto?"], whole: "How fast does Otto walk?")
    #expect(measured?.words == ["walk"] && measured?.quantities.contains(.speed) == true)
  }
}
