import Retrieval

/// A question that a document answers.
struct Suggestion: Codable, Equatable {
  var question: String
  /// Title or short name of the document.
  var document: String

  /// Questions made of `passages`: the best kinds first, and each document in turn.
  static func best(of passages: [Passage], count: Int) -> [Suggestion] {
    var questions: Set<String> = []
    var perDocument: [String: Int] = [:]
    let cases = WordCases(passages.lazy.map(\.text))
    var candidates: [(rank: (kind: Int, turn: Int), suggestion: Suggestion)] = []
    for passage in passages {
      for (kind, question) in PassageQuestion.questions(
        heading: passage.headingPath.last, text: passage.text, cases: cases)
      where questions.insert(question.lowercased()).inserted {
        let turn = perDocument[passage.source, default: 0]
        perDocument[passage.source] = turn + 1
        let suggestion = Suggestion(question: question, document: passage.title ?? passage.document)
        candidates.append(((kind.rawValue, turn), suggestion))
      }
    }
    // A second question of one document comes after the first of every other, whatever its kind.
    let ordered = candidates.enumerated().sorted { left, right in
      let (one, other) = (left.element.rank, right.element.rank)
      return (one.turn, one.kind, left.offset) < (other.turn, other.kind, right.offset)
    }
    return ordered.prefix(count).map(\.element.suggestion)
  }
}
