import Answering
import FoundationEssentials
import Models

/// The form in which a route below `/v1` gives an answer.
protocol OpenAIReply: Sendable {
  /// Names the answer, also in the records.
  var id: String { get }
  /// The body of a response that is not streamed.
  func whole(_ answer: Answer) throws -> JSONValue
  /// What a stream carries of a step.
  mutating func frames(for step: OpenAIStep) throws -> [OpenAIFrame]
}

/// A step of a streamed answer.
enum OpenAIStep {
  /// Always first.
  case begun
  /// The next characters.
  case delta(String)
  /// The whole answer; last.
  case done(Answer)
  /// Why there is none; last in its place.
  case failed(OpenAIError)
}

/// One server-sent event.
struct OpenAIFrame: Equatable {
  /// Nil for routes whose events have no names.
  var event: String?
  var data: String
}

extension OpenAIReply {
  /// A name that nobody can guess: `prefix` and 32 hexadecimal digits.
  static func makeID(_ prefix: String) -> String {
    prefix + UUID().uuidString.lowercased().filter { $0 != "-" }
  }

  /// What OpenAI's replies do not have: where the answer can be checked, and whether it is what it should be.
  func extras(_ answer: Answer) throws -> [String: JSONValue] {
    guard case .object(let detail) = try MessageDetail.of(answer) else { return [:] }
    let names = [
      "citations", "answered", "confidence", "low_confidence", "degraded", "degraded_reason", "sentences",
      "dropped_sentences", "rewritten_question", "reranking", "hint",
    ]
    return detail.filter { names.contains($0.key) }
  }
}
