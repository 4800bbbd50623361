/// A question that a whole list answers: "What are the features of …?", "Which states can … have?", "How do I …?", where
/// the steps are numbered, and "What changed in 2.1?".
struct ListQuestion: Sendable, Equatable {
  enum Wanted: Sendable, Equatable {
    /// Things that a lead, a heading or a column calls by this stem.
    case things(String)
    /// Steps of a procedure.
    case steps
    /// What is listed under this version.
    case version(String)
  }

  let wanted: Wanted

  /// Fewest items of the list: a version may have brought one thing.
  var fewest: Int {
    if case .version = wanted { 1 } else { 2 }
  }

  /// Nil for a question that asks for one thing.
  init?(_ question: String) {
    let words = Words.of(question, keepsDots: true)
    if let version = VersionName.all(in: question).first, words.contains(where: Self.changes.contains) {
      wanted = .version(version.text)
    } else if let noun = Self.listed(words) {
      wanted = Self.procedures.contains(noun) ? .steps : .things(Words.stem(noun))
    } else if QuestionWords.asksHowTo(question) {
      wanted = .steps
    } else {
      return nil
    }
  }

  /// The plural of what is to be listed.
  private static func listed(_ words: [String]) -> String? {
    guard let first = words.first, ["what", "which", "list", "name", "show"].contains(first) else {
      return nil
    }
    var rest = words.dropFirst()
    let isDefinition = rest.first == "are"
    if isDefinition || ["list", "name", "show"].contains(first) {
      if isDefinition { rest = rest.dropFirst() }
      let determined = rest.first.map(Self.determiners.contains) ?? false
      // "What are robots?" asks what they are.
      guard determined || !isDefinition else { return nil }
      rest = rest.drop(while: Self.determiners.contains)
    } else if rest.first.map(Words.isCommon) != false {
      return nil
    }
    return rest.prefix(3).first { word in
      word.utf8.count > 3 && Words.hasPluralEnding(word)
        && !Words.isCommon(word)
    }
  }

  private static let determiners: Set<String> = [
    "the", "all", "your", "its", "their", "possible", "of", "me",
  ]
  private static let procedures: Set<String> = ["steps", "stages", "phases", "instructions"]
  static let changes: Set<String> = [
    "new", "changed", "changes", "change", "added", "fixed", "removed", "fixes", "additions", "dropped",
  ]
}

extension StatementOutline {
  /// Part of a question's words, by their rarity, that what stands above a list must hold for the list to answer it.
  private static let leastCoverage = 0.7
  /// Most words and statements of a list that answers a question as a whole, and most words of steps, which say little
  /// without the others.
  private static let listWords = 120
  private static let stepWords = 240
  private static let listStatements = 15

  /// The list that answers a question as a whole, with the sentence that introduces it; nil where there is none, or where
  /// it is too long.
  ///
  /// - Parameters:
  ///   - ranked: best first; of several lists the one that ranks best is taken.
  ///   - headings: what can be looked for in the title and the headings of each passage.
  ///   - rarity: weight of each stem of the question.
  func list(
    for question: ListQuestion, _ ranked: [RankedStatement], headings: [Set<String>], rarity: [String: Double]
  ) -> [Statement]? {
    var seen: Set<[Int]> = []
    for item in ranked where item.statement.kind == .item || item.statement.kind == .row {
      let list = block(around: item.statement)
      guard list.count >= question.fewest, seen.insert([list[0].passage, list[0].position]).inserted,
        list.count <= Self.listStatements,
        list.reduce(0, { $0 + $1.words }) <= (question.wanted == .steps ? Self.stepWords : Self.listWords),
        announces(list, question, headings[list[0].passage], rarity)
      else { continue }
      return (lead(toList: list[0]).map { [$0] } ?? []) + list
    }
    return nil
  }

  /// Whether what stands above a list says that it is the one that was asked for.
  private func announces(
    _ list: [Statement], _ question: ListQuestion, _ headings: Set<String>, _ rarity: [String: Double]
  ) -> Bool {
    let first = list[0]
    var near = Words.terms(first.section)
    if let lead = lead(toList: first) { near.formUnion(Words.terms(lead.text)) }
    if first.kind == .row, let columns = columns(of: first) {
      near.formUnion(Words.terms(columns.joined(separator: " ")))
    }
    let all = near.union(headings)
    func covered(_ terms: Set<String>) -> Double {
      let total = rarity.values.reduce(0, +)
      return total > 0 ? rarity.reduce(0) { $0 + (terms.contains($1.key) ? $1.value : 0) } / total : 0
    }
    switch question.wanted {
    case .version(let version):
      return first.kind == .item && (first.section.isEmpty ? headings : near).contains(version)
    case .steps:
      return first.isStep && covered(all.union(["step"])) >= Self.leastCoverage
    case .things(let noun):
      // A title names what all of a document is about.
      return (near.contains(noun) || (first.section.isEmpty && headings.contains(noun)))
        && covered(all) >= Self.leastCoverage
    }
  }

  /// The sentence right before a list that says what it lists.
  private func lead(toList first: Statement) -> Statement? {
    var place = first
    while let previous = before(place), previous.kind == .head { place = previous }
    guard let lead = before(place), lead.kind == .sentence,
      lead.text.last == ":" || lead.section == first.section
    else { return nil }
    return lead
  }
}
