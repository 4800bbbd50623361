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

  /// `text` continued by `next`: with a space, or without the hyphen that divides a word. A hyphen that belongs to
  /// the word ("well-known") stays if the document has the word so elsewhere and not in one.
  func joined(_ text: String, _ next: String) -> String {
    guard let last = text.unicodeScalars.last, Self.hyphens.contains(last) else { return "\(text) \(next)" }
    let stem = String(text.unicodeScalars.dropLast())
    if last == "\u{AD}" { return stem + next }
    guard stem.last?.isLetter == true, next.first?.isLetter == true else { return "\(text) \(next)" }
    let head = Self.bare(stem[(stem.lastIndex(of: " ").map { stem.index(after: $0) } ?? stem.startIndex)...])
    let tail = Self.bare(next.prefix { $0 != " " })
    let keeps =
      next.first?.isUppercase == true
      || (!words.contains(head + tail) && words.contains("\(head)-\(tail)"))
    return keeps ? "\(stem)-\(next)" : stem + next
  }

  private static let hyphens: Set<Unicode.Scalar> = ["-", "\u{2010}", "\u{AD}"]

  private static func bare(_ word: Substring) -> String {
    var word = word
    while let last = word.last, !last.isLetter, !last.isNumber { word.removeLast() }
    while let first = word.first, !first.isLetter, !first.isNumber { word.removeFirst() }
    return word.lowercased()
  }
}
