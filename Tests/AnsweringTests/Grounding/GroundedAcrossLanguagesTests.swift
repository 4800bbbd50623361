import FoundationEssentials
import Models
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

/// What a chat model writes in another language than its sources.
@Suite struct GroundedAcrossLanguagesTests {
  private static let base = HashingEmbeddingModel(dimensions: 512)
  private static let question = "Was kann der Roboter Atlas?"

  private static func passages(_ texts: [String]) -> [Passage] {
    texts.enumerated().map { index, text in
      Passage(
        chunk: index, documentID: index, document: "\(index).md", source: "/\(index).md",
        collection: "default",
        headingPath: ["Atlas"], start: 0, end: text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
        denseScore: 0.8)
    }
  }

  private static let english = [
    "The robot Atlas weighs 89 kilograms, and it walks at 2.5 metres a second. It was shown in 2013.",
    "The hands of Atlas are driven by electric motors. They do not use the hydraulics of the P2.",
  ]

  private func answer(
    _ reply: String, _ texts: [String] = english, model: any EmbeddingModel = base,
    question: String = question, handling: UnsupportedSentences = .mark
  ) async throws -> Answer {
    let generative = GenerativeAnswerer(
      model: ScriptedChatModel(reply), extractive: ExtractiveAnswerer(model: model))
    var request = AnswerRequest(question)
    request.options.unsupported = handling
    let written = try await generative.write(request, question, from: Self.passages(texts)) { _ in }
    return generative.checked(written, question, promise: 0.5)
  }

