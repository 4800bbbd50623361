import Models
import Synchronization
import TestSupport
import Testing

@testable import Answering
@testable import Retrieval

@Suite struct AnswererStreamTests {
  private static let sentences =
    "The knee joint bends the leg by 120 degrees. The knee is a hinge joint of the leg."
  private let question = "How far does the knee joint bend the leg?"

  private func withAnswerer(
    _ chat: (any ChatModel)?, rewriter: (any QuestionRewriter)? = nil,
    _ body: (Answerer) async throws -> Void
  ) async throws {
    try await withSearcher(over: ["leg.md": "# Leg\n\n\(Self.sentences)"]) { searcher in
      try await body(Answerer(searcher: searcher, chat: chat, rewriter: rewriter))
    }
  }

  /// All events of one answer.
  private func collect(_ answerer: Answerer, _ request: AnswerRequest) async throws -> [AnswerEvent] {
    var events: [AnswerEvent] = []
    for try await event in answerer.stream(request) { events.append(event) }
    return events
  }

  private func text(_ events: [AnswerEvent]) -> String {
    events.reduce(into: "") { text, event in
      switch event {
      case .delta(let piece): text += piece
      case .replaced(let whole): text = whole
      default: break
      }
    }
  }

  private func last(_ events: [AnswerEvent]) throws -> Answer {
    guard case .done(let answer)? = events.last else { throw NoAnswer() }
    return answer
  }
  private struct NoAnswer: Error {}

  private func failure(_ kind: ModelError.Kind) -> ModelError {
    ModelError(kind, provider: "openai", message: "It fails.", hint: "Mend it.")
  }

  @Test func `a question is embedded once, for the search and for the answer`() async throws {
    try await withAnswerer(nil) { answerer in
      let model = try #require(answerer.searcher.model as? HashingEmbeddingModel)
      let answer = try last(try await collect(answerer, AnswerRequest(question)))
      #expect(answer.answer.hasPrefix("The knee joint bends the leg by 120 degrees. [1]"))
      #expect(model.questions == [question])
    }
  }

  @Test func `a chat model's answer streams with its marks checked, and is the text of the end`() async throws
  {
    let chat = ScriptedChatModel("It bends by 120 degrees [1], they say [9].")
    try await withAnswerer(chat) { answerer in
      let events = try await collect(answerer, AnswerRequest(question))
      let answer = try last(events)
      #expect(answer.answer == "It bends by 120 degrees [1], they say." && text(events) == answer.answer)
      #expect(events.count > 5, "it comes in pieces")
      #expect(answer.usage == Usage(promptTokens: 90, completionTokens: 10) && !answer.degraded)
      #expect(answer.citations.map(\.quote) == ["The knee joint bends the leg by 120 degrees."])
      guard case .passages(let passages) = events[0] else { throw NoAnswer() }
      #expect(passages.first?.document.hasSuffix("leg.md") == true)
    }
  }

  @Test func `sentences of the documents stream one by one`() async throws {
    try await withAnswerer(nil) { answerer in
      let events = try await collect(answerer, AnswerRequest(question))
      let answer = try last(events)
      #expect(answer.answered && text(events) == answer.answer && answer.model == nil)
      #expect(events.count { if case .delta = $0 { true } else { false } } == answer.citations.count)
    }
  }

