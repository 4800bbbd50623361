import HTTPServer

/// Body of `POST /api/chat`.
struct ChatBody: Decodable {
  var message: String
  var userID: String?
  var conversationID: String?
  var stream: Bool?

  enum CodingKeys: String, CodingKey {
    case message, stream
    case userID = "user_id"
    case conversationID = "conversation_id"
  }
}
