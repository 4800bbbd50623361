import Retrieval

/// Places of the documents that a question names by a number or a name that nothing resembles, so that a search by meaning
/// passes them by: the section of a version.
struct NamedPlaces: Sendable {
  let versions: VersionSections

  /// Passages that are looked through for a place.
  private static let depth = 60
  /// Most passages that are added.
  private static let most = 3

  init(_ question: String) {
    versions = VersionSections(question, VersionName.all(in: question))
  }

  private var query: String? { versions.query }

  private func holds(_ passage: Passage) -> Bool { versions.holds(passage) }

  /// Passages that hold the place, found by its name where none of `passages` does, with the lowest score of those.
  func missing(
    from passages: [Passage], _ asked: SearchQuery, of searcher: Searcher
  ) async throws -> [Passage] {
    guard let query, !passages.isEmpty, !passages.contains(where: holds) else { return [] }
    var search = SearchQuery(
      query, mode: .lexical, limit: Self.depth, filter: asked.filter, selection: PassageSelection.none)
    search.correctsSpelling = false
    let found = try await searcher.search(search).passages.filter(holds).prefix(Self.most)
    let lowest = passages.map(\.score).min() ?? 0
    return found.map { passage in
      var passage = passage
      // Its words were counted for another question.
      (passage.score, passage.lexicalScore) = (lowest, nil)
      return passage
    }
  }
}
