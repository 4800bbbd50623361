/// Where a quotation is from, in brackets behind it: `[Mutual Aid, p. 100]`, `[Smith 2020]`. It is no sentence of its own.
public enum BareSource {
  /// Bytes between the brackets of one, at most.
  private static let longest = 200

  /// Whether `utf8[range]` is nothing but a source.
  public static func isSource(_ utf8: [UInt8], _ range: Range<Int>) -> Bool {
    !range.isEmpty && end(in: utf8, at: range.lowerBound, before: range.upperBound) == range.upperBound
  }

  /// The end of the source that begins at `start`, with the full stop behind it; nil where none begins there. A number
  /// alone is the mark of a note, which may as well belong to what follows.
  static func end(in utf8: [UInt8], at start: Int, before limit: Int) -> Int? {
    guard start < limit, utf8[start] == UInt8(ascii: "[") else { return nil }
    var close = start + 1
    while close < limit, close - start <= longest + 1, utf8[close] != UInt8(ascii: "]") {
      if utf8[close] == UInt8(ascii: "[") { return nil }
      close += 1
    }
    guard close < limit, utf8[close] == UInt8(ascii: "]"), namesPlace(utf8[(start + 1)..<close]) else {
      return nil
    }
    var end = close + 1
    while end < limit, ".,;".utf8.contains(utf8[end]) { end += 1 }
    return end == limit || SentenceSplitter.isSpace(utf8[end]) ? end : nil
  }

  /// Whether words name a page or the like, a year at their end, or a work that was named before.
  private static func namesPlace(_ content: ArraySlice<UInt8>) -> Bool {
    guard content.contains(where: { $0 >= 0x80 || $0.isASCIILetter }), let last = content.last,
      !"!?".utf8.contains(last)
    else { return false }
    let words = content.lowercasedString.split { " \n\t,;:()\"".contains($0) }
    if let year = words.last, words.count > 1, year.count == 4, let number = Int(year),
      (1500...2099).contains(number)
    {
      return true
    }
    for (index, word) in words.enumerated() {
      let name = word.prefix { $0.isLetter }
      let rest = word.dropFirst(name.count).drop { $0 == "." }
      let next = rest.isEmpty ? words.dropFirst(index + 1).first ?? "" : rest
      if places.contains(String(name)), next.first?.isNumber == true { return true }
      if name == "ibid" || name == "op" && next.hasPrefix("cit") { return true }
    }
    return false
  }

  private static let places: Set<String> = [
    "p", "pp", "page", "pages", "no", "nos", "vol", "ch", "chapter", "sec", "section", "fol",
  ]
}
