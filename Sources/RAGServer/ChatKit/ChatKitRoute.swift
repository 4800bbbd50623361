import FoundationEssentials
import HTTPServer
import Models
import State

// Commands has a type of this name too.
import struct HTTPServer.Request

/// `POST /chatkit`: the self-hosted ChatKit protocol. Whoever holds the secret of a session, or a token, sees their own
/// conversations as threads; answers come as events, everything else as JSON.
struct ChatKitRoute: Sendable {
  let threads: ChatKitThreads
  let chat: ChatService
  let callers: Callers
  let limits: Limits
  let failures: FailureTranslation

  func add(to router: RouteGroup) {
    router.post("/chatkit") { request in
      let visitor = try await visitor(request)
      return try await respond(
        to: try request.decodeJSON(ChatKitRequest.self).operation, of: visitor, request)
    }
  }

  /// - Throws: `HTTPError` 401 for somebody without a session.
  private func visitor(_ request: Request) async throws -> Visitor {
    let caller = try await callers.caller(of: request)
    guard caller.chatKit != nil || caller.user != nil else {
      throw HTTPError(
        .unauthorized, code: "authentication", message: "Threads belong to a session, and none was sent.",
        hint: "POST /api/chatkit/session gives a client_secret: send it as 'Authorization: Bearer ...'.",
        headers: ["WWW-Authenticate": "Bearer"])
    }
    return Visitor(caller)
  }

  private func respond(
    to operation: ChatKitRequest.Operation, of visitor: Visitor, _ request: Request
  ) async throws -> Response {
    switch operation {
    case .create(let input):
      return try await answer(input, visitor, request) { text in
        let thread = try await threads.begin(visitor, about: text)
        return (thread, [.threadCreated(ChatKitThread(thread))])
      }
    case .add(let id, let input):
      return try await answer(input, visitor, request) { _ in
        (try await threads.existing(id, visitor), [])
      }
    case .retry(let id, let item):
      let thread = try await threads.existing(id, visitor)
      let headers = try await spend(request, visitor)
      let message = try await threads.rewind(thread.id, to: item)
      let model = message.detail["chatkit"]?["inference_options"]?["model"]?.string
      return stream(message, in: thread, model: model, visitor, request, headers)
    case .thread(let id):
      return try .json(try await threads.whole(try await threads.existing(id, visitor)))
    case .threads(let query):
      return try .json(try await threads.page(query, of: visitor).map { ChatKitThread($0) })
    case .items(let id, let query):
      return try .json(try await threads.items(of: try await threads.existing(id, visitor).id, query))
    case .rename(let id, let title):
      let thread = try await threads.rename(try await threads.existing(id, visitor), title)
      return try .json(ChatKitThread(thread))
    case .delete(let id):
      try await chat.state.remove(conversation: try await threads.existing(id, visitor).id)
      return try .json(JSONValue.object([:]))
    case .feedback(let id, let items, let isPositive):
      try await rate(items, of: try await threads.existing(id, visitor), isPositive, visitor, request)
      return try .json(JSONValue.object([:]))
    case .refused(let refusal):
      throw refusal.error
    }
  }

  /// Stores a message and answers it.
  ///
  /// - Parameter place: gives the thread and the events that tell of it.
  private func answer(
    _ input: ChatKitInput, _ visitor: Visitor, _ request: Request,
    in place: (String) async throws -> (Conversation, [ChatKitEvent])
  ) async throws -> Response {
    // Whatever may be refused is, before anything is stored.
    let text = try input.text()
    do {
      _ = try chat.models.writer(input.model)
    } catch let error as HTTPError {
      guard error.status == .notFound else { throw error }
      throw HTTPError(.badRequest, code: error.code, message: "model: \(error.message)", hint: error.hint)
    }
    let headers = try await spend(request, visitor)
    let (thread, opening) = try await place(text)
    let message = try await threads.add(input, text, to: thread)
    return stream(
      message, in: thread, model: input.model, visitor, request, headers,
      opening: opening + [.itemDone(ChatKitItem(message, thread: thread.id))])
  }

  private func spend(_ request: Request, _ visitor: Visitor) async throws -> HTTPHeaders {
    try await limits.spend(request, visitor.caller, .model)
  }

  private func stream(
    _ stored: StoredMessage, in thread: Conversation, model: String?, _ visitor: Visitor, _ request: Request,
    _ headers: HTTPHeaders, opening: [ChatKitEvent] = []
  ) -> Response {
    var message = NewMessage(stored.text, in: thread, model: model, received: request.received)
    message.id = stored.id
    message.isStored = true
    message.owner = visitor.owner
    let createdAt = Date()
    message.repliedAt = createdAt
    // The reference server sends no comments, and nobody says how clients take them.
    return .events(keepAlive: nil, headers: headers) { [message] events in
      for event in opening + ChatKitTurn.opening { try await events.send(json: event) }
      var turn = ChatKitTurn(thread: thread.id, item: message.replyID, createdAt: createdAt)
      do {
        for try await step in chat.stream(message, keepsParts: true) {
          for event in turn.events(for: step) { try await events.send(json: event) }
        }
      } catch let error as ClientGone {
        throw error
      } catch {
        for event in turn.events(for: await failures.shown(error, to: request)) {
          try await events.send(json: event)
        }
      }
    }
  }

  private func rate(
    _ items: [String], of thread: Conversation, _ isPositive: Bool, _ visitor: Visitor, _ request: Request
  ) async throws {
    guard (1...100).contains(items.count) else {
      throw HTTPError.badRequest("params.item_ids: expected 1 to 100 ids, found \(items.count)")
    }
    _ = try await limits.spend(request, visitor.caller, .event)
    var messages: [StoredMessage] = []
    for item in items { messages.append(try await threads.message(item, of: thread.id)) }
    // Clients send all items of a turn; it is its answer that helps or does not.
    for message in messages where message.role == .assistant {
      try await Feedback(records: chat.state.records).rate(message, of: thread, isPositive ? 1 : -1)
    }
  }
}
