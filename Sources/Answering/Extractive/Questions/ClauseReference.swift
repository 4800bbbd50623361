import Retrieval

/// A numbered part of a document whose text a question asks for: "What does clause 4.2 say?", "§ 7".
struct ClauseReference: Sendable, Equatable {
  /// What the question calls it; names that documents use for the same kind of part are one.
  private let kind: String
  /// `4.2`, `7a`, or `iv` where the part is counted so.
  let number: String
  /// Words that say in which document it stands.
  let context: [String]

  /// Nil for a question that asks for something else, such as for a fact within such a part.
  init?(_ question: String) {
    let tokens = Self.tokens(question)
    guard let place = tokens.indices.first(where: { Self.reference(at: $0, of: tokens) != nil }),
      let found = Self.reference(at: place, of: tokens)
    else { return nil }
    let before = Self.words(tokens[..<place])
    var after = Self.words(tokens[found.end...])[...]
    // "of the lease" says where, "about the deposit" asks for something in it.
    var context: [String] = []
    if let first = after.first, ["of", "in", "from"].contains(first) {
      let named = after.prefix { !Self.asking.contains($0) }
      context = named.filter { !Words.isCommon($0) }
      after = after.dropFirst(named.count)
    }
    guard context.count <= Self.contextWords,
      (before + after).allSatisfy({ Words.isCommon($0) || Self.asking.contains($0) })
    else { return nil }
    (kind, number, self.context) = (found.kind, found.number, context)
  }

  /// What is searched for to find it.
  var query: String { ([number] + context).joined(separator: " ") }

  /// Whether a heading heads the part: "4.2 Deposit", "§ 7", "Article IV: Rent".
  func heads(_ title: String) -> Bool {
    let tokens = Self.tokens(title)
    if let named = Self.reference(at: 0, of: tokens) { return named.kind == kind && named.number == number }
    guard let first = tokens.first, !Self.named.contains(kind) else { return false }
    return Self.number(first) == number
  }

  /// Whether a statement is the beginning of the part: "4.2 The deposit …", "Article 7 Rent", or the item 7 of a list.
  func begins(_ statement: Statement) -> Bool {
    guard [.sentence, .item].contains(statement.kind) else { return false }
    if let marker = statement.marker { return !Self.named.contains(kind) && Self.number(marker) == number }
    guard let own = Self.clause(statement), own.number == number else { return false }
    return own.kind.map { $0 == kind } ?? !Self.named.contains(kind)
  }

  /// Whether a text names the part somewhere.
  func isNamed(in text: String) -> Bool {
    let tokens = Self.tokens(text)
    return tokens.indices.contains { index in
      Self.reference(at: index, of: tokens).map { $0.kind == kind && $0.number == number } ?? false
    }
  }

  /// Whether the document's title, its file or the headings hold the words that say in which one the part stands.
  func fits(_ passage: Passage) -> Bool {
    guard !context.isEmpty else { return true }
    let terms = passage.titleTerms
    return context.contains { terms.contains(Words.stem($0)) }
  }

  /// Whether a passage is a part of it, or holds its beginning.
  func stands(in passage: Passage) -> Bool {
    passage.headingPath.contains(where: heads)
      || Statement.statements(of: passage, at: 0).contains {
        $0.kind == .heading ? heads($0.line) : begins($0) && ($0.marker == nil || mayBeItem(of: passage))
      }
  }

  /// Whether the part may be an item of a list: many lists have a third item, which is the third clause of nothing, unless the
  /// question names the document.
  private func mayBeItem(of passage: Passage) -> Bool { !context.isEmpty && fits(passage) }

  /// The first statements of the part, in their order; empty where no passage holds it.
  ///
  /// - Parameters:
  ///   - all: statements of the passages.
  ///   - words: most words of what follows the first one.
  func opening(among all: [Statement], in passages: [Passage], words: Int) -> [Statement] {
    let parts = Dictionary(grouping: all, by: \.passage).mapValues { $0.sorted { $0.position < $1.position } }
    let order = passages.indices.sorted { first, second in
      let (fits, others) = (fits(passages[first]), fits(passages[second]))
      return fits != others ? fits : (first < second)
    }
    // A heading is surer than the number of an item, and of a section's passages the first one holds its beginning.
    let headed = order.first { passages[$0].headingPath.contains(where: heads) }.map { best in
      order.filter {
        passages[$0].documentID == passages[best].documentID
          && passages[$0].headingPath.contains(where: heads)
      }
      .min { passages[$0].start < passages[$1].start } ?? best
    }
    if let headed {
      let own = (parts[headed] ?? []).drop { $0.kind == .heading }
      if !own.isEmpty { return taken(own, words: words, endsAtClause: false) }
    }
    for passage in order {
      let own = parts[passage] ?? []
      if let heading = own.firstIndex(where: { $0.kind == .heading && heads($0.line) }) {
        let rest = own[(heading + 1)...].drop { $0.kind == .heading }
        if !rest.isEmpty { return taken(rest, words: words, endsAtClause: false) }
      }
      if let first = own.firstIndex(where: begins), own[first].marker == nil {
        return taken(own[first...], words: words, endsAtClause: true)
      }
    }
    for passage in order where mayBeItem(of: passages[passage]) {
      let own = parts[passage] ?? []
      if let item = own.first(where: begins) { return [item] }
    }
    return []
  }