  @Test(arguments: [
    "Atlas wiegt 89 Kilogramm und geht 2,5 Meter in der Sekunde. [1]",
    "Die Hände werden von elektrischen Motoren bewegt. [2]", "Man hat ihn 2013 gezeigt. [1]",
    "Gezeigt wurde Atlas 2013 [1].", "Er kommt ohne die Hydraulik des P2 aus. [2]",
  ])
  func `a sentence in another language is not marked for that, but said to be unchecked`(
    sentence: String
  ) async throws {
    for handling in UnsupportedSentences.allCases {
      let answer = try await answer(sentence, handling: handling)
      #expect(
        answer.answer == sentence.replacing("[2]", with: "[1]") && answer.answered
          && answer.droppedSentences == 0)
      let judged = try #require(answer.sentences?.first)
      #expect(judged.isUnchecked && judged.isSupported && judged.support == nil)
      #expect(!answer.hasLowConfidence && answer.confidence < 0.6, "\(answer.confidence)")
      let json = try JSONEncoder().encode(judged)
      #expect(try JSONValue(parsing: json)["unchecked"] == true)
      #expect(try JSONDecoder().decode(GroundedSentence.self, from: json) == judged)
    }
  }

  @Test(arguments: [
    "Atlas wiegt 98 Kilogramm. [1]", "Er geht 2,6 Meter in der Sekunde. [1]",
    "Die Motoren sind die des P3. [2]", "Man setzt dafür die Variable `ATLAS_HAND`. [2]",
  ])
  func `a number or name that no source holds is found in any language`(sentence: String) async throws {
    let answer = try await answer("Atlas ist ein Roboter, der geht. [1] " + sentence)
    #expect(answer.sentences?.map(\.isUnchecked) == [true, false])
    #expect(answer.sentences?.map(\.isSupported) == [true, false])
    #expect(try #require(answer.sentences?.last?.support) < 0.4)
    #expect(try await self.answer(sentence, handling: .drop).droppedSentences == 1)
  }

  @Test func `a quotation that no source holds loses its marks in any language`() async throws {
    let answer = try await answer("Dort steht: „Atlas wiegt genau 89 Kilogramm und läuft“. [1]")
    #expect(!answer.answer.contains("„"))
    #expect(answer.sentences?.first?.misquoted == ["Atlas wiegt genau 89 Kilogramm und läuft"])
  }

  @Test func `no citation is made up, and what the sources lack is no claim`() async throws {
    let bare = try await answer("Atlas wiegt 89 Kilogramm und ist ein Roboter, der geht.")
    #expect(bare.answer == "Atlas wiegt 89 Kilogramm und ist ein Roboter, der geht." && !bare.answered)
    let silent = try await answer("Die Quellen sagen nicht, wie hoch der Roboter Atlas springt.")
    #expect(silent.sentences?.first.map { !$0.isUnchecked && $0.support == nil && $0.isSupported } == true)
  }

  @Test func `sentences in the sources' language are checked as ever`() async throws {
    let reply = "Atlas weighs 89 kilograms. [1] Penguins live in the cold seas of the south. [1]"
    for question in [Self.question, "What can the robot Atlas do?"] {
      let answer = try await answer(reply, question: question)
      #expect(answer.sentences?.map(\.isSupported) == [true, false])
      #expect(answer.sentences?.allSatisfy { !$0.isUnchecked && $0.support != nil } == true)
    }
    // Code tells no language.
    let code = try await answer(
      "Die Pinguine leben in den kalten Meeren. [1]", ["let atlas = Robot(mass: 89)"])
    #expect(code.sentences?.first?.isSupported == false)
  }

  @Test func `of sources in two languages each is held to its own`() async throws {
    let texts =
      Self.english + [
        "Der Roboter Atlas wiegt 89 Kilogramm, und er geht mit 2,5 Metern in der Sekunde, wie man weiß."
      ]
    let answer = try await answer(
      "Atlas wiegt 89 Kilogramm. [3] Die Pinguine leben in den kalten Meeren des Südens. [3] "
        + "Die Hände werden von Motoren bewegt. [2]", texts)
    #expect(answer.sentences?.map(\.isSupported) == [true, false, true])
    #expect(answer.sentences?.first.map { $0.isSupported && !$0.isUnchecked } == true)
    #expect(answer.sentences?.last?.isUnchecked == true)
  }

  // MARK: Models for many languages

  private static let dictionary = [
    "roboter": "robot", "wiegt": "weighs", "kilogramm": "kilograms", "hände": "hands", "von": "by",
    "werden": "are",
    "elektrischen": "electric", "motoren": "motors", "bewegt": "driven", "die": "the", "des": "of",
    "pinguine":
      "penguins", "leben": "live", "in": "in", "den": "the", "kalten": "cold", "meeren": "seas",
    "südens": "south",
  ]

  @Test func `a model for many languages tells what the sources say in another one`() async throws {
    let model = BilingualModel(Self.base, dictionary: Self.dictionary, loss: 0.3)
    let answer = try await answer(
      "Die Hände des Atlas werden von elektrischen Motoren bewegt. [2] "
        + "Die Pinguine leben in den kalten Meeren des Südens. [2] "
        + "Der Roboter Atlas wiegt 98 Kilogramm. [1]", model: model)
    #expect(answer.sentences?.map(\.isSupported) == [true, false, false], "\(answer.sentences ?? [])")
    #expect(answer.sentences?.allSatisfy { !$0.isUnchecked && $0.support != nil } == true)
    #expect(try #require(answer.sentences?.first?.support) > 0.6)
  }

  // MARK: What is said of it

  @Test func `an unchecked answer says so in its hint`() async throws {
    func asked(_ reply: String, _ question: String) async throws -> Answer {
      try await withTemporaryDirectory { folder in
        for (index, text) in Self.english.enumerated() { try write(text, to: "\(folder)/texts/\(index).txt") }
        let corpus = try Corpus(path: folder + "/corpus.db", access: .create)
        _ = try await Indexer(corpus: corpus, model: Self.base, loader: DocumentReader()).run(
          .walk([folder + "/texts"]))
        let searcher = try await Searcher(corpus: corpus, model: Self.base)
        return try await Answerer(searcher: searcher, chat: ScriptedChatModel(reply)).answer(question)
      }
    }
    let german = try await asked("Atlas wiegt 89 Kilogramm, und er geht. [1]", Self.question)
    #expect(
      german.hint == """
        This answer is in another language than its sources, so that only numbers and names of its sentences were held \
        against them.
        """)
    let english = try await asked("The robot Atlas weighs 89 kilograms. [1]", "What does Atlas weigh?")
    #expect(english.answered && english.hint == nil)
  }
}
