import Retrieval

/// A source of an answer, cut into statements whose words can be looked up.
struct GroundingSource: PassageReading {
  /// A statement as a sentence of an answer finds it.
  struct Match: Sendable {
    let statement: Statement
    let facts: Facts
    /// Stems of the statement, of the one before it and of the headings above.
    fileprivate let stems: StemSet
    /// How well it fits the sentence; higher is better.
    let value: Double

    /// Part of `stems` that it holds.
    func coverage(_ stems: [String]) -> Double { Grounder.part(of: stems) { self.stems.holds($0) } }
  }

  /// As of the first passage of a list, whichever it is.
  let statements: [Statement]
  let numbers: Set<String>
  /// Stems of what it writes like names.
  let names: Set<String>
  /// What tells its language.
  let traces: LanguageTraces
  private let headings: String
  private let facts: [Facts]
  private let near: [StemSet]
  private let all: StemSet

  var statementCount: Int { statements.count }

  init(_ passage: Passage) {
    self.init(
      Statement.statements(of: passage, at: 0), text: passage.text,
      headings: passage.titles.joined(separator: ". "))
  }

  /// A text that is no passage.
  init(_ text: String) {
    let whole = Statement(
      kind: .sentence, range: 0..<text.unicodeScalars.count, text: text, passage: 0, position: 0)
    self.init([whole], text: text, headings: "")
  }

  private init(_ statements: [Statement], text: String, headings: String) {
    self.statements = statements
    self.headings = headings
    traces = LanguageTraces(text)
    facts = statements.map { Facts($0.text) }
    let above = Facts(headings)
    let stems = facts.map { Self.stems($0) }
    near = stems.indices.map { index in
      StemSet((index > 0 ? stems[index - 1] : []) + stems[index] + Self.stems(above))
    }
    let whole = Facts(text)
    all = StemSet(Self.stems(whole) + Self.stems(above))
    names = whole.names.union(above.names)
    numbers = whole.numbers.union(above.numbers).union(Words.of(text).contains("one") ? ["1"] : [])
  }

  func holds(_ stem: String) -> Bool { all.holds(stem) }

  /// What sentences in other languages can look up.
  var shared: SharedText {
    SharedText(([headings] + statements.map(\.text)).joined(separator: "\n"), stems: all)
  }

  /// The statement that says most of the sentence.
  func best(for sentence: Facts, _ cosines: [Float]) -> Match {
    var best: Match?
    for (index, statement) in statements.enumerated() {
      let own = Grounder.part(of: sentence.stems) { facts[index].stems.contains($0) }
      let numbers = Grounder.part(of: Array(sentence.numbers)) { facts[index].numbers.contains($0) }
      let value =
        own + near[index].part(of: sentence.stems) + numbers * 0.5
        + (index < cosines.count ? Double(cosines[index]) : 0)
      if best.map({ value > $0.value }) ?? true {
        best = Match(statement: statement, facts: facts[index], stems: near[index], value: value)
      }
    }
    return best
      ?? Match(
        statement: Statement(kind: .sentence, range: 0..<0, text: "", passage: 0, position: 0),
        facts: Facts(""), stems: StemSet([]), value: 0)
  }

  private static func stems(_ facts: Facts) -> [String] { facts.stems + facts.names }
}
