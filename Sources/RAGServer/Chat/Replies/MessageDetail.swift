import Answering
import Models

/// What is stored with an answer besides its text: citations, model, usage, confidence and the rest.
enum MessageDetail {
  static func of(_ answer: Answer) throws -> JSONValue {
    let value = try JSONValue(encoding: answer)
    guard case .object(var members) = value else { return value }
    // These are the texts of the messages themselves.
    members["question"] = nil
    members["answer"] = nil
    return .object(members)
  }

  /// Whether the answer that `members` belong to was given with low confidence; decided from what was stored where that
  /// was done before answers said so.
  static func hasLowConfidence(_ members: [String: JSONValue]) -> Bool {
    if case .bool(let known)? = members["low_confidence"] { return known }
    guard members["answered"] == true, members["stopped"] != true,
      members["citations"]?.array?.isEmpty == false
    else { return false }
    return members["confidence"]?.double.map { $0 < Answer.lowConfidence } ?? false
  }
}
