import Retrieval

/// Takes along what follows an answer in its section, where a question wants more than a fact: how something is done, why
/// it is so, or what tells two things apart mostly takes more than the sentence that comes nearest to the question.
struct ReadingOn: Sendable {
  /// Most words of the answer, code not counted.
  private let words: Int
  private let takesCode: Bool

  /// Most words for what the reader wants to do, and for all others.
  private static let instruction = 130
  private static let explanation = 60
  /// Most words where code is among them: what comes behind it mostly speaks of something else.
  private static let aroundCode = 70
  /// Most blocks of code.
  private static let codes = 2
  /// Chunks that are joined at most to the one in which the answer stands.
  private static let most = 2

  /// Nil for a question that wants a fact, or no more than yes or no.
  init?(_ question: ReadQuestion) {
    if question.asksHowTo {
      // "Can I …?" may end with a no.
      words = question.wantsCode ? Self.instruction : Self.explanation
    } else if question.words.explanation != nil || question.words.comparison != nil
      || question.words.expectation == .definition
    {
      words = Self.explanation
    } else {
      return nil
    }
    takesCode = question.wantsCode
  }

  /// An answer with what fits of the text behind its first statement, in the next chunks, too.
  func extended(_ chosen: ChosenStatements, from index: (any PassageIndex)?) async -> ChosenStatements {
    var chosen = chosen
    guard !extend(&chosen), let index, chosen.leadingPassage.chunks == nil else { return chosen }
    let first = chosen.leadingPassage.ordinal
    for ordinal in (first + 1)...(first + Self.most) {
      // An index that fails costs the rest, not the answer.
      guard var longer = try? await index.joined(chosen.leadingPassage, to: ordinal) else { break }
      longer.chunks = ordinal - first + 1
      guard chosen.replaceLeadingPassage(with: longer), !extend(&chosen) else { break }
    }
    return chosen
  }

  /// Adds what fits.
  ///
  /// - Returns: whether the answer ends there; false where the passage did before.
  private func extend(_ chosen: inout ChosenStatements) -> Bool {
    let lead = chosen.statements[0]
    var place = lead
    var count = chosen.statements.reduce(0) { $0 + ($1.kind == .code ? 0 : $1.words) }
    var codes = chosen.statements.count { $0.kind == .code }
    while let next = chosen.outline.after(place) {
      defer { place = next }
      if chosen.statements.contains(next) { continue }
      guard next.entryPlace == lead.entryPlace, !next.refersElsewhere else { return true }
      switch next.kind {
      case .heading, .head, .row: return true
      case .code:
        guard takesCode, codes < Self.codes, chosen.outline.isShort([next]) else { return true }
        codes += 1
      case .sentence, .item:
        count += next.words
        guard count <= (codes > 0 ? min(words, Self.aroundCode) : words), goesOn(next, after: place, lead),
          !leadsNowhere(next, chosen.outline, codes)
        else { return true }
        if chosen.statements.contains(where: { Repetition.isOne($0, next) }) { return true }
      }
      chosen.statements.append(next)
    }
    return false
  }

  /// Whether a statement belongs to the answer. A line that ends as no sentence does is a caption, or names what comes next.
  /// Of items the next step does; a further point mostly speaks of something else, and what a colon leads to is taken whole
  /// or not at all.
  private func goesOn(_ next: Statement, after place: Statement, _ lead: Statement) -> Bool {
    guard next.kind == .item else {
      return next.text.last.map { !($0.isASCII && ($0.isLetter || $0.isNumber)) } ?? false
    }
    return lead.kind == .item ? next.isStep : place.text.last != ":"
  }

  /// Whether it leads to code that would not be part of the answer, or to what the passage does not hold.
  private func leadsNowhere(_ next: Statement, _ outline: StatementOutline, _ codes: Int) -> Bool {
    outline.codeLed(by: next).map { !takesCode || !$0.isShort || codes >= Self.codes }
      ?? outline.isLeftOpen(next)
  }
}
