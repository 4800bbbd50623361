/// The two things whose difference a question asks for: "What is the difference between VACUUM and VACUUM FULL?", "json vs
/// jsonb", "How does a view differ from a table?", "Should I use TRUNCATE or DELETE?"
struct AskedComparison: Sendable, Equatable {
  /// A thing that is compared.
  struct Side: Sendable, Equatable {
    /// Words by which it may be named.
    let names: [[String]]
    /// Stems that all have to be there where it is spoken of.
    let stems: Set<String>

    init(_ words: some Collection<String>) {
      names = QuestionWords.names(of: Array(words))
      stems = Set(words.map(Words.stem))
    }
  }

  let sides: [Side]

  /// Nil for a question of another form.
  ///
  /// - Parameter words: the words of the question, in lower case.
  init?(_ words: [String]) {
    guard var (left, right) = Self.parts(of: words) else { return nil }
    left = left.drop { Words.articles.contains($0) }
    right = right.drop { Words.articles.contains($0) }
    guard (1...Self.longest).contains(left.count), (1...Self.longest).contains(right.count), left != right
    else { return nil }
    sides = [Side(left), Side(right)]
  }

  /// Which of the two a statement says something of by its form, or speaks of beside the other.
  func sides(toldBy item: ReadStatement) -> Set<Int> {
    if sides.allSatisfy({ $0.stems.isSubset(of: item.terms) }) { return Set(sides.indices) }
    return Set(sides.indices.filter { isTold(sides[$0], by: item) })
  }

  /// How far a statement tells the two apart, 0 to 1: 1 where it speaks of both and sets one against the other, less where
  /// it only says what one of them is or does, or names both.
  func degree(of item: ReadStatement) -> Double {
    // Of "VACUUM" and "VACUUM FULL" every statement about the second holds the first.
    let holdsBoth = sides.allSatisfy { $0.stems.isSubset(of: item.terms) }
    let contrasts = item.stems.contains(where: Self.contrasts.contains)
    if holdsBoth, contrasts { return 1 }
    let says = sides.contains { isTold($0, by: item) }
    return says ? Self.oneSide : holdsBoth ? Self.both : 0
  }

  /// Whether a statement begins with the thing and what it is or does.
  private func isTold(_ side: Side, by item: ReadStatement) -> Bool {
    side.names.contains { name in
      SubjectOpening.predicate(of: name, in: item.opening) != nil
        || item.definition?.defines(name.map(Words.stem)) == true
    }
  }

  private static func parts(of words: [String]) -> (ArraySlice<String>, ArraySlice<String>)? {
    func split(_ words: ArraySlice<String>, at separators: Set<String>) -> (
      ArraySlice<String>, ArraySlice<String>
    )? {
      words.firstIndex(where: separators.contains).map { (words[..<$0], words[($0 + 1)...]) }
    }
    if let between = words.firstIndex(of: "between"),
      words[..<between].contains(where: ["difference", "differences", "distinction"].contains)
    {
      return split(words[(between + 1)...], at: ["and", "vs", "versus"])
    }
    if words.contains("vs") || words.contains("versus") { return split(words[...], at: ["vs", "versus"]) }
    if words.first == "how", words.count > 1, ["do", "does", "is", "are"].contains(words[1]) {
      let rest = words.dropFirst(2).filter { !["differ", "different"].contains($0) }
      return rest.count < words.count - 2 ? split(rest[...], at: ["from"]) : nil
    }
    return choice(in: words)
  }

  /// X and Y of "Should I use X or Y to …?", "Which is faster, X or Y?".
  private static func choice(in words: [String]) -> (ArraySlice<String>, ArraySlice<String>)? {
    guard let or = words.firstIndex(of: "or"), or > 0,
      let start = words[..<or].lastIndex(where: choosing.contains)
    else { return nil }
    let right = words[(or + 1)...]
    return (words[(start + 1)..<or], right.prefix { !aims.contains($0) })
  }

  private static let longest = 4
  /// What stands before two things of which the reader wants one.
  private static let choosing: Set<String> = [
    "use", "choose", "prefer", "pick", "better", "best", "faster", "safer", "cheaper", "quicker", "easier",
  ]
  /// What stands behind them, and says what for.
  private static let aims: Set<String> = [
    "to", "for", "when", "if", "in", "on", "with", "between", "as", "here", "now", "while", "at", "over",
  ]
  static let oneSide = 0.6
  private static let both = 0.3
  /// Stems of words that set things against each other.
  private static let contrasts = Set(
    [
      "whereas", "while", "unlike", "than", "instead", "contrast", "rather", "opposed", "difference",
      "differ",
    ].map(Words.stem))

  /// Words with which a comparison is asked for, and which say nothing of what is compared.
  static let asking: Set<String> = [
    "difference", "differences", "distinction", "differ", "different", "between", "vs", "versus", "better",
    "choose",
    "prefer", "pick",
  ]
}