  private func taken(_ statements: ArraySlice<Statement>, words: Int, endsAtClause: Bool) -> [Statement] {
    var taken: [Statement] = []
    var count = 0
    for statement in statements {
      if let first = taken.first {
        if statement.kind == .heading || endsAtClause && Self.clause(statement) != nil { break }
        count += statement.words
        if taken.count == Self.most || count > words || first.passage != statement.passage { break }
      }
      taken.append(statement)
    }
    return taken
  }

  /// Most statements that are taken for its beginning.
  private static let most = 4

  /// What a statement of a contract begins with: a number of two parts at least, or the name of a part and its number.
  private static func clause(_ statement: Statement) -> (kind: String?, number: String)? {
    let words = Words.spaced(String(statement.text.prefix(40)))
    guard let first = words.first else { return nil }
    if let named = reference(at: 0, of: tokens(words.prefix(3).joined(separator: " "))) {
      // "Section 3 applies" speaks of it.
      let isPart = first.hasPrefix("§") || words.dropFirst(named.end).first.map(begins) ?? true
      return isPart ? (named.kind, named.number) : nil
    }
    guard words.count > 1, let number = number(first), number.contains("."), begins(words[1]) else {
      return nil
    }
    return (nil, number)
  }

  /// Whether a text or a title may begin with a word.
  private static func begins(_ word: String) -> Bool {
    word.first.map { $0.isUppercase || !$0.isLetter && !$0.isNumber } ?? false
  }

  /// A part that is named at a place of some words, and the place behind it.
  private static func reference(at index: Int, of tokens: [String]) -> (
    kind: String, number: String, end: Int
  )? {
    guard index < tokens.count else { return nil }
    if tokens[index].first == "§" {
      let rest = tokens[index].drop { $0 == "§" }
      if !rest.isEmpty { return number(String(rest)).map { ("section", $0, index + 1) } }
    }
    guard let kind = kinds[tokens[index].lowercased()], index + 1 < tokens.count,
      let number = number(tokens[index + 1], allowsRoman: named.contains(kind))
    else { return nil }
    return (kind, number, index + 2)
  }

  private static func tokens(_ text: String) -> [String] {
    Words.spaced(text).map { token in
      let bare = token.drop { "([\"'“„".contains($0) }
      return String(bare.reversed().drop { "?!.,;:)]\"'”“".contains($0) }.reversed())
    }.filter { !$0.isEmpty }
  }

  private static func words(_ tokens: ArraySlice<String>) -> [String] { tokens.flatMap(Words.of) }

  /// `4.2`, `7`, `7a`; what stands in brackets behind it is a part of that.
  private static func number(_ token: String, allowsRoman: Bool = false) -> String? {
    var text = token.lowercased()[...]
    if let bracket = text.firstIndex(of: "(") { text = text[..<bracket] }
    while let last = text.last, ".:)".contains(last) { text = text.dropLast() }
    if allowsRoman, !text.isEmpty, text.count <= 6, text.allSatisfy({ "ivxl".contains($0) }) {
      return String(text)
    }
    if allowsRoman, text.count == 1, text.first?.isLetter == true { return String(text) }
    var digits = text
    if let last = digits.last, last.isASCII, last.isLetter { digits = digits.dropLast() }
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...5).contains(parts.count),
      parts.allSatisfy({ (1...3).contains($0.count) && $0.allSatisfy { ("0"..."9").contains($0) } })
    else { return nil }
    return String(text)
  }

  /// Most words that say in which document it stands.
  private static let contextWords = 4

  private static let kinds: [String: String] = [
    "§": "section", "§§": "section", "section": "section", "sec": "section", "clause": "section",
    "clauses": "section", "paragraph": "section", "para": "section", "subsection": "section",
    "article": "article", "art": "article", "chapter": "chapter", "part": "part", "annex": "annex",
    "appendix": "annex", "schedule": "schedule", "rule": "rule", "point": "section",
  ]
  /// Kinds that a heading names, and does not only number.
  private static let named: Set<String> = ["article", "part", "annex", "schedule"]
  /// What is asked of a part that wants its text.
  private static let asking: Set<String> = [
    "say", "says", "said", "state", "states", "stated", "cover", "covers", "covered", "contain", "contains",
    "regulate", "regulates", "provide", "provides", "require", "requires", "deal", "deals", "about", "under",
    "according", "text", "content", "contents", "wording", "written", "read", "reads", "summarise",
    "summarize",
    "summary", "show", "quote", "cite", "mean", "means", "stand", "stands",
  ]
}
