import Retrieval

/// Places of the documents that a question names by a number or a name that nothing resembles, so that a search by meaning
/// passes them by: the section of a version, a numbered clause.
struct NamedPlaces: Sendable {
  private let versions: VersionSections
  private let clause: ClauseReference?

  /// Passages that are looked through for a place.
  private static let depth = 60
  /// Most passages that are added.
  private static let most = 3

  init(_ question: String) {
    versions = VersionSections(question, VersionName.all(in: question))
    clause = ClauseReference(question)
  }

  /// What is searched for to find the place; nil where the question names none.
  private var query: String? { clause?.query ?? versions.query }

  private func holds(_ passage: Passage) -> Bool {
    clause.map { $0.fits(passage) && $0.stands(in: passage) } ?? versions.holds(passage)
  }

  /// Passages that hold the place, found by its name where none of `passages` does, with the lowest score of those.
  func missing(
    from passages: [Passage], _ asked: SearchQuery, of searcher: Searcher
  ) async throws -> [Passage] {
    guard let query, !passages.isEmpty else { return [] }
    var added: [Passage] = []
    if !passages.contains(where: holds) {
      var search = SearchQuery(
        query, mode: .lexical, limit: Self.depth, filter: asked.filter, selection: PassageSelection.none)
      search.correctsSpelling = false
      added = try await Array(searcher.search(search).passages.filter(holds).prefix(Self.most))
    }
    if let clause { added += try await openings(of: clause, in: passages + added, searcher) }
    let lowest = passages.map(\.score).min() ?? 0
    return added.map { passage in
      var passage = passage
      // Its words were counted for another question.
      (passage.score, passage.lexicalScore) = (lowest, nil)
      return passage
    }
  }

  /// What opens the clauses that passages stand in and do not begin, each once.
  private func openings(
    of clause: ClauseReference, in passages: [Passage], _ searcher: Searcher
  ) async throws -> [Passage] {
    var openings: [Passage] = []
    var seen: Set<[String]> = []
    for passage in passages {
      guard let heading = passage.headingPath.lastIndex(where: clause.heads), seen.count < Self.most,
        seen.insert([passage.source] + passage.headingPath[...heading]).inserted,
        let opening = try await searcher.index.opening(of: passage, below: passage.headingPath[...heading]),
        !(passages + openings).contains(where: {
          $0.documentID == opening.documentID && $0.start <= opening.start && $0.end >= opening.end
        })
      else { continue }
      openings.append(opening)
    }
    return openings
  }

  /// What the place says, in the order of the text; empty where no passage holds it, or where the question names none that
  /// answers by itself.
  ///
  /// - Parameter words: most words of it, the first statement not counted.
  func statements(among all: [Statement], in passages: [Passage], words: Int) -> [Statement] {
    clause?.opening(among: all, in: passages, words: words) ?? []
  }

  /// Whether an answer has to name the place, and a statement and the headings above it do not.
  func isMissed(by statement: Statement, in passage: Passage) -> Bool {
    guard let clause else { return false }
    return !([statement.text, statement.section] + passage.headingPath).contains(where: clause.isNamed)
  }
}
