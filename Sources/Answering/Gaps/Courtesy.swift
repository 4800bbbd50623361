/// Greetings and thanks, which ask for nothing that documents could answer.
enum Courtesy {
  /// Whether a message is nothing else.
  static func isAll(of message: String) -> Bool {
    let words = Words.of(message)
    return words.contains(where: signs.contains)
      && words.allSatisfy { signs.contains($0) || fill.contains($0) }
  }

  /// Words that make a message a courtesy.
  private static let signs: Set<String> = [
    "hello", "hi", "hey", "thanks", "thank", "thx", "bye", "goodbye", "ok", "okay", "cheers", "welcome",
    "morning",
    "evening", "afternoon", "night", "great", "cool", "nice", "perfect", "hallo", "danke", "merci", "gracias",
  ]
  /// What may stand beside them.
  private static let fill: Set<String> = [
    "good", "you", "very", "much", "a", "lot", "so", "there", "all", "for", "the", "your", "help", "many",
    "and",
    "that", "thats", "is", "was", "day", "have", "please", "again", "everyone", "bot", "answer",
  ]
}
