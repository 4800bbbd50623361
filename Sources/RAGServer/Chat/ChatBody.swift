import HTTPServer

/// Body of `POST /api/chat`.
struct ChatBody: Decodable {
  var message: String
  var userID: String?
  var conversationID: String?
  var stream: Bool?
  var filter: FilterBody?

  enum CodingKeys: String, CodingKey {
    case message, stream, filter
    case userID = "user_id"
    case conversationID = "conversation_id"
  }
}
