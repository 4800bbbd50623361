import FoundationEssentials
import HTTPServer
import Models
import State

/// `POST /api/feedback`: whether an answer helped. The last rating of a message counts. The message's id, which only the
/// reply tells, is enough for a conversation whose owner never proves anything.
struct FeedbackRoute: Sendable {
  let state: State
  let callers: Callers
  let cookies: SessionCookie

  private struct Body: ClosedBody {
    static let allowsMore = true

    var messageID: String
    var rating: JSONValue
    var comment: String?

    enum CodingKeys: String, CodingKey, CaseIterable {
      case rating, comment
      case messageID = "message_id"
    }
  }

  func add(to api: RouteGroup) {
    api.post("/feedback") { request in
      let body = try request.decodeClosed(Body.self)
      let rating: Int
      switch body.rating {
      case "up", 1: rating = 1
      case "down", -1: rating = -1
      default:
        throw HTTPError.badRequest(
          "rating: expected \"up\", \"down\", 1 or -1, found \(body.rating.text.prefix(40))")
      }
      if let comment = body.comment, comment.unicodeScalars.count > 4000 {
        throw HTTPError.badRequest("comment: longer than 4000 characters")
      }
      let visitor = Visitor(
        try await callers.caller(of: request), session: cookies.session(of: request))
      guard let (message, id) = try await state.conversations.message(body.messageID),
        message.role == .assistant, let conversation = try await state.conversations.conversation(id),
        Self.mayRate(conversation, visitor)
      else {
        throw HTTPError(
          .notFound, code: "message_not_found", message: "There is no such answer.",
          hint: "Send the 'message_id' of a reply.")
      }
      try await Feedback(records: state.records)
        .rate(message, of: conversation, rating, comment: body.comment)
      return try .reply(["status": "recorded", "message_id": message.id])
    }
  }

  private static func mayRate(_ conversation: Conversation, _ visitor: Visitor) -> Bool {
    if case .named = conversation.owner { return true }
    return visitor.maySee(conversation)
  }
}
