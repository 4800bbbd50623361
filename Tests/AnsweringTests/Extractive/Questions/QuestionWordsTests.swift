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
    ("It's the Zero-Moment Point.", ["its", "the", "zero", "moment", "point"], 4),
    ("Žluť’s naïve\u{301} ½ cup\u{A0}x2", ["žluťs", "naïve", "½", "cup", "x2"], 5),
    ("a\tb\r\nc\u{2003}d  e", ["a", "b", "c", "d", "e"], 5), ("手 と足。", ["手", "と足"], 2), (" \n", [], 0),
  ])
  func wordsAreRunsOfLettersAndDigits(_ text: String, _ words: [String], _ spaced: Int) {
    #expect(Words.of(text) == words)
    #expect(Words.spaced(text).count == spaced)
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
