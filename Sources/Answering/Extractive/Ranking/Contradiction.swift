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
  /// Versions, of three parts and more, which are no numbers.
  private let versions: [VersionName]
  private let asks: Bool

  init(_ question: String) {
    let words = Words.of(question)
    let opening = words.first ?? ""
    asks = question.trimmed.hasSuffix("?") || Words.interrogatives.contains(opening)
    facts = Facts(question)
    // "Why is it not …" and "… if it does not" leave open whether a passage denies it too.
    supposes = words.contains("if")
    denies = opening != "why" && !supposes && words.contains(where: Self.denying.contains)
    numbers = Self.numbers(question)
    versions = VersionName.all(in: question).filter(\.isCertain)
  }

  /// - Parameter statement: the one of `passage` that answers best.
  func isMet(by statement: String, in passage: Passage) -> Bool {
    guard asks else { return false }
    let said = Facts(statement)
    if denies, said.denials == 0, !Self.withholds(statement) { return true }
    if lacksNumber(passage) { return true }
    // What is supposed may be the opposite of what is so.
    guard !supposes else { return false }
    let opposed = facts.stems.filter { !Opposites.of($0).isDisjoint(with: said.stems) }
    guard !opposed.isEmpty else { return false }
    let around = Facts(Self.text(of: passage))
    return opposed.contains { !around.stems.contains($0) && !around.names.contains($0) }
  }

  /// Whether the question names numbers and a passage with its headings lacks one of them.
  func lacksNumber(_ passage: Passage) -> Bool {
    guard namesNumber else { return false }
    let text = Self.text(of: passage)
    if !numbers.isSubset(of: Facts(text).numbers) { return true }
    let held = versions.isEmpty ? [] : VersionName.all(in: text)
    return !versions.allSatisfy { held.contains(where: $0.isBegun) }
  }

  /// Whether the question names a number that a passage may lack.
  var namesNumber: Bool { !numbers.isEmpty || !versions.isEmpty }

  private static func text(of passage: Passage) -> String {
    (passage.titles + [passage.text]).joined(separator: ". ")
  }

  /// Numbers of two digits and more that stand alone; one digit may be counted in words, and more often is.
  private static func numbers(_ question: String) -> Set<String> {
    // Most questions name none, and telling characters apart takes long.
    guard question.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return [] }
    let tokens = question.split { $0.isWhitespace || "?!()\"“”;:–—-/".contains($0) }
    let plain = tokens.filter { token in
      !isVersion(String(token)) && token.allSatisfy { ("0"..."9").contains($0) || ",.".contains($0) }
        && token.count(where: \.isNumber) > 1
    }
    return plain.reduce(into: []) { $0.formUnion(Facts(String($1)).numbers) }
  }

  private static func isVersion(_ word: String) -> Bool {
    word.split(separator: ".").count > 2 && word.allSatisfy { $0 == "." || $0.isNumber }
  }

  /// Whether a statement says in other words that something is not done or not so: "refused to", "non-violent".
  private static func withholds(_ statement: String) -> Bool {
    Words.of(statement).contains { word in word == "non" || withholding.contains { word.hasPrefix($0) } }
  }

  private static let withholding = [
    "refus", "reject", "prohibit", "forbid", "forbad", "bann", "oppos", "exclud", "distinguish", "refrain",
  ]
  private static let denying: Set<String> = [
    "not", "never", "cannot", "cant", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt", "werent", "wont",
    "wouldnt", "couldnt", "shouldnt", "hasnt", "havent", "hadnt", "nobody",
  ]
}
