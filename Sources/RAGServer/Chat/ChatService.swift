import Answering
import Commands
import FoundationEssentials
import HTTPServer
import Models
import Retrieval
import Setup
import State

/// Answers messages of conversations: the one way that every interface takes.
///
/// Nothing is kept in the process: history comes from the state with each message, and the chat model, its key and its
/// instructions from the settings as they are then.
struct ChatService: Sendable {
  let answerer: Answerer
  let state: State
  let models: ChatModels
  let instructions: SystemPrompt
  let settings: Settings
  /// How long a whole answer may take, from the request on.
  let requestTimeout: Duration
  /// Told what could not be recorded though the answer was given.
  let report: @Sendable (any Error) -> Void
  /// Counts messages of conversations, and what models cost.
  let limits: Limits
  /// Ends streams before the server does.
  var lastCall = LastCall()
  /// How the chat model is asked for somebody, such as with tools.
  var turn: @Sendable (Owner, SearchFilter) -> any ChatTurn = { _, _ in SingleTurn() }

  /// Messages of a conversation that are read: more never fit into what a model is given.
  private static let history = 200

  /// Answers a message and stores both.
  ///
  /// - Throws: `ModelError` if the chat model fails and `FALLBACK` is off; `StateError`; `CorpusError`.
  func send(_ message: NewMessage) async throws -> Exchange {
    for try await event in stream(message) {
      if case .done(let exchange) = event { return exchange }
    }
    throw CancellationError()
  }

  /// Answers a message in steps and stores both; ends with an error as `send` does. Letting go of the stream stops the
  /// work.
  ///
  /// - Parameter keepsParts: whether what was written until then is stored, marked as stopped, as somebody has read it.
  func stream(
    _ message: NewMessage, keepsParts: Bool = false
  ) -> AsyncThrowingStream<ExchangeEvent, any Error> {
    TimedStream.make(until: message.received + requestTimeout, limit: requestTimeout, lastCall: lastCall) {
      emit in
      try await limits.spend(conversation: message.conversation.id)
      let asked = Date()
      let stored = try await state.conversations.messages(of: message.conversation.id, last: Self.history)
      let history = stored.prefix { $0.id != message.id }
      let request = AnswerRequest(
        message.text, history: history.map { Turn($0.role == .user ? .user : .assistant, $0.text) },
        filter: message.filter,
        options: try await options(
          for: message.owner, model: message.model, filter: message.filter, received: message.received))
      try await billed(to: message.owner, subject: message.replyID) {
        var part = PartialAnswer(message.text)
        do {
          for try await event in answerer.stream(request) {
            part.add(event)
            guard case .done(let answer) = event else {
              emit(.progress(event))
              continue
            }
            emit(.done(try await store(answer, to: message, asked: asked, bestScore: part.bestScore)))
            return answer.usage
          }
        } catch {
          // The stream of a cancelled task ends, or throws if its producer was faster to notice.
          guard Task.isCancelled else { throw error }
        }
        if keepsParts, let answer = part.answer {
          await keep(answer, of: message, asked: asked, part.bestScore)
        }
        throw CancellationError()
      }
    }
  }

  /// Stores what somebody has read of an answer before they left.
  private func keep(_ answer: Answer, of message: NewMessage, asked: Date, _ bestScore: Double?) async {
    // A task of its own: this one is cancelled.
    await Task {
      do {
        _ = try await store(answer, to: message, asked: asked, bestScore: bestScore)
      } catch {
        report(error)
      }
    }.value
  }

  /// Answers a question that belongs to no conversation; nothing is stored but what was asked and what it cost.
  ///
  /// - Parameter subject: names the answer in the records.
  func ask(
    _ request: AnswerRequest, owner: Owner, subject: String, received: ContinuousClock.Instant
  ) -> AsyncThrowingStream<AnswerEvent, any Error> {
    TimedStream.make(until: received + requestTimeout, limit: requestTimeout, lastCall: lastCall) { emit in
      try await billed(to: owner, subject: subject) {
        var best: Double?
        var usage: Usage?
        for try await event in answerer.stream(request) {
          if case .passages(let passages) = event { best = passages.compactMap(\.denseScore).max() ?? best }
          if case .done(let answer) = event {
            await record(answer, bestScore: best, owner: owner, subject: subject)
            usage = answer.usage
          }
          emit(event)
        }
        return usage
      }
      try Task.checkCancellation()
    }
  }

