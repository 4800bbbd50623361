import Models

/// A passage taken apart into sentences.
struct PassageSentences: PassageReading {
  /// Letters of a line, such as one of a table, that is read as one sentence.
  private static let longest = 1000

  /// Each under the passage's title and heading; never none.
  let sentences: [ContextualText]

  var statementCount: Int { sentences.count }

  init(_ passage: Passage) {
    let context = ContextualText.context(passage.title, passage.headingPath.last)
    sentences = Self.sentences(of: passage.text).map { ContextualText($0, context: context) }
  }

  /// Sentences of running text, items of lists and lines of tables and code; never none.
  static func sentences(of text: String) -> [String] {
    let paragraphs = text.split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [String] = []
    var isOpen = false
    var isInTable = false
    for line in paragraphs {
      let content = line.trimmingPrefix(while: \.isWhitespace)
      guard let first = content.first else {
        isOpen = false
        continue
      }
      let isRow = content.contains(" | ")
      // What begins with a letter goes on with the line before, rows of tables apart.
      if isOpen, first.isLetter || first.isNumber, !isRow, !isInTable, var last = blocks.popLast() {
        last += " " + content
        blocks.append(last)
      } else {
        blocks.append(String(content))
      }
      (isOpen, isInTable) = (true, isRow)
    }
    let sentences = blocks.flatMap { SentenceSplitter.sentences(of: $0) }.filter { $0.utf8.count > 15 }
      .map { String($0.prefix(longest)) }
    return sentences.isEmpty ? [String(text.prefix(longest))] : sentences
  }
}
