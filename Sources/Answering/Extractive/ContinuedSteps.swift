import Retrieval

/// Lists of steps that go on in the chunk behind a passage, or began in the one before it.
struct ContinuedSteps: Sendable {
  private let wantsSteps: Bool

  /// Passages that are looked at, the best ones, and chunks that are joined to one at most on each side.
  private static let depth = 5
  private static let most = 6

  init(_ question: ReadQuestion) {
    wantsSteps = question.list?.wanted == .steps
  }

  /// `passages` with the whole of the lists that their chunks cut, where the question asks for steps; those that become a
  /// part of a better one are left out.
  func joined(_ passages: [Passage], by index: any PassageIndex) async throws -> [Passage] {
    guard wantsSteps else { return passages }
    var all: [Passage] = []
    for (rank, passage) in passages.enumerated() {
      if all.contains(where: { $0.covers(passage) }) { continue }
      guard rank < Self.depth, passage.chunks == nil else {
        all.append(passage)
        continue
      }
      let whole = try await whole(passage, by: index)
      if whole.chunks != nil { all.removeAll(where: whole.covers) }
      all.append(whole)
    }
    return all
  }

  private func whole(_ passage: Passage, by index: any PassageIndex) async throws -> Passage {
    var whole = passage
    var (first, last) = (passage.ordinal, passage.ordinal)
    for _ in 0..<Self.most {
      let before = Statement.statements(of: whole, at: 0)
      guard let end = before.last, end.isStep, let next = try await index.joined(whole, to: last + 1),
        goesOn(before, in: Statement.statements(of: next, at: 0))
      else { break }
      (whole, last) = (next, last + 1)
    }
    for _ in 0..<Self.most {
      // A chunk may begin with the rest of a step.
      guard let step = Statement.statements(of: whole, at: 0).prefix(2).first(where: \.isStep),
        let number = Self.number(step), number > 1,
        let previous = try await index.joined(whole, to: first - 1),
        Statement.statements(of: previous, at: 0).contains(where: {
          $0.isStep && Self.number($0) == number - 1
        })
      else { break }
      (whole, first) = (previous, first - 1)
    }
    if last > first { whole.chunks = last - first + 1 }
    return whole
  }

  /// Whether the last step of some statements goes on in others that begin with them, or the next one follows.
  private func goesOn(_ statements: [Statement], in longer: [Statement]) -> Bool {
    guard let end = statements.last, longer.indices.contains(end.position) else { return false }
    let same = longer[end.position]
    if same.isStep, same.range.count > end.range.count { return true }
    guard longer.indices.contains(end.position + 1) else { return false }
    let next = longer[end.position + 1]
    return next.isStep && Self.number(next) == Self.number(end).map { $0 + 1 }
  }

  private static func number(_ step: Statement) -> Int? {
    step.marker.flatMap { Int($0.prefix(while: \.isNumber)) }
  }
}
