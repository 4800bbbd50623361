import Retrieval

/// Pages and sections that are titled with the thing which a question asks about, or with the question itself, and what
/// opens them: there it mostly says what the thing is, and what the answer is.
struct TitledOpenings: Sendable {
  /// None for a question that asks something else than what a thing is or does, or what tells two apart.
  private let things: [TitledThing]
  private let asked: AskedTitle
  /// The titles and headings of the passages: many stand above several of them.
  private var known: [String: Fit] = [:]
  /// Rows of the chunks that open such a page or section.
  private(set) var chunks: Set<Int> = []
  /// What they open.
  private var opened: [Int: Int] = [:]

  /// Pages and sections whose opening is looked for, the best ones that were found; of two things that are compared these
  /// of each.
  private static let most = 3
  private static let mostCompared = 2
  /// Statements that count as the opening.
  static let statements = 2
  /// Fewest words of one that does not end as a sentence does.
  private static let shortest = 4

  init(_ question: ReadQuestion) {
    let words = question.words
    things =
      if let comparison = words.comparison {
        comparison.sides.map { TitledThing(names: $0.names) }
      } else if words.expectation == .definition { [TitledThing(names: words.subjects)] } else { [] }
    asked = AskedTitle(question.text)
  }

  /// How a title fits the question.
  private struct Fit: Sendable {
    /// It asks the question itself.
    var asks: Bool
    /// Which thing it names.
    var thing: Int?
  }

  private func fit(_ title: String, above passage: Passage? = nil) -> Fit {
    if let fit = known[title] { return fit }
    let thing = things.firstIndex { thing in
      thing.isNamed(by: title) || passage.map { thing.isNamed(by: title, above: $0) } == true
    }
    return Fit(asks: asked.matches(title), thing: thing)
  }

  private func fits(_ title: String) -> Bool {
    let fit = fit(title)
    return fit.asks || fit.thing != nil
  }

  /// The headings down to the one that fits, empty for a whole page; nil where none does.
  func section(of passage: Passage) -> ArraySlice<String>? {
    if let title = passage.title, fits(title) { return [] }
    return passage.headingPath.lastIndex(where: fits).map { passage.headingPath[...$0] }
  }

  /// Puts each opening that was not found behind the first passage of its page or section.
  mutating func add(to passages: [Passage], from index: any PassageIndex) async throws -> [Passage] {
    var seen: [Int?: Set<DocumentSection>] = [:]
    var all: [Passage] = []
    for passage in passages {
      for title in passage.titles where known[title] == nil { known[title] = fit(title, above: passage) }
      all.append(passage)
      guard let path = section(of: passage) else { continue }
      let thing = (path.last ?? passage.title).flatMap { fit($0).thing }
      guard seen[thing, default: []].count < (things.count > 1 ? Self.mostCompared : Self.most),
        seen[thing, default: []].insert(DocumentSection(of: passage, path: Array(path))).inserted,
        var opening = try await opening(path, of: passage, among: passages, index)
      else { continue }
      chunks.insert(opening.chunk)
      opened[opening.chunk] = thing
      if passages.contains(where: { $0.covers(opening) }) { continue }
      opening.score = passage.score
      all.append(opening)
    }
    return all
  }

  private func opening(
    _ path: ArraySlice<String>, of passage: Passage, among found: [Passage], _ index: any PassageIndex
  ) async throws -> Passage? {
    func own(_ ordinal: Int) -> Passage? {
      found.first { $0.documentID == passage.documentID && $0.ordinal == ordinal }
    }
    guard path.isEmpty else { return try await index.opening(of: passage, below: path) }
    var first = own(0)
    if first == nil { first = try await index.opening(of: passage, below: path) }
    // A line from the page's head that describes it stands above the title.
    let isLine =
      first.map {
        $0.headingPath.isEmpty && !$0.text.contains("\n") && !SentenceSplitter.endsWithTerminator($0.text)
      } ?? false
    return isLine ? own(1) ?? first : first
  }

  /// Where a statement stands.
  struct Place: Sendable, Equatable {
    /// How much of an opening it is of a page or section that fits: 1 for the first statement, 0 for what is none.
    var opening = 0.0
    /// What it opens.
    var thing: Int?
    /// Whether it stands below the question itself.
    var answers = false

    /// The thing of which it is what a page or section titled with it says first.
    var opened: Int? { opening == 1 ? thing : nil }
  }

  /// Statements that open a page or section by what it is titled with, as though they named it: "Block until a container
  /// stops" below "docker wait".
  func naming(_ statements: [ReadStatement], at places: [Place]) -> [ReadStatement] {
    zip(statements, places).map { item, place in
      guard let opened = place.opened else { return item }
      let name = things[opened].name
      return Set(Words.of(name).map(Words.stem)).isSubset(of: item.terms) ? item : item.naming(name)
    }
  }

  /// Where statements stand that are in the order of their passages.
  func places(of statements: [ReadStatement], in passages: [Passage]) -> [Place] {
    var passage: Int?
    var left = 0
    var thing: Int?
    // Where the last title stands.
    var above: Int?
    var answers = false
    let titled = titledDocuments(statements, in: passages)
    return statements.map { item in
      let statement = item.statement
      if statement.passage != passage {
        let own = passages[statement.passage]
        passage = statement.passage
        let isAboveTitle = own.ordinal == 0 && titled.contains(own.documentID)
        left = chunks.contains(own.chunk) && !isAboveTitle ? Self.statements : 0
        thing = opened[own.chunk]
        above = nil
        answers = own.titles.contains { fit($0).asks }
      }
      if statement.kind == .heading {
        let fit = fit(statement.line)
        answers = fit.asks
        // One that stands right below the title opens what the title does: "NAME" in a manual.
        let isNested = above == statement.position - 1 && left == Self.statements
        left = fit.asks || fit.thing != nil ? Self.statements : isNested ? left : 0
        if fit.thing != nil || !isNested { thing = fit.thing }
        above = isNested || left == 0 ? nil : statement.position
      }
      var place = Place(answers: answers)
      if left > 0, [.sentence, .item].contains(statement.kind), !Self.leadsOn(item) {
        place.opening = Double(left) / Double(Self.statements)
        place.thing = thing
        left -= 1
      }
      return place
    }
  }

  /// Documents whose title stands within their first two chunks: what is above it, as a line from the page's head that
  /// describes it, opens nothing.
  private func titledDocuments(_ statements: [ReadStatement], in passages: [Passage]) -> Set<Int> {
    guard !things.isEmpty else { return [] }
    return Set(
      statements.map(\.statement).filter { statement in
        statement.kind == .heading && statement.position < 2 && passages[statement.passage].ordinal < 2
          && fit(statement.line).thing != nil
      }.map { passages[$0.passage].documentID })
  }

  /// Whether it only names or announces what comes below, says where to read on, or dates it: "History", "This page
  /// describes …", "Added in: v16.9.0".
  private static func leadsOn(_ item: ReadStatement) -> Bool {
    if item.announces || item.refersElsewhere { return true }
    let statement = item.statement
    if SentenceSplitter.endsWithTerminator(statement.text) { return false }
    let behind = statement.line.firstRange(of: ": ").map { statement.line[$0.upperBound...] }
    return statement.words < shortest || behind.map { Words.of(String($0)).allSatisfy(isNumber) } == true
  }

  /// A number, or a version with its letter.
  private static func isNumber(_ word: String) -> Bool {
    word.contains(where: \.isNumber) || word.count == 1
  }
}
