import Models
import Retrieval

/// How near the titles above statements come to a question: "Creating a Database" and "How can I make a database?" both
/// announce the answer to "How do I add a new database?", with other words.
struct TitleCloseness: Sendable {
  /// For each statement, from 0 for a title about something else to 1 for one that asks or says the same.
  private(set) var degrees: [Double]
  /// For each statement how much of its section's opening it is: 1 for the first statement, 0 for what is none.
  private(set) var openings: [Double]

  /// Cosines of a title and a question from which the title counts, and from which it counts in full.
  private static let cosines = 0.55...0.8

  /// Of statements in the order of their passages.
  init(
    _ question: ReadQuestion, _ embedding: TextEmbedding, _ statements: [ReadStatement],
    in passages: [Passage], model: any EmbeddingModel, vectors: SentenceVectors
  ) async throws {
    let titles = statements.map { Self.title(above: $0.statement, in: passages[$0.statement.passage]) }
    let asked = AskedTitle(question.text)
    let candidates = Set(titles).filter { !$0.isEmpty && (question.asksHowTo || asked.isLike($0)) }.sorted()
    degrees = titles.map { _ in 0 }
    openings = degrees
    guard !candidates.isEmpty else { return }
    let found = try await SentenceCloseness(
      embedding, candidates.map { ContextualText($0) }, model: model, vectors: vectors)
    let cosines = Dictionary(uniqueKeysWithValues: zip(candidates, found.cosines))
    degrees = titles.map { cosines[$0].map { Self.degree(Double($0)) } ?? 0 }
    openings = Self.openings(of: statements, in: passages)
    // "A firewall is a filter …" opens what "How do I set up a firewall?" asks for, and does not answer it.
    for row in statements.indices
    where question.asksHowTo && Self.saysWhatSomethingIs(statements[row].opening) {
      openings[row] = 0
    }
  }

  private static func degree(_ cosine: Double) -> Double {
    let width = cosines.upperBound - cosines.lowerBound
    return min(1, max(0, (cosine - cosines.lowerBound) / width))
  }

  /// Empty for a heading, which answers nothing.
  private static func title(above statement: Statement, in passage: Passage) -> String {
    if statement.kind == .heading { return "" }
    return statement.section.isEmpty ? passage.headingPath.last ?? passage.title ?? "" : statement.section
  }

  private static func openings(of statements: [ReadStatement], in passages: [Passage]) -> [Double] {
    // Of a section's passages the first one that was found stands for its beginning.
    let first = Dictionary(
      passages.map { (DocumentSection(of: $0), $0.ordinal) }, uniquingKeysWith: min)
    var passage: Int?
    var left = 0
    return statements.map { item in
      let statement = item.statement
      if statement.passage != passage {
        passage = statement.passage
        let own = passages[statement.passage]
        left = first[DocumentSection(of: own)] == own.ordinal ? TitledOpenings.statements : 0
      }
      if statement.kind == .heading { left = TitledOpenings.statements }
      guard left > 0, [.sentence, .item].contains(statement.kind) else { return 0 }
      defer { left -= 1 }
      return Double(left) / Double(TitledOpenings.statements)
    }
  }

  private static func saysWhatSomethingIs(_ opening: [String]) -> Bool {
    zip(opening, opening.dropFirst()).prefix(subjectWords).contains {
      ["is", "are"].contains($0) && Words.articles.contains($1)
    }
  }

  /// Most words of what a statement begins with and says something of.
  private static let subjectWords = 6
}
