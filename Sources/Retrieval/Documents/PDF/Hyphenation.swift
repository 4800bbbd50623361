/// Joins lines of prose, closing words that were divided at line ends.
struct Hyphenation {
  /// Words of the document that stand whole within a line, in lower case.
  private var words: Set<String> = []

  init(_ pages: [PDFPage]) {
    for page in pages {
      for line in page.lines {
        // The first and last word of a line may be parts.
        for word in line.text.split(separator: " ").dropFirst().dropLast() where word.utf8.count > 4 {
          words.insert(Self.bare(word))
        }
      }
    }
  }

  /// Continues `text` by `next`: with a space, or without the hyphen that divides a word. A hyphen that belongs to
  /// the word ("well-known") stays if the document has the word so elsewhere and not in one.
  ///
  /// In place, so that a paragraph of many lines is not copied with each of them.
  func append(_ next: String, to text: inout String) {
    guard let last = text.unicodeScalars.last, Self.hyphens.contains(last) else {
      text += " "
      text += next
      return
    }
    text.unicodeScalars.removeLast()
    if last != "\u{AD}" {
      if text.last?.isLetter == true, next.first?.isLetter == true {
        if keepsHyphen(in: text, before: next) { text += "-" }
      } else if text.last?.isLetter == true, next.first?.isNumber == true {
        text += "-"
      } else {
        text.unicodeScalars.append(last)
        text += " "
      }
    }
    text += next
  }

  private func keepsHyphen(in stem: String, before next: String) -> Bool {
    if next.first?.isUppercase == true { return true }
    let end = stem.suffix(Self.longest)
    let head = Self.bare(end[(end.lastIndex(of: " ").map { end.index(after: $0) } ?? end.startIndex)...])
    let tail = Self.bare(next.prefix { $0 != " " })
    if words.contains(head + tail) { return false }
    // "cross-" and "section" where the document has both, and "crosssection" nowhere.
    return words.contains("\(head)-\(tail)") || (words.contains(head) && words.contains(tail))
  }

  /// Characters of a word at most.
  private static let longest = 100
  private static let hyphens: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{AD}"]

  private static func bare(_ word: Substring) -> String {
    var word = word
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
    return word.lowercased()
  }
}
