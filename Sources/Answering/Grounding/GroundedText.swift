import Models
import Retrieval

/// The text of an answer that comes in pieces, each sentence held against the sources when it ends.
///
/// Citations that a sentence lacks are added after it, and quotations that are none lose their marks. Text is given out
/// as it comes, but for what may become a quotation or a mark; where unsupported sentences are dropped, sentence by
/// sentence.
struct GroundedText: Sendable {
  private(set) var answer: AnswerText
  private(set) var sentences: [GroundedSentence] = []
  /// Sentences that were left out.
  private(set) var dropped = 0

  private var grounder: Grounder
  private var quotations: Quotations
  private var stream = SentenceStream()
  private let handling: UnsupportedSentences
  /// A sentence that is held back, with the white space before it.
  private var held = ""
  /// White space and the marker of a list's item before a sentence that was left out.
  private var lead = ""
  /// Statement that supports best what cites a source, by the source's index.
  private var statements: [Int: (statement: Statement, support: Double)] = [:]

  /// - Parameter quotable: what may be quoted though it is no source, such as the question.
  init(
    _ passages: [Passage], grounder: Grounder, quotable: [String] = [],
    unsupported handling: UnsupportedSentences
  ) {
    answer = AnswerText(sources: passages.count)
    self.grounder = grounder
    self.grounder.add(passages)
    self.handling = handling
    quotations = Quotations(from: quotable + passages.map(\.text), removesMarks: handling != .keep)
  }

  /// Index of the source of each number in the text.
  var sources: [Int] { answer.sources }

  /// The statement that a source is cited for; nil if it is not known.
  func statement(of source: Int) -> Statement? { statements[source]?.statement }

  mutating func add(sources passages: [Passage]) {
    answer.addSources(passages.count)
    grounder.add(passages)
    quotations.add(texts: passages.map(\.text))
  }

  /// Adds what a tool has done or knows, which an answer may say without citing it.
  mutating func add(_ use: ToolUse) {
    guard use.answers, !use.isError else { return }
    grounder.add(use)
    quotations.add(texts: [use.result.string ?? use.result.text])
  }

  /// What can be shown after `piece`.
  mutating func add(_ piece: String) async -> String {
    var shown = ""
    for step in stream.add(quotations.add(piece)) { shown += await take(step) }
    return shown
  }

  /// What is left to be shown at the end.
  mutating func finish() async -> String {
    var shown = ""
    for step in stream.add(quotations.finish()) + stream.finish() { shown += await take(step) }
    shown += answer.finish()
    if answer.isRefusal { sentences = [] }
    return shown
  }

  private mutating func take(_ step: SentenceStream.Step) async -> String {
    switch step {
    case .text(let text):
      guard handling == .drop else { return answer.add(text) }
      held += text
      return ""
    case .end("", _):
      return release()
    case .end(let sentence, let tail):
      return await judge(sentence, tail)
    }
  }

  /// - Parameter tail: the end of the sentence, after its last mark.
  private mutating func judge(_ sentence: String, _ tail: String) async -> String {
    guard !answer.isRefusal else { return "" }
    let cited = CitationMarks(sentence, sources: answer.sourceCount).sources
    let verdict = await grounder.verdict(on: Self.withoutMarker(sentence), cited: cited, after: answer.text)
    if handling == .drop, !verdict.isSupported {
      dropped += 1
      let own = String(held.prefix { $0.isWhitespace }) + Self.marker(of: sentence)
      if lead.isEmpty || own.contains(where: \.isNewline) { lead = own }
      held = ""
      return ""
    }
    var shown = release()
    if let missing = verdict.missing {
      // Beside a mark that is there, also where the full stop comes after it.
      let end = Array(answer.text.suffix(80))[...]
      let hasMark = SentenceStream.withoutMarks(end).count < end.count
      shown += answer.add((hasMark ? "" : " ") + "[\(missing + 1)]")
    }
    shown += answer.add(tail)
    let support = verdict.support ?? 0
    for (source, statement) in verdict.statements where !statement.text.isEmpty {
      if statements[source].map({ $0.support < support }) ?? true {
        statements[source] = (statement, support)
      }
    }
    note(sentence, verdict, cited: cited + (verdict.missing.map { [$0] } ?? []))
    return shown
  }

  /// Gives out what is held back.
  private mutating func release() -> String {
    defer {
      held = ""
      lead = ""
    }
    guard !lead.isEmpty else { return answer.add(held) }
    let space = held.prefix { $0.isWhitespace }
    // The first sentence of an item was left out: what follows it begins the item.
    return answer.add(space.contains(where: \.isNewline) ? held : lead + held.dropFirst(space.count))
  }

  private mutating func note(_ sentence: String, _ verdict: Grounder.Verdict, cited: [Int]) {
    let text = Array(answer.text.unicodeScalars)
    var start = sentences.last?.end ?? 0
    while start < text.count, text[start].properties.isWhitespace { start += 1 }
    start = min(start + Self.marker(of: sentence).unicodeScalars.count, text.count)
    guard start < text.count else { return }
    let wrong = quotations.misquoted.filter { sentence.contains($0) }
    sentences.append(
      GroundedSentence(
        start: start, end: text.count, support: verdict.support.map { ($0 * 1000).rounded() / 1000 },
        isSupported: verdict.isSupported, isUnchecked: verdict.isUnchecked,
        citations: cited.compactMap { source in answer.sources.firstIndex(of: source).map { $0 + 1 } },
        misquoted: wrong))
  }

  private static func withoutMarker(_ sentence: String) -> String {
    String(sentence.dropFirst(marker(of: sentence).count))
  }

  /// What makes the line an item of a list or a quoted one: `- `, `* `, `> `, `2. `.
  static func marker(of sentence: String) -> String {
    var marker = ""
    var rest = sentence[...]
    while true {
      let sign = rest.prefix { "-*+•>".contains($0) }
      let digits = rest.prefix { ("0"..."9").contains($0) }
      let length =
        sign.count == 1
        ? 1
        : (1...3).contains(digits.count) && ".)".contains(rest.dropFirst(digits.count).first ?? "x")
          ? digits.count + 1 : 0
      guard length > 0, rest.dropFirst(length).first == " " else { return marker }
      let spaces = rest.dropFirst(length).prefix { $0 == " " }
      marker += rest.prefix(length) + spaces
      rest = rest.dropFirst(length + spaces.count)
    }
  }
}
