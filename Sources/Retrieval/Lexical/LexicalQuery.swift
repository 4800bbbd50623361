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

  /// What stands between quotes of one kind.
  static func quoted(in question: String) -> [Substring] {
    let closing: [Character: Character] = ["\"": "\"", "“": "”", "„": "“", "«": "»", "「": "」"]
    var found: [Substring] = []
    var rest = question[...]
    while let start = rest.firstIndex(where: { closing[$0] != nil }) {
      let opened = rest[rest.index(after: start)...]
      guard let close = closing[rest[start]], let end = opened.firstIndex(of: close) else {
        rest = opened
        continue
      }
      found.append(opened[..<end])
      rest = opened[opened.index(after: end)...]
    }
    return found
  }
}
