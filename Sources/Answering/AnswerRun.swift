import Models
import Retrieval
import Synchronization

/// The way from one question to its answer.
struct AnswerRun: Sendable {
  private let answerer: Answerer
  private let request: AnswerRequest
  private let output: Output
  private let courtesy: Courtesy?

  /// - Parameter emit: is given every event but `done`.
  init(_ answerer: Answerer, _ request: AnswerRequest, emit: @escaping @Sendable (AnswerEvent) -> Void) {
    self.answerer = answerer
    courtesy = Courtesy(request.question, after: request.history)
    var request = request
    request.history = Courtesy.removed(from: request.history)
    self.request = request
    output = Output(emit: emit)
  }

  func answer() async throws -> Answer {
    let clock = ContinuousClock()
    let start = clock.now
    if let courtesy {
      var answer = Answer(
        question: request.question, answer: try await reply(to: courtesy), answered: true, confidence: 1,
        citations: [])
      answer.isCourtesy = true
      answer.milliseconds = (clock.now - start) / .milliseconds(1)
      return shown(answer)
    }
    let rewriting = try await rewriting()
    if let rewritten = rewriting.question { output.emit(.rewritten(rewritten)) }
    let asked = ReadQuestion(rewriting.question ?? request.question)
    let question = asked.text
    var query = SearchQuery(
      question, mode: answerer.searcher.standardMode, limit: passages(for: asked), filter: request.filter)
    query.fallsBack = request.options.fallsBack
    query.keepsTokens = true
    if chat == nil {
      // Sentences are picked by the score of their own chunk; a model reads better what is not cut up.
      query.selection = answerer.searcher.selection
      query.selection?.mergesNeighbours = false
    }
    let sources = try await AnswerSources(asked, query, of: answerer)
    let (found, searched) = (sources.found, sources.question.text)
    if searched != question { output.emit(.rewritten(searched)) }
    output.emit(.passages(found.passages))
    var answer = try await written(sources, focus: rewriting.question.flatMap(focus))
    answer.question = request.question
    answer.rewrittenQuestion = searched == question ? rewriting.question : searched
    answer.reranking = found.reranking
    if let usage = Usage.sum([rewriting.usage, sources.usage]) {
      let total = (answer.usage ?? Usage()) + usage
      answer.usage = total
      answer.cost = chat.map { total.cost(of: $0.name) } ?? total.searchCost
    }
    answer.degradedReason = answer.degradedReason ?? found.degradedReason
    answer.hint = hint(of: answer, question, found.passages)
    answer.milliseconds = (clock.now - start) / .milliseconds(1)
    return answer
  }

  private func hint(of answer: Answer, _ question: String, _ passages: [Passage]) -> String? {
    let model = answerer.searcher.model
    if answer.answered, let hint = LanguageHint(answer.sentences ?? [], model: model) { return hint.text }
    guard !answer.answered || answer.hasLowConfidence else { return nil }
    return LanguageHint(question, passages, model: model)?.text
  }

  /// How many passages a question is answered from: what something is stands in one sentence anywhere among those that
  /// mention it, and sentences are read faster than a chat model reads.
  private func passages(for question: ReadQuestion) -> Int {
    // What is new in a follow-up is looked for in all passages, and more of them hold it by chance.
    chat == nil && request.history.isEmpty && question.words.expectation == .definition
      ? Answerer.definitionPassages : Answerer.passages
  }

  /// What is said in return, without a search and without a chat model.
  private func reply(to courtesy: Courtesy) async throws -> String {
    guard courtesy.namesDocuments else { return courtesy.reply }
    let documents = try await answerer.searcher.corpus.documents(
      matching: request.filter, status: .ready, offset: 0, limit: Courtesy.documents)
    return courtesy.reply(naming: documents.documents.map { $0.title ?? $0.name }, of: documents.total)
  }

  private var chat: (any ChatModel)? {
    switch request.options.writer {
    case .standard: answerer.chat
    case .model(let model): model
    case .extractive: nil
    }
  }

