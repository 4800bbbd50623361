import FoundationEssentials
import HTTPServer

/// Body of `POST /api/chat`.
struct ChatRequest: Decodable {
  var message: String
  var userID: String?
  var conversationID: String?

  enum CodingKeys: String, CodingKey {
    case message
    case userID = "user_id"
    case conversationID = "conversation_id"
  }

  /// The conversation that is meant, else the name of a new one.
  func conversation() throws -> String {
    guard let conversationID, !conversationID.isEmpty else { return UUID().uuidString.lowercased() }
    guard conversationID.unicodeScalars.count <= 200 else {
      throw HTTPError.badRequest(
        "conversation_id: longer than 200 characters", hint: "Send one that an earlier reply gave.")
    }
    return conversationID
  }
}
