import HTTPServer

/// Body of `POST /api/chat`.
struct ChatBody: ClosedBody {
  static let allowsMore = true

  var message: String
  var userID: String?
  var conversationID: String?
  var stream: Bool?
  var filter: FilterBody?

  enum CodingKeys: String, CodingKey, CaseIterable {
    case message, stream, filter
    case userID = "user_id"
    case conversationID = "conversation_id"
  }
}
