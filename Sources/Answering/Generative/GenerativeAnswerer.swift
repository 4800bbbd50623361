import Models
import Retrieval

/// Lets a chat model write the answer from the passages and checks what it cites.
public struct GenerativeAnswerer: Sendable {
  let model: any ChatModel
  private let extractive: ExtractiveAnswerer
  /// Most tokens of an answer, hidden reasoning included.
  private static let tokens = 2000
  /// Tokens below which there is no room for instructions, a source and an answer.
  private static let leastWindow = 512

  public init(model: any ChatModel, extractive: ExtractiveAnswerer) {
    self.model = model
    self.extractive = extractive
  }

  /// What the model has written.
  struct Written: Sendable {
    var text: GroundedText
    /// What the text's numbers mean.
    var passages: [Passage]
    var usage: Usage?
    var tools: [ToolUse] = []
    var finish = FinishReason.stop
  }

  /// Answers `question` from `passages`, best first. A mark that names no source is removed; a mark's citation is the
  /// statement of its source that supports the answer best.
  ///
  /// - Throws: `ModelError`.
  public func answer(_ question: String, from passages: [Passage]) async throws -> Answer {
    let judged = try await extractive.judge(
      ReadQuestion(question), from: passages, statistics: nil, focus: nil)
    let written = try await write(AnswerRequest(question), question, from: passages) { _ in }
    return checked(written, question, promise: judged.promise)
  }

  /// Has the answer to `question` written and passes on what can be shown of it. A prompt that is too long after all,
  /// because the provider counts otherwise or takes less than was known, is tried again with less.
  ///
  /// - Parameter statistics: what the corpus says of the question, as the search gave it.
  /// - Throws: `ModelError`.
  func write(
    _ request: AnswerRequest, _ question: String, from passages: [Passage],
    _ statistics: QuestionStatistics? = nil, _ show: @Sendable (AnswerEvent) -> Void
  ) async throws -> Written {
    var window = model.window
    let counter = EstimatedTokenCounter(window: window)
    while true {
      let answerTokens = min(request.options.maximumTokens ?? Self.tokens, max(256, window / 4))
      // The estimate may be a fifth too low.
      let budget = max(0, window - answerTokens) / 6 * 5
      let prompt = GroundedPrompt(
        question, passages, history: request.history, instructions: request.options.instructions,
        tokens: budget, counter: counter)
      let grounder = Grounder(
        question, model: extractive.model, vectors: extractive.vectors, reader: extractive.sources,
        neighbourCosine: statistics?.stretchedNeighbourCosine)
      let text = GroundedText(
        prompt.passages, grounder: grounder,
        quotable: [question, request.question] + request.history.filter { $0.role == .user }.map(\.text),
        unsupported: request.options.unsupported)
      var written = Written(text: text, passages: prompt.passages)
      do {
        try await read(prompt, answerTokens, request, into: &written, show)
        return written
      } catch let error as ModelError {
        let tried = min(window, prompt.tokens(counter) + answerTokens)
        // The model may have learned from the refusal what it takes; that it counts more tokens is yet to be told.
        let smaller = error.window == nil ? tried / 2 : min(model.window, tried / 4 * 3)
        guard error.kind == .contextLengthExceeded, written.text.answer.text.isEmpty,
          smaller >= Self.leastWindow
        else { throw error }
        window = smaller
      }
    }
  }

  private func read(
    _ prompt: GroundedPrompt, _ tokens: Int, _ request: AnswerRequest, into written: inout Written,
    _ show: @Sendable (AnswerEvent) -> Void
  ) async throws {
    let options = request.options
    let chat = ChatRequest(
      messages: prompt.messages, temperature: options.temperature, topP: options.topP,
      maximumTokens: tokens, stop: options.stop, deadline: options.deadline)
    // Sentences are checked beside the model's work, which never waits for that.
    let (events, feed) = AsyncStream.makeStream(of: ChatTurnEvent.self)
    async let turn: Void = {
      defer { feed.finish() }
      try await options.turn.run(chat, with: model, sources: prompt.passages.count) { feed.yield($0) }
    }()
    var isComplete = false
    for await event in events {
      switch event {
      case .text(let piece): pass(await written.text.add(piece), of: written, to: show)
      case .sources(let found):
        written.passages += found
        written.text.add(sources: found)
        show(.passages(written.passages))
      case .tool(let use):
        written.tools.append(use)
        written.text.add(use)
        show(.tool(use))
      case .usage(let usage):
        written.usage = (written.usage ?? Usage()) + usage
      case .finish(let reason):
        written.finish = reason
        isComplete = true
      }
    }
    try await turn
    // A cancelled task's stream may just end.
    guard isComplete else {
      throw ModelError(
        .cancelled, provider: model.name, message: "The request to '\(model.name)' was cancelled.")
    }
    pass(await written.text.finish(), of: written, to: show)
  }

  private func pass(_ text: String, of written: Written, to show: (AnswerEvent) -> Void) {
    guard !text.isEmpty else { return }
    show(.delta(text))
    // Whoever keeps an answer that is never completed needs to know what its numbers mean.
    if text.contains("[") { show(.citations(citations(of: written))) }
  }

  /// The answer with its citations.
  ///
  /// - Parameter promise: whether the passages answer the question, 0 to 1.
  func checked(_ written: Written, _ question: String, promise: Double) -> Answer {
    let text = written.text.answer.text
    var answer = Answer(
      question: question, answer: text.isEmpty ? ExtractiveAnswerer.refusal : text, answered: false,
      confidence: min(promise, Confidence.refused), citations: [], model: model.name)
    answer.usage = written.usage
    answer.cost = written.usage?.cost(of: model.name)
    answer.isCutOff = written.finish == .length
    answer.droppedSentences = written.text.dropped
    if !written.tools.isEmpty { answer.toolUses = written.tools }
    guard !text.isEmpty, !written.text.answer.isRefusal else { return answer }
    answer.sentences = written.text.sentences
    answer.citations = citations(of: written)
    answer.answered =
      !answer.citations.isEmpty
      // What a tool has done or knows needs no source.
      || written.tools.contains { $0.answers && !$0.isError }
    if answer.answered {
      answer.confidence = Confidence.written(written.text.sentences, promise: promise)
    }
    return answer
  }

  /// What the numbers of the text so far mean: of each source the statement that supports its sentences best.
  private func citations(of written: Written) -> [Citation] {
    written.text.sources.enumerated().map { position, source in
      let best = written.text.statement(of: source)
      let passage = written.passages[source]
      return Citation(
        number: position + 1, passage: passage, range: best?.range ?? 0..<passage.end - passage.start,
        quote: best?.text ?? passage.text)
    }
  }
}
