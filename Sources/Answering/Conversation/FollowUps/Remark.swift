/// What is left of a message without the words that only say how it is meant: "ok thanks, and on Windows?", "no, I
/// meant the client".
struct Remark: Equatable {
  let text: String
  /// Whether it mends the question before.
  let isCorrection: Bool
  /// What that is said not to be about: Y of "I meant X, not Y".
  let instead: String?

  init(_ message: String) {
    var tokens = message.split(whereSeparator: \.isWhitespace)[...]
    var words = tokens.map(FollowUp.word)[...]
    var refuses = false
    while tokens.count > 1, let first = tokens.first, let word = words.first {
      let isApart = first.last.map { ",.!;:-–—…".contains($0) } ?? false
      // "No, …" and "no i meant …", but not "no parking".
      let isNo =
        Self.refusals.contains(word)
        && (isApart || Self.meaning.contains { words.dropFirst().starts(with: $0) })
      guard isNo || Self.interjections.contains(word) || (isApart && Self.praise.contains(word)) else {
        break
      }
      refuses = refuses || isNo
      (tokens, words) = (tokens.dropFirst(), words.dropFirst())
    }
    var isCorrection = false
    if let said = Self.meaning.first(where: { words.starts(with: $0) && words.count > $0.count }) {
      isCorrection = true
      (tokens, words) = (tokens.dropFirst(said.count), words.dropFirst(said.count))
    } else if let said = Self.meaning.first(where: {
      words.count > $0.count && words.suffix($0.count).elementsEqual($0)
    }) {
      isCorrection = true
      (tokens, words) = (tokens.dropLast(said.count), words.dropLast(said.count))
    }
    // Without these words it is as it was written.
    guard isCorrection || tokens.count < message.split(whereSeparator: \.isWhitespace).count else {
      (text, self.isCorrection, instead) = (message, false, nil)
      return
    }
    var instead: String?
    if isCorrection, let place = words.dropFirst().firstIndex(of: "not"), place + 1 < words.endIndex,
      words.endIndex - place <= 5
    {
      instead = FollowUp.trimmed(tokens[(place + 1)...].joined(separator: " "))
      tokens = tokens[..<place]
    }
    text = Self.trimmedEnd(tokens.joined(separator: " "))
    self.isCorrection = isCorrection && !text.isEmpty
    self.instead = instead
  }

  private static func trimmedEnd(_ text: String) -> String {
    var text = text
    while let last = text.last, ",;:-".contains(last) { text.removeLast() }
    return text
  }

  private static let interjections: Set<String> = [
    "ok", "okay", "thanks", "thx", "ty", "sorry", "oh", "ah", "hm", "hmm", "ahh", "ohh", "oops",
  ]
  private static let praise: Set<String> = [
    "great", "good", "nice", "cool", "perfect", "awesome", "excellent", "right", "yes", "yeah", "yep", "well",
    "alright", "actually", "interesting", "understood",
  ]
  private static let refusals: Set<String> = ["no", "nope", "nah"]
  private static let meaning = [
    ["i", "meant"], ["i", "mean"], ["i", "actually", "meant"], ["i", "actually", "mean"],
    ["i'm", "talking", "about"], ["im", "talking", "about"], ["i", "was", "asking", "about"],
    ["i", "was", "talking", "about"],
  ]
}
