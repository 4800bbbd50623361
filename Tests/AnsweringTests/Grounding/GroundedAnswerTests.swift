import FoundationEssentials
import Models
import Synchronization
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct GroundedAnswerTests {
  private let model = HashingEmbeddingModel(dimensions: 512)
  private let question = "What can the robot Atlas do?"

  private let passages = [
    "The robot Atlas weighs 89 kilograms and walks at 2.5 metres a second. It was shown in 2013.",
    "The hands of Atlas are driven by electric motors. They do not use hydraulics.",
  ].enumerated().map { index, text in
    Passage(
      chunk: index, documentID: index, document: "\(index).md", source: "/\(index).md", collection: "default",
      headingPath: ["Atlas"], start: 5, end: 5 + text.unicodeScalars.count, text: text, ordinal: 0, score: 1,
      denseScore: 0.8)
  }

  private func answer(
    _ reply: String, _ handling: UnsupportedSentences = .mark, turn: any ChatTurn = SingleTurn()
  ) async throws -> (answer: Answer, shown: String) {
    let generative = GenerativeAnswerer(
      model: ScriptedChatModel(reply), extractive: ExtractiveAnswerer(model: model))
    var request = AnswerRequest(question)
    request.options.unsupported = handling
    request.options.turn = turn
    let shown = Mutex("")
    let written = try await generative.write(request, question, from: passages) { event in
      if case .delta(let text) = event { shown.withLock { $0 += text } }
    }
    return (generative.checked(written, question, promise: 0.9), shown.withLock { $0 })
  }

  private func text(_ sentence: GroundedSentence, in answer: Answer) -> String {
    String(String.UnicodeScalarView(Array(answer.answer.unicodeScalars)[sentence.start..<sentence.end]))
  }

  @Test(arguments: [
    ("Atlas weighs 89 kilograms.", true), ("Atlas weighs 98 kilograms.", false),
    ("The robot Atlas walks at 2.5 metres a second.", true),
    ("The hands of Atlas do not use hydraulics.", true),
    ("The hands of Atlas are not driven by electric motors.", false),
    ("The hands of Spot are driven by Boston Dynamics motors.", false),
    ("Penguins live in the cold seas of the south.", false),
    ("It weighs eighty-nine kilograms in all weathers of Antarctica and Norway.", false),
  ])
  func `a sentence is held against what the sources say`(sentence: String, isSupported: Bool) async throws {
    let (answer, _) = try await answer("Atlas is a robot that walks. [1] " + sentence)
    let judged = try #require(answer.sentences?.last)
    #expect(judged.isSupported == isSupported, "\(judged)")
    #expect(text(judged, in: answer).hasPrefix(sentence))
  }

  @Test func `a citation that lacks is added in the stream, and one that is there is not`() async throws {
    let (answer, shown) = try await answer(
      "Atlas weighs 89 kilograms. The hands of Atlas are driven by electric motors [2].\n- It was shown in 2013."
    )
    #expect(
      answer.answer
        == "Atlas weighs 89 kilograms. [1] The hands of Atlas are driven by electric motors [2].\n- It was shown in 2013. [1]"
    )
    #expect(shown == answer.answer && answer.answered)
    #expect(answer.citations.map(\.document) == ["0.md", "1.md"])
    #expect(answer.citations[1].quote == "The hands of Atlas are driven by electric motors.")
    #expect(answer.sentences?.map(\.citations) == [[1], [2], [1]])
    #expect(answer.sentences?.last.map { text($0, in: answer) } == "It was shown in 2013. [1]")
  }

  /// What a model writes for `X`, which the second source says, and what is shown.
  static let endings = [
    ("X.", "X. [1]"), ("X", "X [1]"), ("X [1].", "X [1][2]."), ("X[1].", "X[1][2]."), ("X. [1]", "X. [1][2]"),
    ("X.[1]", "X.[1][2]"), ("X [1]!", "X [1][2]!"), ("X [1]?", "X [1]?"), ("X [2].", "X [1]."),
    ("X [1][2].", "X [1][2]."), ("X [1, 2].", "X [1][2]."), ("X. [1] [2]", "X. [1] [2]"),
    ("“X [1].”", "“X [1][2].”"), ("“X” [1].", "“X” [1][2]."), ("(X [1].)", "(X [1][2].)"),
    ("**X [1].**", "**X [1][2].**"), ("X [1]。", "X [1][2]。"), ("X。[1]", "X。[1][2]"),
    ("X [1], by the way.", "X [1], by the way. [2]"), ("X [7].", "X [1]."), ("X [1]...", "X [1][2]..."),
  ]

  @Test(arguments: endings, [UnsupportedSentences.mark, .drop])
  func `a mark that is added stands beside the one that is there`(
    ending: (String, String), handling: UnsupportedSentences
  ) async throws {
    let claim = "The hands of Atlas are driven by electric motors"
    func whole(_ text: String) -> String { text.replacing("X", with: claim) }
    let (answer, shown) = try await answer(whole(ending.0), handling)
    #expect(answer.answer == whole(ending.1) && shown == answer.answer)
    let sentence = try #require(answer.sentences?.first)
    #expect(text(sentence, in: answer) == answer.answer && answer.sentences?.count == 1)
    // More of the text does not change that.
    let (more, _) = try await self.answer(whole(ending.0) + "\nAtlas weighs 89 kilograms [1].", handling)
    #expect(more.answer.hasPrefix(whole(ending.1) + "\n"))
  }

  @Test func `a sentence that nothing supports is marked, dropped or kept as the setting says`() async throws
  {
    let reply =
      "Atlas weighs 89 kilograms. [1] Penguins live in the cold seas of the south. [2] They do not use hydraulics. [2]"
    for handling in UnsupportedSentences.allCases {
      let (answer, shown) = try await answer(reply, handling)
      #expect(shown == answer.answer && answer.answered)
      if handling == .drop {
        #expect(answer.answer == "Atlas weighs 89 kilograms. [1] They do not use hydraulics. [2]")
        #expect(answer.droppedSentences == 1 && answer.sentences?.allSatisfy(\.isSupported) == true)
      } else {
        #expect(answer.answer == reply && answer.droppedSentences == 0)
        #expect(answer.sentences?.map(\.isSupported) == [true, false, true])
      }
    }
  }

  @Test(arguments: [
    (
      "Facts:\n\n- Penguins live in the cold seas. It was shown in 2013. [1]\n- Whales sing in the deep sea.\n",
      "Facts:\n\n- It was shown in 2013. [1]"
    ),
    ("Penguins live in the cold seas. Whales sing in the deep sea.", ExtractiveAnswerer.refusal),
    (ExtractiveAnswerer.refusal + " Penguins live in the cold seas.", ExtractiveAnswerer.refusal),
  ])
  func `what is left after dropping reads well`(reply: String, text: String) async throws {
    let (answer, shown) = try await answer(reply, .drop)
    #expect(answer.answer == text)
    #expect(answer.answered == (text != ExtractiveAnswerer.refusal) && (shown == text || shown.isEmpty))
  }

  @Test func `a quotation that no source holds loses its marks, unless sentences are kept as written`()
    async throws
  {
    let reply = "It says “Atlas weighs 89 kilograms and never walks anywhere”. [1]"
    for handling in UnsupportedSentences.allCases {
      let (answer, _) = try await answer(reply, handling)
      #expect(answer.answer.contains("“") == (handling == .keep))
      if handling != .drop {
        #expect(answer.sentences?.first?.misquoted == ["Atlas weighs 89 kilograms and never walks anywhere"])
      }
    }
    let (right, _) = try await answer("It says “weighs 89 kilograms and walks at 2.5 metres”. [1]")
    #expect(right.answer.contains("“") && right.sentences?.first?.misquoted == [])
  }

  @Test func `what leads over, or says what the sources lack, is no claim`() async throws {
    let (answer, _) = try await answer(
      "In short:\nAtlas weighs 89 kilograms. [1] The sources do not say how high Atlas jumps over water.")
    #expect(answer.sentences?.map { $0.support == nil } == [true, false, true])
    #expect(answer.sentences?.allSatisfy(\.isSupported) == true)
  }

  @Test func `confidence falls with what nothing supports`() async throws {
    let good = try await answer("Atlas weighs 89 kilograms. [1]").answer.confidence
    let mixed = try await answer(
      "Atlas weighs 89 kilograms. [1] Penguins live in the cold seas of the south."
    ).answer.confidence
    let refused = try await answer(ExtractiveAnswerer.refusal).answer.confidence
    #expect(good > 0.7 && good < 1 && mixed < good - 0.2 && refused <= 0.3)
  }

  @Test func `what a tool returned supports a sentence that cites nothing`() async throws {
    let use = ToolUse(
      name: "add_task", arguments: ["title": "Oil the knee"], result: ["id": 7, "title": "Oil the knee"],
      answers: true)
    let (answer, _) = try await answer(
      "I have added the task “Oil the knee”, number 7. Penguins live in the cold seas of the south.",
      turn: ToldTurn(use: use))
    #expect(answer.answered && answer.sentences?.map(\.isSupported) == [true, false])
  }

  @Test func `an answer and its sentences survive being stored`() async throws {
    var (answer, _) = try await answer("Atlas weighs 89 kilograms. Penguins live in cold seas.", .keep)
    answer.isStopped = true
    answer.droppedSentences = 2
    let data = try JSONEncoder().encode(answer)
    #expect(try JSONDecoder().decode(Answer.self, from: data) == answer)
    let stored = try JSONValue(parsing: data)
    #expect(stored["sentences"]?.array?.count == 2 && stored["stopped"] == true)
    #expect(stored["sentences"]?.array?.first?["supported"] == true)
  }
}

/// Writes what the model does, after a tool was used.
private struct ToldTurn: ChatTurn {
  let use: ToolUse

  func run(
    _ request: ChatRequest, with model: any ChatModel, sources: Int, _ receive: (ChatTurnEvent) -> Void
  ) async throws {
    receive(.tool(use))
    try await SingleTurn().run(request, with: model, sources: sources, receive)
  }
}
