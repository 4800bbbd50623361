import Answering
import FoundationEssentials
import Models

/// What is stored with an answer besides its text: citations, model, usage, confidence and the rest.
enum MessageDetail {
  static func of(_ answer: Answer) throws -> JSONValue {
    let value = try JSONValue(parsing: JSONEncoder().encode(answer))
    guard case .object(var members) = value else { return value }
    // These are the texts of the messages themselves.
    members["question"] = nil
    members["answer"] = nil
    return .object(members)
  }
}
