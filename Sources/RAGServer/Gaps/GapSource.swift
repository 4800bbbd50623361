import Answering
import FoundationEssentials
import Models
import State

/// Reads what was asked and not answered well from the state.
struct GapSource: Sendable {
  let records: any RecordStore
  /// Confidence below which an answer counts as a gap.
  static let confidence = 0.45

  /// - Parameter since: nothing before it; nil for all that is stored.
  func questions(since: Date? = nil, limit: Int = 20_000) async throws -> [GapReport.Question] {
    let asked = try await records.records(
      RecordQuery(kind: Record.Kind.question, since: since, limit: limit))
    var questions: [GapReport.Question] = []
    var byMessage: [String: String] = [:]
    for record in asked {
      guard let text = record.content["question"]?.string else { continue }
      if let subject = record.subject { byMessage[subject] = text }
      byMessage[record.id] = text
      if case .bool(false)? = record.content["answered"] {
        questions.append(GapReport.Question(text, reason: .refused))
      } else if let confidence = record.content["confidence"].flatMap(Self.number),
        confidence < Self.confidence
      {
        questions.append(GapReport.Question(text, reason: .lowConfidence))
      }
    }
    let rated = try await records.records(RecordQuery(kind: Record.Kind.feedback, since: since, limit: limit))
    for record in rated {
      guard let rating = record.content["rating"].flatMap(Self.number), rating < 0 else { continue }
      let message = record.content["message"]?.string ?? record.subject
      guard let text = message.flatMap({ byMessage[$0] }) else { continue }
      questions.append(GapReport.Question(text, reason: .disliked))
    }
    return questions
  }

  private static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .number(let number): number
    case .integer(let number): Double(number)
    default: nil
    }
  }
}
