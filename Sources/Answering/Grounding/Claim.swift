import Retrieval

/// A sentence of an answer as it is held against the sources.
struct Claim: Sendable {
  let text: String
  let facts: Facts
  /// What can be looked up in sources in another language.
  let shared: SharedFacts
  /// Indices of the sources that are surely in another language.
  let foreign: Set<Int>
  /// Whether its own words tell its language, and not only what stands before it and the question.
  let isTelling: Bool

  /// - Parameters:
  ///   - before: what was written before it.
  ///   - asked: of the question, in whose language answers mostly are.
  init(_ text: String, after before: String, _ asked: LanguageTraces, _ sources: [GroundingSource]) {
    self.text = text
    facts = Facts(text)
    var traces = LanguageTraces(text)
    isTelling = traces.isTelling
    if !isTelling { traces = traces.joined(with: LanguageTraces(before)).joined(with: asked) }
    foreign = Set(sources.indices.filter { traces.isTelling && traces.differs(from: sources[$0].traces) })
    shared = SharedFacts(text, language: foreign.isEmpty ? nil : traces.likeliest)
  }

  /// Whether it says something that a source could say: more than a few words that lead over, and not what the sources lack.
  var isOne: Bool {
    if text.hasPrefix("#") || text.last == ":" || text.last == "?" { return false }
    if facts.stems.count + facts.numbers.count < 2 { return false }
    if facts.denials > 0, facts.stems.contains(where: Self.documents.contains) { return false }
    if !foreign.isEmpty, Self.speaksOfDocuments(text) { return false }
    return true
  }

  private static let documents = Set(["source", "document", "passage", "text", "context"].map(Words.stem))

  /// Whether it denies something of documents, in one of the languages in which that is known.
  private static func speaksOfDocuments(_ text: String) -> Bool {
    let words = Words.of(text)
    return words.contains(where: foreignDenials.contains)
      && words.contains { word in foreignDocuments.contains { word.hasPrefix($0) } }
  }

  private static let foreignDenials: Set = [
    "nicht", "kein", "keine", "keinen", "keiner", "nichts", "ne", "pas", "aucun", "aucune", "no", "ningún",
    "ninguna",
    "ninguno", "nada", "non", "nessun", "nessuna", "não", "nenhum", "nenhuma", "niet", "geen", "не", "нет",
    "ничего",
  ]
  /// Beginnings of words.
  private static let foreignDocuments = [
    "quelle", "dokument", "textstelle", "unterlage", "source", "document", "fuente", "documento", "fonte",
    "fonti",
    "bron", "источник", "документ",
  ]
}
