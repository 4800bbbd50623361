import Retrieval

/// A question that a document answers.
struct Suggestion: Codable, Equatable {
  var question: String
  /// Title or short name of the document.
  var document: String

  /// Questions made of `openings`: the best kinds first, and each document in turn.
  static func best(of openings: [ChunkOpening], count: Int) -> [Suggestion] {
    var questions: Set<String> = []
    var perDocument: [String: Int] = [:]
    let candidates = openings.compactMap {
      opening -> (rank: (kind: Int, turn: Int), suggestion: Suggestion)? in
      guard let (kind, question) = OpeningQuestion.question(of: opening),
        questions.insert(question.lowercased()).inserted
      else { return nil }
      let turn = perDocument[opening.document, default: 0]
      perDocument[opening.document] = turn + 1
      return (
        (kind.rawValue, turn), Suggestion(question: question, document: opening.title ?? opening.document)
      )
    }
    // A second question of one document comes after the first of every other, whatever its kind.
    let ordered = candidates.enumerated().sorted { left, right in
      let (one, other) = (left.element.rank, right.element.rank)
      return (one.turn, one.kind, left.offset) < (other.turn, other.kind, right.offset)
    }
    return ordered.prefix(count).map(\.element.suggestion)
  }
}
