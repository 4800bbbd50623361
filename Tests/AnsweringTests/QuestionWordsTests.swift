import Testing

@testable import Answering

@Suite struct QuestionWordsTests {
  @Test(arguments: [
    ("What is humanoid robotics?", QuestionWords.Expectation.definition),
    ("What is the capital of France?", .other),
    ("Who built WABOT-1?", .person),
    ("When was ASIMO shown?", .time),
    ("What year did it happen?", .time),
    ("How many joints has a leg?", .amount),
    ("Where is it used?", .place),
    ("Why does it fall?", .other),
    ("Define zero moment point", .definition),
  ])
  func knowsWhatIsAskedFor(_ question: String, _ expectation: QuestionWords.Expectation) {
    #expect(QuestionWords(question).expectation == expectation)
  }

  @Test(arguments: [
    ("the", false), ("And how many of them?", false), ("WHAT IS IT", false), ("What is it?", false),
    ("What is IT?", true), ("Who is WHO?", true), ("how many legs", true), ("手", true), ("…", false),
  ])
  func knowsWhetherAnythingIsNamed(_ question: String, _ hasContent: Bool) {
    #expect(QuestionWords.hasContent(question) == hasContent)
  }

  @Test(arguments: [
    ("joints", "joint"), ("bodies", "body"), ("walking", "walk"), ("stopped", "stop"), ("moving", "mov"),
    ("move", "mov"), ("moves", "mov"), ("glass", "glass"), ("bus", "bus"), ("analysis", "analysis"),
    ("ros", "ros"),
    ("2000", "2000"), ("running", "run"), ("falls", "fall"), ("falling", "fall"),
  ])
  func cutsEndings(_ word: String, _ stem: String) {
    #expect(Words.stem(word) == stem)
  }
}
