import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct ExtractiveAnswererTests {
  let answerer = ExtractiveAnswerer(model: HashingEmbeddingModel(dimensions: 512))

  private func passage(_ text: String, start: Int = 0, document: Int = 1, score: Double = 1) -> Passage {
    Passage(
      chunk: start + document * 1000, documentID: document, document: "d\(document).md",
      source: "/d\(document).md",
      collection: "default", title: "Robots", headingPath: ["Parts"], start: start,
      end: start + text.unicodeScalars.count, text: text, ordinal: 0, score: score, denseScore: 0.7)
  }

  @Test func theAnswerIsASentenceWithItsExactPlace() async throws {
    let text = "Žluť 🤖 leads. The knee joint bends the leg by 120 degrees. Arms come later."
    let answer = try await answerer.answer(
      "How does the knee joint bend the leg?", from: [passage(text, start: 40)])
    #expect(answer.answered)
    let citation = try #require(answer.citations.first)
    #expect(citation.quote == "The knee joint bends the leg by 120 degrees.")
    let scalars = Array(text.unicodeScalars)[(citation.start - 40)..<(citation.end - 40)]
    #expect(String(String.UnicodeScalarView(scalars)) == citation.quote)
    #expect(answer.answer.hasPrefix("The knee joint bends the leg by 120 degrees. [1]"))
  }

  @Test func withoutPassagesItSaysThatTheDocumentsDoNotAnswer() async throws {
    let answer = try await answerer.answer("What is a knee?", from: [])
    #expect(!answer.answered && answer.confidence == 0 && answer.citations.isEmpty)
    #expect(answer.answer == "The documents do not answer this question.")
  }

  @Test func aQuestionThatNamesNothingIsNotAnsweredByWhatResemblesIt() async throws {
    let text = "And how many of them there are is told by the manual of the robot."
    let answer = try await answerer.answer("And how many of them?", from: [passage(text)])
    #expect(!answer.answered && answer.confidence == 0)
  }

  @Test func `a reply without the value that was asked for is unsure`() async throws {
    func answer(_ text: String) async throws -> Answer {
      try await answerer.answer("What colour are the vans of the depot?", from: [passage(text)])
    }
    let without = try await answer("The vans of the depot stand in the yard.")
    #expect(without.answered && without.hasLowConfidence)
    let with = try await answer("The vans of the depot are green.")
    #expect(with.answered && with.confidence > without.confidence)
  }

  @Test func `a sentence that points back comes with the one before it, and a heading is no answer`()
    async throws
  {
    let text =
      "### Which joint bends the leg?\n\nBetween thigh and shank lies a hinge. This joint bends the leg."
    let answer = try await answerer.answer("Which joint bends the leg?", from: [passage(text)])
    #expect(
      answer.citations.map(\.quote) == ["Between thigh and shank lies a hinge.", "This joint bends the leg."])
  }

  @Test func aSentenceOfTwoOverlappingChunksIsGivenOnce() async throws {
    let sentence = "The knee joint bends the leg."
    let answer = try await answerer.answer(
      "What does the knee joint bend?",
      from: [passage("Intro here. " + sentence, start: 0), passage(sentence + " More text.", start: 12)])
    #expect(answer.citations.filter { $0.quote == sentence }.count == 1)
  }

  @Test(arguments: 0..<20)
  func everyAnswerIsShortCitedAndExact(seed: Int) async throws {
    var random = SeededGenerator(UInt64(seed))
    let words = [
      "knee", "joint", "robot.", "🤖", "日本語。", "- item", "a | b", "\n", "\n\n", "x = f(y);", "Because", "it",
    ]
    let passages = (0..<4).map { index in
      let text = (0..<200).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
      return passage(String(text.drop { $0.isWhitespace }), document: index, score: 1 / Double(index + 1))
    }
    for (index, passage) in passages.enumerated() {
      let scalars = Array(passage.text.unicodeScalars)
      for statement in Statement.statements(of: passage, at: index) {
        #expect(String(String.UnicodeScalarView(scalars[statement.range])) == statement.text)
      }
    }
    let answer = try await answerer.answer("Is it a knee joint?", from: passages)
    #expect(answer.answer.split(whereSeparator: \.isWhitespace).count < 120)
    for citation in answer.citations {
      let passage = try #require(passages.first { $0.document == citation.document })
      let scalars = Array(passage.text.unicodeScalars)[citation.start..<citation.end]
      #expect(String(String.UnicodeScalarView(scalars)) == citation.quote)
      #expect(answer.answer.contains("[\(citation.number)]"))
    }
  }
}
