import Retrieval

/// A function, a setting or the like that a question asks about by its name in code: "What does url_for do?", "What is the
/// default of max-cache-size?". Searches by meaning do not know such names, and the texts that use one are many; the one
/// that defines it has an entry for it.
struct EntryReference: Sendable, Equatable {
  private let name: CodeName
  /// Stems by which its entry may name it.
  private let names: [[String]]
  /// Whether it asks what the thing is or does, which is what an entry begins with.
  let asksDefinition: Bool

  /// Nil for a question that names none or several, or asks for something else than what it is or does, or is set to.
  init?(_ question: QuestionWords) {
    asksDefinition = question.expectation == .definition
    guard asksDefinition || question.attribute != nil, question.codeNames.count == 1 else { return nil }
    name = question.codeNames[0]
    names = [name.words, Words.of(name.own)].map { $0.map(Words.stem) }
  }

  /// What is searched for to find the entry.
  var query: String { name.own }

  /// Whether a passage holds the entry, or the beginning of it.
  func stands(in passage: Passage) -> Bool {
    guard passage.text.contains(name.own) else { return false }
    return Statement.statements(of: passage, at: 0).contains { Definition($0).map(isEntry) ?? false }
  }

  /// Whether a definition is that of the thing.
  func isEntry(_ definition: Definition) -> Bool { names.contains { definition.defines($0) } }
}
