import HTTPServer
import Models

/// A request of the self-hosted ChatKit protocol: the operation is its `type`, what it needs its `params`.
struct ChatKitRequest: Decodable {
  enum Operation {
    case create(ChatKitInput)
    case add(thread: String, ChatKitInput)
    case retry(thread: String, after: String)
    case thread(String)
    case threads(ChatKitPageQuery)
    case items(thread: String, ChatKitPageQuery)
    case rename(thread: String, title: String)
    case delete(thread: String)
    case feedback(thread: String, items: [String], isPositive: Bool)
    /// One of the protocol that this server does not do.
    case refused(Refusal)
  }

  /// Why an operation of the protocol is not done here.
  enum Refusal: Sendable, CaseIterable {
    case attachments, transcription, actions, clientTools, forms
  }

  var operation: Operation

  private enum CodingKeys: String, CodingKey {
    case type, params
  }

  private enum Parameters: String, CodingKey {
    case input, title, kind
    case thread = "thread_id"
    case item = "item_id"
    case items = "item_ids"
  }

  private enum Kind: String, Decodable {
    case positive, negative
  }

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let type = try values.decode(String.self, forKey: .type)
    func parameters() throws -> KeyedDecodingContainer<Parameters> {
      try values.nestedContainer(keyedBy: Parameters.self, forKey: .params)
    }
    func thread() throws -> String { try parameters().decode(String.self, forKey: .thread) }
    func query() throws -> ChatKitPageQuery { try values.decode(ChatKitPageQuery.self, forKey: .params) }
    func input() throws -> ChatKitInput { try parameters().decode(ChatKitInput.self, forKey: .input) }

    switch type {
    case "threads.create": operation = .create(try input())
    case "threads.add_user_message": operation = .add(thread: try thread(), try input())
    case "threads.retry_after_item":
      operation = .retry(thread: try thread(), after: try parameters().decode(String.self, forKey: .item))
    case "threads.get_by_id": operation = .thread(try thread())
    case "threads.list": operation = .threads(try query())
    case "items.list": operation = .items(thread: try thread(), try query())
    case "threads.update":
      operation = .rename(thread: try thread(), title: try parameters().decode(String.self, forKey: .title))
    case "threads.delete": operation = .delete(thread: try thread())
    case "items.feedback":
      operation = .feedback(
        thread: try thread(), items: try parameters().decode([String].self, forKey: .items),
        isPositive: try parameters().decode(Kind.self, forKey: .kind) == .positive)
    case "attachments.create", "attachments.delete": operation = .refused(.attachments)
    case "input.transcribe": operation = .refused(.transcription)
    case "threads.custom_action", "threads.sync_custom_action": operation = .refused(.actions)
    case "threads.add_client_tool_output": operation = .refused(.clientTools)
    case "threads.add_structured_input": operation = .refused(.forms)
    default:
      throw HTTPError.badRequest(
        "type: unknown operation '\(type.prefix(80))'",
        hint: "Send one of the ChatKit protocol, such as threads.create, threads.list or items.feedback.")
    }
  }
}

extension ChatKitRequest.Refusal {
  /// What the sender is told.
  var error: HTTPError {
    let (code, message, hint): (String, String, String?) =
      switch self {
      case .attachments:
        (
          "attachments_not_supported", "Messages take no attachments here.",
          "Put the text into the message. What all answers shall know is uploaded with POST /api/documents."
        )
      case .transcription:
        ("transcription_not_supported", "Speech is not transcribed here.", "Send the question as text.")
      case .actions: ("actions_not_supported", "There are no widgets here, and so no actions of theirs.", nil)
      case .clientTools:
        ("no_pending_tool_call", "No tool of the page has been called: there is no output to take.", nil)
      case .forms: ("no_pending_input", "No form has been shown: there is no input to take.", nil)
      }
    return HTTPError(.badRequest, code: code, message: message, hint: hint)
  }
}

/// Which part of a list is asked for.
struct ChatKitPageQuery: Decodable, Equatable {
  enum Order: String, Decodable {
    case ascending = "asc"
    case descending = "desc"
  }

  /// The protocol's own when a limit is missing or 0.
  static let standardLimit = 20
  static let greatestLimit = 100

  /// 1 to `greatestLimit`.
  var limit = standardLimit
  var order = Order.descending
  /// Id of the last element of the page before.
  var after: String?

  private enum CodingKeys: String, CodingKey {
    case limit, order, after
  }

  init() {}

  init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    let limit = try values.decodeIfPresent(Int.self, forKey: .limit) ?? 0
    guard limit >= 0 else {
      throw HTTPError.badRequest("params.limit: expected a whole number from 0, found \(limit)")
    }
    self.limit = limit == 0 ? Self.standardLimit : min(limit, Self.greatestLimit)
    order = try values.decodeIfPresent(Order.self, forKey: .order) ?? .descending
    after = try values.decodeIfPresent(String.self, forKey: .after)
  }
}
