import Retrieval

/// Places of the documents that a question names by a number or a name that nothing resembles, so that a search by meaning
/// passes them by: the section of a version, a numbered clause, what an option of a command does, the entry of a function or
/// of a setting.
struct NamedPlaces: Sendable {
  private let versions: VersionSections
  private let clause: ClauseReference?
  private let option: OptionReference?
  private let entry: EntryReference?

  /// Passages that are looked through for a place, and for a name: an option's letter alone is a word of many.
  private static let depth = 60
  private static let nameDepth = 200
  /// Most passages that are added.
  private static let most = 3

  /// - Parameters:
  ///   - versions: those that the question names.
  ///   - entry: what it asks about by its name in code.
  init(_ question: String, versions: [VersionName], entry: EntryReference?) {
    self.versions = VersionSections(question, versions)
    clause = ClauseReference(question)
    option = OptionReference(question)
    self.entry = entry
  }

  /// Whether the question asks for an option of a command.
  var namesOption: Bool { option != nil }

  /// What is searched for to find the place; nil where the question names none.
  private var query: String? { clause?.query ?? option?.query ?? versions.query ?? entry?.query }

  private func holds(_ passage: Passage) -> Bool {
    if let option { return option.fits(passage) && !option.definition(in: passage, at: 0).isEmpty }
    if let clause { return clause.fits(passage) && clause.stands(in: passage) }
    return versions.query == nil && entry?.stands(in: passage) == true || versions.holds(passage)
  }

  /// Passages that hold the place, found by its name where none of `passages` does, with the lowest score of those.
  func missing(
    from passages: [Passage], _ asked: SearchQuery, of searcher: Searcher
  ) async throws -> [Passage] {
    guard let query, !passages.isEmpty else { return [] }
    var added: [Passage] = []
    if !passages.contains(where: holds) {
      var search = SearchQuery(
        query, mode: .lexical, limit: option == nil && entry == nil ? Self.depth : Self.nameDepth,
        filter: asked.filter,
        selection: PassageSelection.none)
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
        !(passages + openings).contains(where: { $0.covers(opening) })
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
    if let clause { return clause.opening(among: all, in: passages, words: words) }
    return option?.definition(in: passages, words: words) ?? []
  }

  /// What the documents are called that statements come from, by passage, where the question leaves open which one is meant.
  func names(for statements: [Statement], in passages: [Passage]) -> [Int: String] {
    let sources = Set(statements.map(\.passage))
    guard option != nil, sources.count > 1 else { return [:] }
    return Dictionary(uniqueKeysWithValues: sources.map { ($0, passages[$0].title ?? passages[$0].document) })
  }

  /// `ranked` without what does not name the place that an answer has to name, itself or with the headings above it.
  func naming(_ ranked: [RankedStatement], in passages: [Passage]) -> [RankedStatement] {
    if clause == nil, option == nil { return ranked }
    return ranked.filter { item in
      let (statement, passage) = (item.statement, passages[item.statement.passage])
      if let option {
        return option.fits(passage) && option.isNamed(in: statement.text + " " + (statement.under ?? ""))
      }
      guard let clause, clause.fits(passage) else { return false }
      return ([statement.text, statement.section] + passage.headingPath).contains(where: clause.isNamed)
    }
  }
}
