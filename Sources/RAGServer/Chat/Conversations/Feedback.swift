import FoundationEssentials
import Models
import State

/// Keeps what people say of answers; the last rating of an answer counts.
struct Feedback: Sendable {
  let records: any RecordStore

  /// - Parameter rating: 1 or -1.
  func rate(
    _ message: StoredMessage, of conversation: Conversation, _ rating: Int, comment: String? = nil
  ) async throws {
    var content: [String: JSONValue] = ["message": .string(message.id), "rating": .integer(rating)]
    if let comment { content["comment"] = .string(comment) }
    let record = Record(
      id: "feedback-\(message.id)", kind: Record.Kind.feedback, owner: conversation.owner,
      createdAt: Date(), subject: message.id, content: .object(content))
    try await records.add(record)
    try await records.update(record: record.id) { stored in
      guard stored.content != record.content else { return false }
      stored.content = record.content
      stored.updatedAt = record.createdAt
      return true
    }
  }
}
