/// Tells a book's index and its table of contents from what the book says: terms and titles with the numbers of their
/// pages, which answer nothing.
enum ReferenceLines {
  /// A term or a title, and the pages where it stands.
  private struct Entry {
    var words: [String] = []
    var pages = 0
    /// Whether there is a range of pages, or more than one page.
    var hasSeveral = false
    /// Whether a page could be a year as well.
    var mayBeYear = false
    /// Whether dots lead from the title to its page.
    var hasLeader = false
  }

  /// Most words of an entry, and of a line without a page among entries: a letter, or a term that others stand below.
  private static let entryWords = 12
  private static let fillerWords = 4
  /// Most of such lines before the first entry.
  private static let leadingFillers = 3
  /// Fewest entries that are taken for an index by their form alone.
  private static let fewest = 5

  /// Indices of the parts that are an index or a table of contents.
  ///
  /// - Parameter heading: the heading right above the text.
  static func indices(of parts: [TextLayout.Part], in utf8: [UInt8], under heading: String?) -> Set<Int> {
    // Hardly any text has a paragraph that ends with a number.
    guard parts.contains(where: { endsWithDigit(utf8[$0.range]) }) else { return [] }
    let entries = parts.map { $0.kind == .table ? [] : Self.entries(of: $0, in: utf8) }
    let fillers = parts.map { isFiller(utf8[$0.range]) }
    var indices: Set<Int> = []
    var start = 0
    while start < parts.count {
      guard !entries[start].isEmpty else {
        start += 1
        continue
      }
      var end = start + 1
      var last = end
      while end < parts.count, !entries[end].isEmpty || fillers[end] {
        end += 1
        if !entries[end - 1].isEmpty { last = end }
      }
      let names = parts[..<start].suffix(2).map { String(decoding: utf8[$0.range], as: UTF8.self) }
      if isReference(
        entries[start..<last].flatMap(\.self),
        named: (names + [heading ?? ""]).contains(where: namesReference))
      {
        // A letter, a term or "Contents" that the first entries stand below.
        let heads = fillers[..<start].reversed().prefix { $0 }.prefix(leadingFillers).count
        indices.formUnion(start - heads..<last)
      }
      start = end
    }
    return indices
  }

  private static func isReference(_ entries: [Entry], named: Bool) -> Bool {
    if entries.count(where: \.hasLeader) > 1 { return true }
    if named, entries.count > 1 { return true }
    guard entries.count >= fewest, entries.contains(where: \.hasSeveral),
      entries.count(where: \.mayBeYear) * 2 <= entries.count
    else { return false }
    let terms = entries.map { $0.words.joined(separator: " ").lowercased() }
    let ascending = zip(terms, terms.dropFirst()).count { $0 <= $1 }
    return ascending * 5 >= (terms.count - 1) * 4
  }

  private static func entries(of part: TextLayout.Part, in utf8: [UInt8]) -> [Entry] {
    guard part.kind == .list else { return entries(utf8[part.range]) ?? [] }
    let items = TextLayout.items(in: part.range, of: utf8).map {
      entries(utf8[TextLayout.withoutMarker($0, in: utf8)])
    }
    // A list has to be one as a whole, but for terms that others stand below.
    return items.count(where: { $0 == nil }) * 3 <= items.count
      ? items.compactMap(\.self).flatMap(\.self) : []
  }

  /// The entries that a text consists of; nil if it holds anything else.
  private static func entries(_ text: ArraySlice<UInt8>) -> [Entry]? {
    guard endsWithDigit(text) else { return nil }
    var entries: [Entry] = []
    var entry = Entry()
    var dots = 0
    var expectsPage = false
    // "Title....12"
    let spaced = String(decoding: text, as: UTF8.self).replacing("...", with: " ... ")
    for token in Words.spaced(spaced) {
      if token.allSatisfy({ $0 == "." || $0 == "…" || $0 == "·" }) {
        dots += token.reduce(0) { $0 + ($1 == "…" ? 3 : 1) }
        continue
      }
      let isLed = dots >= 3
      dots = 0
      if expectsPage || isLed, !entry.words.isEmpty, let pages = pages(token) {
        entry.pages += 1
        entry.hasSeveral = entry.hasSeveral || entry.pages > 1 || pages.isRange
        entry.mayBeYear = entry.mayBeYear || pages.mayBeYear
        entry.hasLeader = entry.hasLeader || isLed
        expectsPage = token.last == "," || token.last == ";"
        continue
      }
      if entry.pages > 0 {
        entries.append(entry)
        entry = Entry()
      }
      entry.words.append(token)
      guard entry.words.count <= entryWords, token.last.map({ !"!?:".contains($0) }) ?? true else {
        return nil
      }
      expectsPage = token.last == ","
    }
    guard entry.pages > 0 else { return nil }
    return entries + [entry]
  }

  /// A page or a range of pages, followed by nothing but a comma.
  private static func pages(_ token: String) -> (isRange: Bool, mayBeYear: Bool)? {
    let parts = token.drop { $0 == "." }.reversed().drop { ",;".contains($0) }.reversed()
      .split(maxSplits: 1, omittingEmptySubsequences: false) { "-–".contains($0) }
    guard parts.allSatisfy({ (1...4).contains($0.count) && $0.allSatisfy { ("0"..."9").contains($0) } })
    else { return nil }
    let mayBeYear = parts.contains {
      $0.count == 4 && Int(String($0)).map { (1400...2199).contains($0) } ?? false
    }
    return (parts.count > 1, mayBeYear)
  }

  private static func endsWithDigit(_ text: ArraySlice<UInt8>) -> Bool {
    text.last.map { (0x30...0x39).contains($0) } ?? false
  }

  private static func isFiller(_ text: ArraySlice<UInt8>) -> Bool {
    guard let last = text.last, !".:!?".utf8.contains(last) else { return false }
    return text.split(separator: 0x20, maxSplits: fillerWords).count <= fillerWords
  }

  private static func namesReference(_ heading: String) -> Bool {
    let words = Words.of(heading)
    return words.count <= 3 && words.contains { ["index", "contents"].contains($0) }
  }
}
