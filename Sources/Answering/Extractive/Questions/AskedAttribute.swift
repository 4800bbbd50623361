/// What a question asks of one thing that it names: `default` of `work_mem`, for "What is the default value of work_mem?".
///
/// Manuals have an entry for each such thing and name it at the top of the entry alone: "The default is four megabytes."
struct AskedAttribute: Sendable, Equatable {
  /// Stems of which a statement that answers holds one.
  let stems: Set<String>
  /// Stems by which the thing may be named.
  let names: [[String]]

  /// Nil for a question of another form.
  ///
  /// - Parameter words: the words of the question, in lower case.
  init?(_ words: [String]) {
    guard let (attribute, thing) = Self.parts(of: words) else { return nil }
    let asked = attribute.filter { !Self.values.contains($0) && !Words.isCommon($0) }
    let named = thing.drop { Words.articles.contains($0) }.prefix { !Self.places.contains($0) }
    guard (1...Self.attributeWords).contains(asked.count), (1...Self.thingWords).contains(named.count),
      asked.allSatisfy({ !Self.others.contains($0) })
    else { return nil }
    stems = Set(asked.flatMap { Self.limits[$0] ?? [$0] }.map(Words.stem))
    names = QuestionWords.names(of: named).map { $0.map(Words.stem) }
  }

  /// Whether a statement is part of the entry of the thing and says what was asked of it.
  ///
  /// - Parameter headings: what can be looked for in the headings above its passage.
  func isTold(by item: ReadStatement, under headings: Set<String>) -> Bool {
    !stems.isDisjoint(with: item.terms)
      && item.entries.contains { entry in
        names.contains { Definition.isName(entry, of: $0, under: headings) }
      }
  }

  private static func parts(of words: [String]) -> (attribute: [String], thing: [String])? {
    guard let first = words.first else { return nil }
    if first == "what", words.count > 4, words[1] == "does", words.last == "to",
      words[words.count - 2] == "default"
    {
      return (["default"], Array(words[2..<(words.count - 2)]))
    }
    var rest = words[...]
    if first == "whats" {
      rest = rest.dropFirst()
    } else if ["what", "which"].contains(first), words.count > 1, ["is", "are"].contains(words[1]) {
      rest = rest.dropFirst(2)
    } else {
      return nil
    }
    rest = rest.drop { Words.articles.contains($0) }
    if let relation = rest.firstIndex(where: { ["of", "for"].contains($0) }) {
      return (Array(rest[..<relation]), Array(rest[(relation + 1)...]))
    }
    guard let limit = rest.first, limits[limit] != nil else { return nil }
    return ([limit], rest.dropFirst().filter { !values.contains($0) })
  }

  private static let attributeWords = 2
  private static let thingWords = 5
  /// What every attribute has.
  private static let values: Set<String> = ["value", "values", "setting", "settings"]
  /// What is asked of a thing when it is to be defined or compared.
  private static let others: Set<String> = [
    "purpose", "meaning", "role", "use", "point", "difference", "differences",
  ]
  /// Words with which a thing ends and the place begins where it is looked for.
  private static let places: Set<String> = ["in", "on", "at", "of", "when", "if", "with"]
  /// Attributes that are asked for without "of", each with the words that tell it.
  private static let limits: [String: [String]] = [
    "default": ["default"],
    "maximum": ["maximum", "max", "most", "exceed"], "max": ["maximum", "max", "most", "exceed"],
    "minimum": ["minimum", "min", "least"], "min": ["minimum", "min", "least"],
  ]
}