  @Test(arguments: ["", "It bends by [1]"], ModelError.Kind.allCases)
  func `a chat model that fails is replaced by the documents' sentences`(
    before: String, kind: ModelError.Kind
  ) async throws {
    try await withAnswerer(ScriptedChatModel(before, failure: failure(kind))) { answerer in
      guard kind != .cancelled else {
        await #expect(throws: ModelError.self) { try await collect(answerer, AnswerRequest(question)) }
        return
      }
      let events = try await collect(answerer, AnswerRequest(question))
      let answer = try last(events)
      #expect(answer.degraded && answer.answered && answer.model == nil)
      #expect(
        answer.degradedReason == DegradedReason(code: kind.rawValue, message: "It fails.", hint: "Mend it."))
      #expect(answer.answer.contains("The knee joint bends the leg by 120 degrees. [1]"))
      #expect(text(events) == answer.answer, "what was shown before is replaced")
      #expect(events.contains(.replaced(answer.answer)) == !before.isEmpty)
    }
  }

  @Test func `without fallback, or where the caller's parameters are refused, the error comes`() async throws
  {
    var off = AnswerOptions()
    off.fallsBack = false
    var hot = AnswerOptions()
    hot.temperature = 7
    var narrow = AnswerOptions()
    narrow.topP = 0
    for (options, kind) in [(off, .authentication), (hot, .invalidRequest), (narrow, .invalidRequest)]
      as [(AnswerOptions, ModelError.Kind)]
    {
      let error = failure(kind)
      try await withAnswerer(ScriptedChatModel("", failure: error)) { answerer in
        await #expect(throws: error) {
          try await answerer.answer(AnswerRequest(question, options: options))
        }
      }
    }
  }

  @Test func `a prompt that is too long after all is made shorter`() async throws {
    let chat = LimitedChatModel(characters: 4000, "It bends by 120 degrees [1].")
    let history = (0..<60).flatMap { _ in
      [Turn.user(String(repeating: "knee ", count: 40)), .assistant("So.")]
    }
    try await withAnswerer(chat) { answerer in
      let answer = try await answerer.answer(AnswerRequest(question, history: history))
      #expect(answer.answered && !answer.degraded && chat.tries > 1)
    }
  }

  @Test func `the conversation and the instructions reach the model`() async throws {
    let chat = ScriptedChatModel("It bends [1].")
    try await withAnswerer(chat) { answerer in
      var options = AnswerOptions()
      options.instructions = "Be brief."
      _ = try await answerer.answer(
        AnswerRequest(
          question, history: [.user("What is a knee?"), .assistant("A joint [1].")], options: options))
      let messages = try #require(chat.requests.first).messages
      #expect(messages.count == 4 && messages[0].text.hasPrefix("Be brief."))
      #expect(Array(messages[1...2]) == [.user("What is a knee?"), .assistant("A joint.")])
    }
  }

  @Test func `a rewritten question is searched for, and a rewriter that fails changes nothing`() async throws
  {
    let history = [Turn.user("What is a knee joint?"), .assistant("A joint.")]
    try await withAnswerer(nil, rewriter: FixedRewriter(result: .success(question))) { answerer in
      let events = try await collect(answerer, AnswerRequest("How far does it bend?", history: history))
      #expect(events.first == .rewritten(question))
      let answer = try last(events)
      #expect(
        answer.question == "How far does it bend?" && answer.rewrittenQuestion == question && answer.answered)
    }
    try await withAnswerer(nil, rewriter: FixedRewriter(result: .failure(failure(.timeout)))) { answerer in
      let answer = try await answerer.answer(AnswerRequest(question, history: history))
      #expect(answer.answered && answer.rewrittenQuestion == nil)
    }
  }

  @Test func `letting go of the stream stops the model's work`() async throws {
    let chat = EndlessChatModel()
    try await withAnswerer(chat) { answerer in
      for try await event in answerer.stream(AnswerRequest(question)) {
        if case .delta = event { break }
      }
      await chat.stopped()
    }
  }
}

private struct FixedRewriter: QuestionRewriter {
  let result: Result<String, ModelError>

  func rewrite(
    _ question: String, history: [Turn], chat: (any ChatModel)?, deadline: ContinuousClock.Instant?
  ) async throws -> Rewriting {
    Rewriting(try result.get(), usage: Usage(promptTokens: 7, completionTokens: 3))
  }
}

/// Refuses prompts of more characters than its window takes, as a provider that counts otherwise does.
private final class LimitedChatModel: ChatModel {
  let name = "limited"
  let window = 100_000
  private let characters: Int
  private let model: ScriptedChatModel
  private let count = Atomic<Int>(0)

  init(characters: Int, _ reply: String) {
    self.characters = characters
    model = ScriptedChatModel(reply)
  }

  var tries: Int { count.load(ordering: .relaxed) }

  func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    count.wrappingAdd(1, ordering: .relaxed)
    if request.messages.map(\.text.count).reduce(0, +) > characters {
      return AsyncThrowingStream {
        $0.finish(throwing: ModelError(.contextLengthExceeded, provider: "openai", message: "Too long."))
      }
    }
    return model.stream(request)
  }
}

/// Writes one word after the other until nobody reads any more.
private final class EndlessChatModel: ChatModel {
  let name = "endless"
  let window = 8192
  private let stop = AsyncStream.makeStream(of: Void.self)

  func stopped() async {
    for await _ in stop.stream {}
  }

  func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    let (stream, continuation) = AsyncThrowingStream.makeStream(
      of: ChatEvent.self, bufferingPolicy: .bufferingOldest(64))
    let task = Task {
      while !Task.isCancelled {
        continuation.yield(.textDelta("word "))
        await Task.yield()
      }
    }
    continuation.onTermination = { [stop] _ in
      task.cancel()
      stop.continuation.finish()
    }
    return stream
  }
}
