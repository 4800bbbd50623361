import Models

/// Fits earlier turns into what a model's window has left: the newest stay whole, of older questions a line each is
/// kept, and what is older still is dropped.
struct HistoryWindow {
  /// Turns that alternate and begin with the user's, as some servers demand.
  let turns: [Turn]

  /// Most tokens of history, however large the window: older turns seldom help and always cost.
  static let limit = 16_000
  /// Tokens that a message costs besides its text.
  static let overhead = 4
  private static let digestQuestions = 12
  private static let digestCharacters = 120

  init(_ history: [Turn], tokens budget: Int, counter: any TokenCounter) {
    let turns = Self.alternating(history)
    let budget = min(budget, Self.limit)
    let costs = turns.map { counter.count($0.text) + Self.overhead }
    if costs.reduce(0, +) <= budget {
      self.turns = turns
      return
    }
    // A tenth is for what is left out.
    var left = budget - budget / 10
    var first = turns.count
    while first > 0, costs[first - 1] <= left {
      first -= 1
      left -= costs[first]
    }
    if first < turns.count, turns[first].role == .assistant { first += 1 }
    var kept = Array(turns[first...])
    let questions = turns[..<first].filter { $0.role == .user }
    if let digest = Self.digest(questions, tokens: budget / 10, counter: counter) {
      if kept.isEmpty {
        kept = [.user(digest)]
      } else {
        kept[0].text = digest + "\n\n" + kept[0].text
      }
    }
    self.turns = kept
  }

  /// Turns of one person in a row become one; marks of citations, which mean other sources now, are taken out.
  private static func alternating(_ history: [Turn]) -> [Turn] {
    var turns: [Turn] = []
    for var turn in history where !turn.text.allSatisfy(\.isWhitespace) {
      if turn.role == .assistant { turn.text = CitationMarks(turn.text, sources: 0).text }
      if let last = turns.last, last.role == turn.role {
        turns[turns.count - 1].text += "\n\n" + turn.text
      } else if turn.role == .user || !turns.isEmpty {
        turns.append(turn)
      }
    }
    return turns
  }

  /// The beginnings of the last questions that were left out; nil where not even one fits.
  private static func digest(_ questions: [Turn], tokens: Int, counter: any TokenCounter) -> String? {
    var lines: [String] = []
    var left = tokens - 12
    for question in questions.suffix(digestQuestions).reversed() {
      let line = question.text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      let text = "- " + line.prefix(digestCharacters) + (line.count > digestCharacters ? "…" : "")
      left -= counter.count(text)
      guard left >= 0 else { break }
      lines.append(text)
    }
    guard !lines.isEmpty else { return nil }
    return "Earlier in this conversation I asked:\n" + lines.reversed().joined(separator: "\n")
  }
}
