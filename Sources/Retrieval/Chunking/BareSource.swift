/// Where a quotation is from, in brackets behind it: `[Mutual Aid, p. 100]`, `[Smith 2020]`. It is no sentence of its own.
public enum BareSource {
  /// Bytes between the brackets of one, at most.
  private static let longest = 200

  /// Whether `utf8[range]` is nothing but a source, or the mark of a note: `[12]`.
  public static func isSource(_ utf8: [UInt8], _ range: Range<Int>) -> Bool {
    guard range.count > 2, utf8[range.lowerBound] == UInt8(ascii: "[") else { return false }
    return end(in: utf8, at: range.lowerBound, before: range.upperBound) == range.upperBound
      || utf8[range.upperBound - 1] == UInt8(ascii: "]")
        && utf8[range].dropFirst().dropLast().allSatisfy(\.isASCIIDigit)
  }

  /// A sentence without the source behind its end, which says nothing of what it is about; any other range as it is.
  public static func withoutSource(_ utf8: [UInt8], _ sentence: Range<Int>) -> Range<Int> {
    let reach = max(sentence.lowerBound, sentence.upperBound - longest - 4)..<sentence.upperBound
    guard let open = utf8[reach].lastIndex(of: UInt8(ascii: "[")),
      isSource(utf8, open..<sentence.upperBound)
    else { return sentence }
    let end = SentenceSplitter.trimEnd(utf8, sentence.lowerBound, open)
    guard
      SentenceSplitter.endsWithTerminator(String(decoding: utf8[sentence.lowerBound..<end], as: UTF8.self))
    else { return sentence }
    return sentence.lowerBound..<end
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
