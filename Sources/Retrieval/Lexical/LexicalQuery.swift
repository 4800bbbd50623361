/// The words of a question, as terms of the lexical index. Whatever a question holds is data, never syntax: quotes
/// mark phrases, an unpaired one marks nothing.
public struct LexicalQuery: Sendable, Hashable {
  /// Most terms that are searched for; the first ones count.
  static let limit = 48
  /// Most phrases that are looked for.
  static let phraseLimit = 8

  /// Different terms, in the order of the question; stop words only where there is nothing else.
  public let terms: [String]
  /// What stood in quotes: sequences of two or more words.
  public let phrases: [[String]]

  public init(_ question: String, options: LexicalOptions = LexicalOptions()) {
    let tokenizer = LexicalTokenizer(stemming: options.stemming)
    let all = tokenizer.questionTerms(of: question)
    let ignored = StopWords.terms(options.stemming)
    let content = all.filter { !ignored.contains($0) }
    var seen: Set<String> = []
    terms = Array((content.isEmpty ? all : content).filter { seen.insert($0).inserted }.prefix(Self.limit))
    phrases = Array(
      Self.quoted(in: question).map { Array(tokenizer.sequence(of: String($0)).prefix(Self.limit)) }
        .filter { $0.count > 1 }.prefix(Self.phraseLimit))
  }

  /// What stands between quotes of one kind, in its order.
  static func quoted(in question: String) -> [Substring] {
    var found: [Substring] = []
    var rest = question[...]
    // What is missing once is missing from there on: it is not looked for again.
    var missing: Set<Character> = []
    while let start = rest.firstIndex(where: { closing($0) != nil }) {
      let opened = rest[rest.index(after: start)...]
      rest = opened
      guard let close = closing(question[start]), !missing.contains(close) else { continue }
      guard let end = opened.firstIndex(of: close) else {
        missing.insert(close)
        continue
      }
      found.append(opened[..<end])
      rest = opened[opened.index(after: end)...]
    }
    return found
  }

  /// The quote that ends what `quote` begins.
  private static func closing(_ quote: Character) -> Character? {
    switch quote {
    case "\"": "\""
    case "“": "”"
    case "„": "“"
    case "«": "»"
    case "「": "」"
    default: nil
    }
  }
}
