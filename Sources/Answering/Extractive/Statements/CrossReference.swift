import Retrieval

/// An entry of a glossary or an index that only names the entry where a thing is explained: `GIL` above
/// `See global interpreter lock.`
struct CrossReference: Sendable, Equatable {
  /// Stems of each name of the thing.
  let names: [[String]]
  /// The name that it is explained under.
  let target: String

  /// Longest text of such an entry, in words.
  private static let longest = 8

  /// Nil for a statement of another form.
  init?(_ statement: Statement) {
    guard let (names, text) = Definition.parts(of: statement), let target = Self.target(in: text) else {
      return nil
    }
    self.names = names
    self.target = target
  }

  /// What a text refers to that says nothing else.
  static func target(in text: String) -> String? {
    let words = Words.spaced(text)
    guard (2...longest).contains(words.count), words[0].lowercased() == "see", words[1].lowercased() != "also"
    else {
      return nil
    }
    let target = words.dropFirst().joined(separator: " ")
    return String(target.prefix { $0 != "." && $0 != ";" && $0 != "," })
  }
}

extension ExtractiveAnswerer {
  /// A question for what something is, put to the name under which the passages say that it is explained; nil where none of
  /// them refers to another name, or one explains the thing under its own.
  func redirected(_ question: ReadQuestion, by passages: [Passage]) -> String? {
    let words = question.words
    guard words.expectation == .definition, !question.places.namesOption else { return nil }
    var target: String?
    for passage in passages {
      for item in reader.read(passage).statements {
        if let definition = item.definition, words.names.contains(where: { definition.defines($0) }) {
          return nil
        }
        guard target == nil, item.isReference, let reference = CrossReference(item.statement) else {
          continue
        }
        if words.names.contains(where: reference.names.contains) { target = reference.target }
      }
    }
    guard let target, !QuestionWords(target).stems.elementsEqual(words.stems) else { return nil }
    return words.asksUse ? "What does \(target) do?" : "What is \(target)?"
  }
}
