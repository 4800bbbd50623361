import Models
import Retrieval

/// A statement with all that is asked of it whatever the question is.
struct ReadStatement: Sendable {
  var statement: Statement
  /// What can be looked for in it; in a table's row also the names of its columns.
  let terms: Set<String>
  /// What can be looked for in the headings right above it and in the statement before it.
  let surroundings: [Set<String>]
  /// Stems of its words that mean something.
  let content: Set<String>
  /// Stems of its words in their order.
  let stems: [String]
  let mentions: Mentions
  /// Its first words in lower case.
  let opening: [String]
  let quantities: Quantities
  /// What it defines by its form; nil for most statements.
  let definition: Definition?
  /// Stems of each name of what it is about by its place: the term that it defines or stands under, and its heading.
  let entries: [[String]]
  /// How far it gives a reason, from 0 to 1.
  let reason: Double
  /// Whether it says no more than what holds for its entry unless something else is set: "Default: 2".
  let saysDefault: Bool
  /// Whether it only says where to read on.
  let refersElsewhere: Bool
  /// Whether it only says that something is described.
  let announces: Bool
  /// Whether it only names another entry, and says nothing itself.
  let isReference: Bool
  /// What is embedded for it.
  private(set) var embedded: ContextualText

  /// - Parameters:
  ///   - columns: names of the columns of a table's row.
  ///   - surroundings: terms of the headings right above it and of the statement before it.
  ///   - headingNames: stems of each name of what the heading right above it names.
  ///   - context: what is embedded before it.
  init(
    _ statement: Statement, columns: [String]? = nil, surroundings: [Set<String>] = [],
    headingNames: [[String]] = [], context: String = ""
  ) {
    self.statement = statement
    self.surroundings = surroundings
    // A signature above it is what its term would be, were it shorter.
    let called = statement.signature.map { $0 + ": " } ?? ""
    let terms = Words.terms(called + statement.text)
    self.terms = columns.map { terms.union(Words.terms($0.joined(separator: " "))) } ?? terms
    let words = Words.of(statement.text)
    stems = words.map(Words.stem)
    reason = Explanation.reason(in: words)
    saysDefault = statement.saysDefault
    refersElsewhere = statement.refersElsewhere
    announces = Statement.announces(words)
    content = Set(
      Words.of(statement.text, keepsDots: true).filter { !Words.isCommon($0) }.map(Words.stem))
    mentions = Mentions(of: statement.text)
    opening = Array(words.prefix(SubjectOpening.words))
    quantities = Quantities(of: statement.text)
    definition = Definition(statement)
    let under = statement.under.map { $0.split(separator: ",").flatMap(Definition.names) } ?? []
    entries = headingNames + under + (definition?.names ?? [])
    isReference = CrossReference(statement) != nil
    embedded = ContextualText(called + statement.line, context: context)
  }

  /// The statement as it is embedded where it is known to speak of `name`, which it does not say.
  func naming(_ name: String) -> ReadStatement {
    var item = self
    item.embedded.text = "\(name): \(embedded.text)"
    return item
  }

  /// Whether it is a title that says nothing which `question` does not say itself. What a heading dates, or what is asked
  /// for with yes or no, may be answered in the question's own words, and so may a default.
  func echoes(_ question: QuestionWords) -> Bool {
    [.sentence, .item].contains(statement.kind) && !question.asksWhether && !saysDefault
      && ![.time, .version].contains(question.expectation) && content.isSubset(of: question.stems)
      && !SentenceSplitter.endsWithTerminator(statement.text)
  }

  /// Whether two statements say the same in mostly the same words.
  func repeats(_ other: ReadStatement) -> Bool {
    Repetition.isOne(Set(stems), Set(other.stems))
  }
}
