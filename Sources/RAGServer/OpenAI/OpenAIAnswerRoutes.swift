import Answering
import HTTPServer
import Models
import Retrieval

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `POST /v1/chat/completions` and `POST /v1/responses`: the last message is answered from the corpus, those before it
/// are the conversation. Nothing of it is stored but what was asked and what it cost.
struct OpenAIAnswerRoutes: Sendable {
  let chat: ChatService
  let callers: Callers
  let failures: FailureTranslation

  func add(to group: RouteGroup) {
    group.post("/chat/completions") { request in
      let wanted = try ChatCompletionRequest(request.decodeJSON(JSONValue.self))
      return try await answer(wanted.asked, as: ChatCompletion(wanted), to: request)
    }
    group.post("/responses") { request in
      let wanted = try ResponseRequest(request.decodeJSON(JSONValue.self))
      return try await answer(wanted.asked, as: ResponseObject(wanted), to: request)
    }
  }

  private func answer(
    _ asked: OpenAIQuestion, as reply: some OpenAIReply, to request: Request
  ) async throws -> Response {
    let filter = try request.decodeJSON(FilteredBody.self).filter.searchFilter()
    let visitor = Visitor(try await callers.caller(of: request), name: asked.user)
    let events = EventReader(
      chat.ask(
        try await question(asked, visitor, filter, received: request.received), owner: visitor.owner,
        subject: reply.id, received: request.received))
    if asked.streams { return try await stream(events, as: reply, to: request) }
    while let event = try await events.next() {
      if case .done(let answer) = event { return try .reply(reply.whole(answer)) }
    }
    throw CancellationError()
  }

  private func question(
    _ asked: OpenAIQuestion, _ visitor: Visitor, _ filter: SearchFilter, received: ContinuousClock.Instant
  ) async throws -> AnswerRequest {
    var options: AnswerOptions
    do {
      options = try await chat.options(
        for: visitor.owner, model: asked.model, filter: filter, received: received)
    } catch let error as HTTPError {
      guard error.code == "model_not_found" else { throw error }
      throw OpenAIError.noModel(asked.model)
    }
    options.temperature = asked.temperature
    options.topP = asked.topP
    options.maximumTokens = asked.maximumTokens
    options.stop = asked.stop
    if let own = asked.instructions {
      options.instructions = options.instructions.map { "\($0)\n\n\(own)" } ?? own
    }
    return AnswerRequest(asked.question, history: asked.history, filter: filter, options: options)
  }

  /// The head is sent with the first text, so that a failure before it has a status of its own. One after it is an event
  /// of the stream, as OpenAI does: a client that has joined the pieces cannot take them back.
  private func stream(
    _ events: EventReader<AnswerEvent>, as reply: some OpenAIReply, to request: Request
  ) async throws -> Response {
    var first: AnswerEvent?
    search: while let event = try await events.next() {
      switch event {
      case .delta, .replaced, .done:
        first = event
        break search
      default: break
      }
    }
    guard let first else { throw CancellationError() }
    let failures = failures
    return .events { stream in
      var reply = reply
      do {
        var next: AnswerEvent? = first
        try await Self.send(reply.frames(for: .begun), to: stream)
        while let event = next {
          switch event {
          case .delta(let text): try await Self.send(reply.frames(for: .delta(text)), to: stream)
          case .replaced:
            throw OpenAIError(
              status: .badGateway,
              message: "The chat model failed before its answer was complete. Try again.",
              type: "server_error", code: "unavailable")
          case .done(let answer): try await Self.send(reply.frames(for: .done(answer)), to: stream)
          default: break
          }
          next = try await events.next()
        }
      } catch let error as ClientGone {
        throw error
      } catch let error as OpenAIError {
        try await Self.send(reply.frames(for: .failed(error)), to: stream)
      } catch {
        let error = OpenAIErrors.error(await failures.shown(error, to: request))
        try await Self.send(reply.frames(for: .failed(error)), to: stream)
      }
    }
  }

  private static func send(_ frames: [OpenAIFrame], to stream: EventStream) async throws {
    for frame in frames { try await stream.send(frame.data, event: frame.event) }
  }
}