  /// How a question is answered under the settings as they are now.
  ///
  /// - Parameters:
  ///   - model: a model that the caller asks for.
  ///   - filter: what further searches of the model are restricted to.
  func options(
    for owner: Owner, model: String? = nil, filter: SearchFilter = SearchFilter(),
    received: ContinuousClock.Instant
  ) async throws -> AnswerOptions {
    var options = AnswerOptions()
    options.writer = try models.writer(model)
    options.instructions = try instructions.text()
    options.fallsBack = FallbackSetup.isOn(settings)
    do {
      options.unsupported = try GroundingSetup.unsupported(settings)
    } catch {
      throw HTTPError(
        .serviceUnavailable, code: "misconfigured", message: "A setting cannot be used.", hint: "\(error)")
    }
    // Time is left for the documents' own sentences, should the model use up all of its.
    options.deadline = received + requestTimeout - min(.seconds(2), requestTimeout / 5)
    options.turn = turn(owner, filter)
    return options
  }

  private func store(
    _ answer: Answer, to message: NewMessage, asked: Date, bestScore: Double?
  ) async throws -> Exchange {
    let exchange = Exchange(
      conversation: message.conversation.id,
      question: StoredMessage(id: message.id, role: .user, text: message.text, createdAt: asked),
      reply: StoredMessage(
        id: message.replyID, role: .assistant, text: answer.answer, createdAt: message.repliedAt ?? Date(),
        detail: try MessageDetail.of(answer)),
      answer: answer)
    // Both at once, so that of messages that come at the same time each is followed by its own answer.
    let messages = message.isStored ? [exchange.reply] : [exchange.question, exchange.reply]
    try await state.conversations.append(messages, to: exchange.conversation)
    await record(answer, bestScore: bestScore, owner: message.owner, subject: message.replyID)
    return exchange
  }

  /// Notes what was asked, for the report of gaps, and what it cost, also where whoever asked has left by now. An answer
  /// does not wait long for a database that hangs.
  func record(_ answer: Answer, bestScore: Double?, owner: Owner?, subject: String) async {
    await waitBriefly { await note(answer, bestScore, owner, subject) }
  }

  private func note(_ answer: Answer, _ bestScore: Double?, _ owner: Owner?, _ subject: String) async {
    models.metrics.answered(answer)
    let caller = Admission.admitted?.caller ?? Caller()
    if let cost = answer.cost { await limits.charge(cost, caller) }
    do {
      try await state.records.add(
        Record(
          id: "question-\(subject)", kind: Record.Kind.question, owner: owner, createdAt: Date(),
          subject: subject,
          content: [
            "question": .string(answer.question), "answered": .bool(answer.answered),
            "confidence": answer.isJudged ? .number(answer.confidence) : .null,
            "degraded": .bool(answer.degraded),
            "best_score": bestScore.map { .number($0) } ?? .null,
            "milliseconds": .number(answer.milliseconds),
          ]))
      guard let usage = answer.usage else { return }
      let key = caller.key?.id
      if let units = usage.searchUnits {
        let model = answer.reranking?.model
        try await state.records.add(
          .usage(
            "\(subject)-rerank", of: model, Usage(searchUnits: units, of: model ?? ""),
            cost: usage.searchCost,
            owner: owner, subject: subject, key: key))
        guard usage.totalTokens > 0 else { return }
      }
      var tokens = usage
      tokens.searchUnits = nil
      try await state.records.add(
        .usage(
          subject, of: answer.model, tokens, cost: answer.cost.map { $0 - (usage.searchCost ?? 0) },
          owner: owner, subject: subject, key: key))
    } catch {
      report(error)
    }
  }
}