  /// A rewriter that fails costs the better question, not the answer.
  private func rewriting() async throws -> Rewriting {
    guard let rewriter = answerer.rewriter, !request.history.isEmpty else { return Rewriting() }
    do {
      var rewriting = try await rewriter.rewrite(
        request.question, history: request.history, chat: chat, deadline: request.options.deadline)
      if rewriting.question == request.question { rewriting.question = nil }
      return rewriting
    } catch let error as ModelError {
      if error.kind == .cancelled { throw error }
      return Rewriting()
    }
  }

  /// What is new in a question that leans on its conversation.
  private func focus(of question: String) -> FollowUpFocus? {
    guard !request.history.isEmpty else { return nil }
    let earlier = request.history.filter { $0.role == .user }.map(\.text)
    return FollowUpFocus(request.question, after: earlier, whole: question)
  }

  private func written(_ sources: AnswerSources, focus: FollowUpFocus?) async throws -> Answer {
    let (question, found) = (sources.question.text, sources.found)
    let passages = found.passages
    // Says how sure the answer is, and stands in for the chat model; made while that one writes.
    async let judging = answerer.extractive.judge(
      sources.question, from: passages, statistics: found.statistics, embedding: found.embedding,
      focus: focus, openings: sources.openings, index: answerer.searcher.index)
    let hasTools = request.options.turn.worksWithoutSources
    guard let chat, !passages.isEmpty || hasTools else {
      var answer = try await judging.answer
      if chat == nil, hasTools, TaskRequest.matches(request.question) {
        answer = Answer(
          question: question, answer: TaskRequest.noModel, answered: false, confidence: 0, citations: [])
      }
      return shown(answer)
    }
    let generative = GenerativeAnswerer(model: chat, extractive: answerer.extractive)
    let written: GenerativeAnswerer.Written
    do {
      written = try await generative.write(
        request, question, from: passages, found.statistics, output.emit)
    } catch let error as ModelError {
      guard request.options.fallsBack, !isCallersFault(error) else { throw error }
      var answer = try await judging.answer
      answer.degradedReason = DegradedReason(error)
      // What was done stays done.
      let tools = output.tools
      if !tools.isEmpty { answer.toolUses = tools }
      return shown(answer)
    }
    var promise = try await judging.promise
    // A model for one language finds hardly anything near across languages, whether or not it answers.
    if LanguageHint(question, passages, model: answerer.searcher.model) != nil {
      promise = max(promise, Confidence.unknownPromise)
    }
    let answer = generative.checked(written, question, promise: promise)
    if !output.hasText { output.emit(.delta(answer.answer)) }
    return answer
  }

  /// Shows an answer that no chat model has written, ended where the caller wants it to end.
  private func shown(_ answer: Answer) -> Answer {
    let ended = answer.ended(by: request.options)
    output.show(ended)
    return ended
  }

  /// Whether another question or other parameters help, and the documents' own sentences would hide that.
  private func isCallersFault(_ error: ModelError) -> Bool {
    switch error.kind {
    case .cancelled: true
    case .invalidRequest: request.options.hasParameters
    default: false
    }
  }
}

/// Passes events on and knows whether text was among them, and which tools were used.
private final class Output: Sendable {
  private let pass: @Sendable (AnswerEvent) -> Void
  private let uses = Mutex<[ToolUse]>([])
  private let text = Atomic<Bool>(false)

  init(emit: @escaping @Sendable (AnswerEvent) -> Void) {
    pass = emit
  }

  var hasText: Bool { text.load(ordering: .relaxed) }

  var tools: [ToolUse] { uses.withLock { $0 } }

  @Sendable func emit(_ event: AnswerEvent) {
    switch event {
    case .delta: text.store(true, ordering: .relaxed)
    case .tool(let use): uses.withLock { $0.append(use) }
    default: break
    }
    pass(event)
  }

  /// Shows a whole answer: sentence by sentence, or in place of what was shown before.
  func show(_ answer: Answer) {
    if hasText { return emit(.replaced(answer.answer)) }
    var rest = answer.answer[...]
    for citation in answer.citations.dropLast() {
      guard let mark = rest.firstRange(of: "[\(citation.number)]") else { continue }
      let next = rest[mark.upperBound...].drop { $0.isWhitespace }
      emit(.delta(String(rest[..<next.startIndex])))
      rest = next
    }
    if !rest.isEmpty { emit(.delta(String(rest))) }
  }
}
