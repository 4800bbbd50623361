/// Tells the label that a paragraph begins with on its own line, and which says what the paragraph is about: "Funding. The
/// study was …", "What is covered. Your belongings …".
enum RunInLabel {
  /// Most words of a label, and of one that is a bare name: more would be a sentence as often.
  private static let most = (words: 4, name: 2)

  /// Whether the first sentence of a paragraph is a label of what follows.
  static func isLabel(_ sentence: ArraySlice<UInt8>) -> Bool {
    guard sentence.last == UInt8(ascii: "."), sentence.count <= 40 else { return false }
    let text = String(decoding: sentence.dropLast(), as: UTF8.self)
    let words = Words.spaced(text.lowercased())
    guard text.first?.isUppercase == true, let opening = words.first, words.count <= most.words,
      text.allSatisfy({ $0.isLetter || " -'’".contains($0) })
    else { return false }
    if asking.contains(opening) { return true }
    guard isName(opening), !answers.contains(opening) else { return false }
    let rest = words.dropFirst()
    if opening.hasSuffix("ing") { return rest.allSatisfy { isName($0) || linking.contains($0) || $0 == "a" } }
    return rest.allSatisfy { isName($0) || linking.contains($0) }
      && (words.count <= most.name || rest.contains(where: linking.contains))
  }

  private static func isName(_ word: String) -> Bool {
    !Words.isCommon(word) && !QuestionGrammar.auxiliaries.contains(word) && word != "not"
  }

  /// What a whole answer may consist of.
  private static let answers: Set<String> = [
    "yes", "no", "never", "always", "sometimes", "maybe", "perhaps", "please", "thanks", "sorry", "hello",
  ]
  private static let asking: Set<String> = ["what", "where", "how", "who", "when", "why", "which"]
  private static let linking: Set<String> = ["of", "to", "for", "and"]
}
