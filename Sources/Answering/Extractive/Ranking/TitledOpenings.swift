import Retrieval

/// Pages and sections that are titled with the thing which a question asks about, or with the question itself, and what
/// opens them: there it mostly says what the thing is, and what the answer is.
struct TitledOpenings: Sendable {
  /// Stems by which the thing may be named; none for a question that asks something else than what it is or does.
  private let names: [[String]]
  private let asked: AskedTitle
  /// The titles and headings of the passages: many stand above several of them.
  private var known: [String: Fit] = [:]
  /// Rows of the chunks that open such a page or section.
  private(set) var chunks: Set<Int> = []

  /// Pages and sections whose opening is looked for, the best ones that were found.
  private static let most = 3
  /// Statements that count as the opening.
  static let statements = 2

  init(_ question: ReadQuestion) {
    names = question.words.expectation == .definition ? question.words.names : []
    asked = AskedTitle(question.text)
  }

  /// Whether a title names the thing and nothing else, numbers and what it is part of aside: "23.6. Tablespaces",
  /// "git-rebase(1)", "Decorators — Python 3.11 documentation".
  func names(_ title: String) -> Bool {
    if names.isEmpty { return false }
    let end = Self.signs.compactMap { title.firstRange(of: $0)?.lowerBound }.min()
    let text = String(title[..<(end ?? title.endIndex)])
    if text.hasSuffix("?") { return QuestionWords(text).names.contains { names.contains($0) } }
    var words = TitleNumber.removed(from: Words.of(text))
    // The section of a manual.
    while text.hasSuffix(")"), words.count > 1, let last = words.last, last.allSatisfy(\.isNumber) {
      words = words.dropLast()
    }
    return QuestionWords.names(of: words.drop { Words.articles.contains($0) })
      .contains { names.contains($0.map(Words.stem)) }
  }

  /// How a title fits the question.
  private struct Fit: Sendable {
    /// It asks the question itself.
    var asks: Bool
    /// It names the thing.
    var names: Bool
  }

  private func fit(_ title: String) -> Fit {
    known[title] ?? Fit(asks: asked.matches(title), names: names(title))
  }

  private func fits(_ title: String) -> Bool {
    let fit = fit(title)
    return fit.asks || fit.names
  }

  /// The headings down to the one that fits, empty for a whole page; nil where none does.
  func section(of passage: Passage) -> ArraySlice<String>? {
    if let title = passage.title, fits(title) { return [] }
    return passage.headingPath.lastIndex(where: fits).map { passage.headingPath[...$0] }
  }

  /// Puts each opening that was not found behind the first passage of its page or section.
  mutating func add(to passages: [Passage], from index: any PassageIndex) async throws -> [Passage] {
    var seen: Set<DocumentSection> = []
    var all: [Passage] = []
    for passage in passages {
      for title in passage.titles where known[title] == nil { known[title] = fit(title) }
      all.append(passage)
      guard let path = section(of: passage), seen.count < Self.most,
        seen.insert(DocumentSection(of: passage, path: Array(path))).inserted,
        var opening = try await opening(path, of: passage, among: passages, index)
      else { continue }
      chunks.insert(opening.chunk)
      if passages.contains(where: { $0.covers(opening) }) { continue }
      opening.score = passage.score
      all.append(opening)
    }
    return all
  }

  private func opening(
    _ path: ArraySlice<String>, of passage: Passage, among found: [Passage], _ index: any PassageIndex
  ) async throws -> Passage? {
    if path.isEmpty,
      let first = found.first(where: { $0.documentID == passage.documentID && $0.ordinal == 0 })
    {
      return first
    }
    return try await index.opening(of: passage, below: path)
  }

  /// Where a statement stands.
  struct Place: Sendable, Equatable {
    /// How much of an opening it is of a page or section that fits: 1 for the first statement, 0 for what is none.
    var opening = 0.0
    /// Whether it stands below the question itself.
    var answers = false
  }

  /// Where statements stand that are in the order of their passages.
  func places(of statements: [ReadStatement], in passages: [Passage]) -> [Place] {
    var passage: Int?
    var left = 0
    var answers = false
    return statements.map { item in
      let statement = item.statement
      if statement.passage != passage {
        let own = passages[statement.passage]
        passage = statement.passage
        left = chunks.contains(own.chunk) ? Self.statements : 0
        answers = own.titles.contains { fit($0).asks }
      }
      if statement.kind == .heading {
        let fit = fit(statement.line)
        answers = fit.asks
        left = fit.asks || fit.names ? Self.statements : 0
      }
      var place = Place(answers: answers)
      if left > 0, [.sentence, .item].contains(statement.kind) {
        place.opening = Double(left) / Double(Self.statements)
        left -= 1
      }
      return place
    }
  }

  private static let signs = [" \u{2014} ", " \u{2013} ", " - ", " | ", ": "]
}
