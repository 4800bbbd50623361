import Retrieval

/// What a question takes for granted, as far as a passage can contradict it: a denial, a number, one of two opposites.
///
/// Questions that look answerable but are not are often made so (Rajpurkar et al., "Know What You Don't Know", ACL 2018).
/// A text that asks nothing takes nothing for granted: a claim is answered by what contradicts it, too.
struct Contradiction: Sendable {
  private let facts: Facts
  private let denies: Bool
  /// Whether the question supposes something rather than taking it for granted.
  private let supposes: Bool
  private let numbers: Set<String>
  private let asks: Bool

  init(_ question: String) {
    let words = Words.of(question)
    let opening = words.first ?? ""
    asks = question.trimmed.hasSuffix("?") || Self.openings.contains(opening)
    facts = Facts(question)
    // "Why is it not …" and "… if it does not" leave open whether a passage denies it too.
    supposes = words.contains("if")
    denies = opening != "why" && !supposes && words.contains(where: Self.denying.contains)
    numbers = Self.numbers(question)
  }

  /// - Parameter statement: the one of `passage` that answers best.
  func isMet(by statement: String, in passage: Passage) -> Bool {
    guard asks else { return false }
    let said = Facts(statement)
    if denies, said.denials == 0 { return true }
    let headings = ([passage.title ?? ""] + passage.headingPath).joined(separator: ". ")
    let around = Facts(headings + ". " + passage.text)
    if !numbers.isSubset(of: around.numbers) { return true }
    // What is supposed may be the opposite of what is so.
    guard !supposes else { return false }
    let stems = Set(around.stems).union(around.names)
    return facts.stems.contains { stem in
      !stems.contains(stem) && !Opposites.of(stem).isDisjoint(with: said.stems)
    }
  }

  /// Numbers of two digits and more that stand alone; one digit may be counted in words, and more often is.
  private static func numbers(_ question: String) -> Set<String> {
    let tokens = question.split { $0.isWhitespace || "?!()\"“”;:–—-/".contains($0) }
    let plain = tokens.filter { token in
      token.allSatisfy { ("0"..."9").contains($0) || ",.".contains($0) } && token.count(where: \.isNumber) > 1
    }
    return plain.reduce(into: []) { $0.formUnion(Facts(String($1)).numbers) }
  }

  private static let openings: Set<String> = [
    "who", "whom", "whose", "what", "which", "when", "where", "why", "how",
  ]
  private static let denying: Set<String> = [
    "not", "never", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont",
    "wouldnt", "couldnt", "shouldnt", "hasnt", "havent", "hadnt", "nobody",
  ]
}
