import Models
import Synchronization

/// Takes passages apart into sentences, and remembers those that it took apart.
final class PassageSentences: Sendable {
  /// Letters of a line, such as one of a table, that is read as one sentence.
  private static let longest = 1000

  private let memory: Mutex<RecentlyUsed<ContextualText, [ContextualText]>>

  /// - Parameter limit: sentences that are kept at least; at most twice as many. 4,096 take some 2 MB.
  init(limit: Int = 4096) {
    memory = Mutex(RecentlyUsed(limit: limit))
  }

  /// The sentences of a passage under its title and heading; never none.
  func sentences(of passage: Passage) -> [ContextualText] {
    let context = ContextualText.context(passage.title, passage.headingPath.last)
    let key = ContextualText(passage.text, context: context)
    let sentences =
      memory.withLock { $0[key] }
      ?? Self.sentences(of: passage.text).map { ContextualText($0, context: context) }
    memory.withLock { $0.keep(sentences, for: key, cost: sentences.count) }
    return sentences
  }

  /// Sentences of running text, items of lists and lines of tables and code; never none.
  static func sentences(of text: String) -> [String] {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [String] = []
    var isOpen = false
    for line in paragraphs {
      let content = line.trimmingPrefix(while: \.isWhitespace)
      guard let first = content.first else {
        isOpen = false
        continue
      }
      // What begins with a letter goes on with the line before.
      if isOpen, first.isLetter || first.isNumber, var last = blocks.popLast() {
        last += " " + content
        blocks.append(last)
      } else {
        blocks.append(String(content))
      }
      isOpen = true
    }
    let sentences = blocks.flatMap { SentenceSplitter.sentences(of: $0) }.filter { $0.utf8.count > 15 }
      .map { String($0.prefix(longest)) }
    return sentences.isEmpty ? [String(text.prefix(longest))] : sentences
  }
}
