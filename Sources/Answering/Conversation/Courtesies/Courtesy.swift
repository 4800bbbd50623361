import Models

/// A message that asks for nothing that documents could answer: a greeting, thanks, a farewell, or what can be asked.
///
/// Only messages that consist of known phrases and nothing else are courtesies: "hello world program" is none.
public struct Courtesy: Sendable, Equatable {
  enum Kind: Sendable, Hashable {
    case greeting
    /// Who or what answers here, and what it can do.
    case introduction
    case thanks
    case farewell
    /// "Ok", "great": that an answer was heard.
    case acknowledgement
  }

  enum Language: Sendable {
    case english, german, french, spanish
  }

  /// At least one.
  let kinds: Set<Kind>
  let language: Language

  /// Phrases that one message may consist of.
  private static let most = 4

  /// Nil for a message that is anything more.
  public init?(_ message: String) {
    // Nothing that long is a courtesy, and most questions are looked at no further.
    guard message.utf8.count <= 120 else { return nil }
    var words = Words.of(message).map(Self.plain)[...]
    var kinds: Set<Kind> = []
    var language: Language?
    for _ in 0..<Self.most where !words.isEmpty {
      guard let (length, phrase) = CourtesyPhrases.longest(in: words) else { return nil }
      kinds.insert(phrase.kind)
      language = language ?? phrase.language
      words = words.dropFirst(length)
    }
    guard words.isEmpty, !kinds.isEmpty else { return nil }
    self.kinds = kinds
    self.language = language ?? .english
  }

  /// Nil also for what may be meant for the answer before: "ok" after "Shall I delete it?" is no courtesy.
  init?(_ message: String, after history: some BidirectionalCollection<Turn>) {
    self.init(message)
    if kinds == [.acknowledgement], let last = history.last, last.role == .assistant, last.text.contains("?")
    {
      return nil
    }
  }

  /// The turns that say something: courtesies are left out with what was said in return, so that no later question is
  /// taken to be about them.
  static func removed(from history: [Turn]) -> [Turn] {
    var kept: [Turn] = []
    var isReturn = false
    for (index, turn) in history.enumerated() {
      if turn.role == .user {
        isReturn = Courtesy(turn.text, after: history[..<index]) != nil
      }
      if !isReturn { kept.append(turn) }
      if turn.role == .assistant { isReturn = false }
    }
    return kept
  }

  /// A word without accents, as many people write it.
  private static func plain(_ word: String) -> String {
    guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return word }
    return word.map { accents[$0] ?? String($0) }.joined()
  }

  private static let accents: [Character: String] = [
    "á": "a", "à": "a", "â": "a", "ä": "a", "é": "e", "è": "e", "ê": "e", "í": "i", "î": "i", "ó": "o",
    "ô": "o",
    "ö": "o", "ú": "u", "û": "u", "ü": "u", "ñ": "n", "ç": "c", "ß": "ss",
  ]
}
