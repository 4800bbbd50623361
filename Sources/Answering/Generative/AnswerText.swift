/// The text of an answer that comes in pieces: without white space around it, marks checked, and a refusal never
/// followed by anything.
struct AnswerText {
  /// What has been given out.
  private(set) var text = ""
  private(set) var isRefusal = false
  private var filter: CitationFilter
  /// White space that is part of the text only if something follows, or what may become the refusal.
  private var held = ""

  init(sources: Int) {
    filter = CitationFilter(sources: sources)
  }

  /// Index of the source of each number in the text.
  var sources: [Int] { filter.sources }

  /// Sources that a mark may name.
  var sourceCount: Int { filter.count }

  mutating func addSources(_ count: Int) { filter.count += count }

  /// What can be shown after `piece`.
  mutating func add(_ piece: String) -> String { show(filter.add(piece)) }

  /// What is left to be shown at the end.
  mutating func finish() -> String {
    let last = show(filter.finish())
    guard !isRefusal else { return last }
    let rest = held.trimmed
    held = ""
    // White space alone was held back to be dropped.
    guard !rest.isEmpty, text.isEmpty else { return last }
    text += rest
    return last + rest
  }

  private mutating func show(_ piece: String) -> String {
    guard !isRefusal else { return "" }
    held += piece
    if text.isEmpty {
      held = String(held.drop { $0.isWhitespace })
      if held.hasPrefix(ExtractiveAnswerer.refusal) {
        isRefusal = true
        held = ""
        text = ExtractiveAnswerer.refusal
        return text
      }
      if ExtractiveAnswerer.refusal.hasPrefix(held) { return "" }
    }
    guard let last = held.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    let shown = String(held[...last])
    held = String(held[held.index(after: last)...])
    text += shown
    return shown
  }
}
