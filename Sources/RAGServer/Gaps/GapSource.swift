import Answering
import FoundationEssentials
import Models
import State

/// Reads what was asked and not answered well from the state.
struct GapSource: Sendable {
  let records: any RecordStore

  /// Records that are looked at, at most; of more the latest.
  static let most = 200_000

  /// Questions that were not answered well, latest first.
  ///
  /// - Parameter since: nothing before it; nil for all that is stored.
  func questions(since: Date? = nil, limit: Int = Self.most) async throws -> [GapReport.Question] {
    let rated = try await records.records(RecordQuery(kind: Record.Kind.feedback, limit: limit))
    let disliked = Set(
      rated.compactMap { record -> String? in
        guard let rating = record.content["rating"]?.double, rating < 0 else { return nil }
        return record.content["message"]?.string ?? record.subject
      })
    let asked = try await records.records(
      RecordQuery(kind: Record.Kind.question, since: since, limit: limit))
    return asked.compactMap { record in
      guard let text = record.content["question"]?.string else { return nil }
      var reasons: Set<GapReport.Reason> = []
      if case .bool(false)? = record.content["answered"] {
        reasons.insert(.refused)
      } else if let confidence = record.content["confidence"]?.double,
        confidence < Answer.lowConfidence
      {
        reasons.insert(.lowConfidence)
      }
      if disliked.contains(record.id) || record.subject.map(disliked.contains) == true {
        reasons.insert(.disliked)
      }
      return reasons.isEmpty
        ? nil : GapReport.Question(text, reasons: reasons, askedAt: record.createdAt)
    }
  }
}
