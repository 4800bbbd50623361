import Answering
import HTTPServer
import Models
import Retrieval

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `POST /v1/chat/completions`: the last message is answered from the corpus, those before it are the conversation.
/// Nothing of it is stored but what was asked and what it cost.
struct ChatCompletionRoute: Sendable {
  let chat: ChatService
  let callers: Callers
  let failures: FailureTranslation

  func add(to group: RouteGroup) {
    group.post("/chat/completions") { request in
      let wanted = try ChatCompletionRequest(request.decodeJSON(JSONValue.self))
      let filter = try request.decodeJSON(FilteredBody.self).filter.searchFilter()
      let visitor = Visitor(try await callers.caller(of: request), name: wanted.user)
      let completion = ChatCompletion(wanted)
      let events = EventReader(
        chat.ask(
          try await question(wanted, visitor, filter, received: request.received), owner: visitor.owner,
          subject: completion.id, received: request.received))
      if wanted.streams { return try await stream(events, completion, wanted, request) }
      while let event = try await events.next() {
        if case .done(let answer) = event { return try .reply(completion.whole(answer)) }
      }
      throw CancellationError()
    }
  }

  private func question(
    _ wanted: ChatCompletionRequest, _ visitor: Visitor, _ filter: SearchFilter,
    received: ContinuousClock.Instant
  ) async throws -> AnswerRequest {
    var options: AnswerOptions
    do {
      options = try await chat.options(
        for: visitor.owner, model: wanted.model, filter: filter, received: received)
    } catch let error as HTTPError {
      guard error.code == "model_not_found" else { throw error }
      throw OpenAIError.noModel(wanted.model)
    }
    options.temperature = wanted.temperature
    options.maximumTokens = wanted.maximumTokens
    options.stop = wanted.stop
    if let own = wanted.instructions {
      options.instructions = options.instructions.map { "\($0)\n\n\(own)" } ?? own
    }
    return AnswerRequest(wanted.question, history: wanted.history, filter: filter, options: options)
  }

  /// The head is sent with the first text, so that a failure before it has a status of its own. One after it is a frame
  /// `{"error": …}`, as OpenAI does: a client that has joined the pieces cannot take them back.
  private func stream(
    _ events: EventReader<AnswerEvent>, _ completion: ChatCompletion, _ wanted: ChatCompletionRequest,
    _ request: Request
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
      let usage: JSONValue? = wanted.includesUsage ? .null : nil
      do {
        var next: AnswerEvent? = first
        try await stream.send(
          completion.chunk(["role": "assistant", "content": "", "refusal": .null], usage: usage).text)
        while let event = next {
          switch event {
          case .delta(let text):
            try await stream.send(completion.chunk(["content": .string(text)], usage: usage).text)
          case .replaced:
            throw OpenAIError(
              status: .badGateway,
              message: "The chat model failed before its answer was complete. Try again.",
              type: "server_error", code: "unavailable")
          case .done(let answer):
            try await stream.send(
              completion.chunk(
                [:], finish: .string(completion.finish(answer)), usage: usage,
                extras: completion.extras(answer)
              ).text)
            if wanted.includesUsage { try await stream.send(completion.usageChunk(answer).text) }
            try await stream.send("[DONE]")
          default: break
          }
          next = try await events.next()
        }
      } catch let error as ClientGone {
        throw error
      } catch let error as OpenAIError {
        try await stream.send(OpenAIErrors.json(error).text)
      } catch {
        try await stream.send(OpenAIErrors.json(await failures.shown(error, to: request)).text)
      }
    }
  }
}
