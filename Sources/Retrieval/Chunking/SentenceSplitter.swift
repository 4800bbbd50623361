/// Finds sentences in running text.
///
/// Rules, not statistics: a full stop ends a sentence when white space and something that can start one follow,
/// and when the word before it is no common abbreviation, initial or number of a list. A source in brackets belongs to
/// the sentence before it.
public enum SentenceSplitter {
  /// Sentences of `utf8[range]` in order, as ranges without the white space around them. Together they
  /// hold everything but white space.
  public static func sentences(in utf8: [UInt8], _ range: Range<Int>) -> [Range<Int>] {
    var sentences: [Range<Int>] = []
    var start = skipSpace(utf8, range.lowerBound, range.upperBound)
    var position = start
    while position < range.upperBound {
      let (scalar, width) = decode(utf8, position, range.upperBound)
      position += width
      guard isTerminator(scalar) else { continue }
      var end = position
      // Further terminators and closing quotes and brackets belong to the sentence.
      while end < range.upperBound {
        let (next, width) = decode(utf8, end, range.upperBound)
        guard isTerminator(next) || isCloser(next) else { break }
        end += width
      }
      if ends(utf8, range, sentenceStart: start, terminator: scalar, at: position - width, after: end) {
        let next = skipSpace(utf8, end, range.upperBound)
        if let source = BareSource.end(in: utf8, at: next, before: range.upperBound) {
          end = source
          let next = skipSpace(utf8, end, range.upperBound)
          if next < range.upperBound, startsLowercase(utf8, next, range.upperBound) {
            position = end
            continue
          }
        }
        sentences.append(start..<end)
        start = skipSpace(utf8, end, range.upperBound)
      }
      position = max(end, start)
    }
    let end = trimEnd(utf8, start, range.upperBound)
    if start < end { sentences.append(start..<end) }
    return sentences
  }

  /// Sentences of `text` as substrings.
  public static func sentences(of text: String) -> [Substring] {
    let utf8 = Array(text.utf8)
    return sentences(in: utf8, 0..<utf8.count).map { range in
      let view = text.utf8
      return text[
        view.index(
          view.startIndex, offsetBy: range.lowerBound)..<view.index(
            view.startIndex, offsetBy: range.upperBound)]
    }
  }

  /// Whether `text` ends with what may end a sentence, whatever closes quotations and brackets after it: without that
  /// no sentence ends there.
  public static func endsWithTerminator(_ text: some BidirectionalCollection<Character>) -> Bool {
    for character in text.reversed() {
      for scalar in character.unicodeScalars.reversed() {
        if isTerminator(scalar.value) { return true }
        guard isCloser(scalar.value) else { return false }
      }
    }
    return false
  }

  private static func ends(
    _ utf8: [UInt8], _ range: Range<Int>, sentenceStart: Int, terminator: UInt32, at dot: Int, after end: Int
  ) -> Bool {
    // Ideographic terminators need no space after them.
    if terminator > 0x2FFF { return true }
    guard end < range.upperBound else { return true }
    guard isSpace(utf8[end]) else { return false }
    let next = skipSpace(utf8, end, range.upperBound)
    guard next < range.upperBound else { return true }
    if terminator == 0x2E, end == dot + 1, let isLast = isLastOfEllipsis(utf8, range, dot) {
      return isLast && !startsLowercase(utf8, next, range.upperBound)
    }
    if startsLowercase(utf8, next, range.upperBound) {
      // In text that was taken apart into words, all in small letters, a full stop that stands alone ends a sentence; in
      // "Run git add . before", which begins with a capital, it is a folder.
      let standsAlone = dot > sentenceStart && isSpace(utf8[dot - 1]) && end == dot + 1
      return standsAlone && !startsUppercase(utf8, sentenceStart, range.upperBound)
    }
    guard terminator == 0x2E else { return true }
    let word = wordBefore(utf8, sentenceStart, dot)
    if isNumberOfTitle(utf8, sentenceStart: sentenceStart, dot) { return false }
    if isOrdinal(utf8, word, sentenceStart: sentenceStart, next: next..<range.upperBound) { return false }
    return !isAbbreviation(utf8, word: word, next: utf8[next])
  }

  /// Whether a number with a full stop is an ordinal, as German and its neighbours write them: before a month ("am
  /// 7. Mai"), or behind an article ("der 3. Tag").
  private static func isOrdinal(
    _ utf8: [UInt8], _ number: Range<Int>, sentenceStart: Int, next: Range<Int>
  ) -> Bool {
    guard (1...2).contains(number.count), utf8[number].allSatisfy(isDigit) else { return false }
    func lowered(_ word: some Sequence<UInt8>) -> String {
      String(decoding: word.map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
    func isLetter(_ byte: UInt8) -> Bool { byte >= 0x80 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A }
    if months.contains(lowered(utf8[next].prefix(while: isLetter))) { return true }
    let before = utf8[sentenceStart..<number.lowerBound].reversed().drop(while: isSpace).prefix(
      while: isLetter)
    return articles.contains(lowered(before.reversed()))
  }

  /// Whether a number with a full stop begins a title: at the beginning of a sentence (`23.6. Tablespaces`), or behind
  /// what opens a quotation or a bracket (`(“23.6. Tablespaces”)`).
  private static func isNumberOfTitle(_ utf8: [UInt8], sentenceStart: Int, _ dot: Int) -> Bool {
    var first = dot
    while first > sentenceStart, isDigit(utf8[first - 1]) || utf8[first - 1] == 0x2E { first -= 1 }
    let number = utf8[first..<dot]
    guard let digit = number.first, isDigit(digit), number.count <= 2 || number.contains(0x2E) else {
      return false
    }
    if first == sentenceStart { return true }
    if openers.contains(where: { utf8[sentenceStart..<first].suffix($0.count).elementsEqual($0) }) {
      return true
    }
    // What is straight opens behind white space or a bracket, and else closes.
    guard [0x22, 0x27].contains(utf8[first - 1]) else { return false }
    let before = first - 2
    return before < sentenceStart || isSpace(utf8[before]) || [0x28, 0x5B].contains(utf8[before])
  }

  private static let openers = ["(", "[", "“", "„", "‘", "«", "‹", "「", "『"].map { Array($0.utf8) }

  private static let months: Set<String> = [
    "januar", "jänner", "februar", "feber", "märz", "mars", "april", "mai", "maj", "juni", "juli", "august",
    "september", "oktober", "november", "dezember", "december", "desember",
  ]
  private static let articles: Set<String> = ["der", "die", "das", "den", "dem", "des", "im", "vom", "zum"]

  /// Whether a full stop is the last one of several with spaces between them, as in ` . . . `; nil for any other.
  private static func isLastOfEllipsis(_ utf8: [UInt8], _ range: Range<Int>, _ dot: Int) -> Bool? {
    func isLone(_ index: Int) -> Bool {
      range.contains(index) && utf8[index] == 0x2E && (index == range.lowerBound || isSpace(utf8[index - 1]))
        && (index + 1 == range.upperBound || !isPartOfWord(utf8[index + 1]))
    }
    func isPartOfWord(_ byte: UInt8) -> Bool { byte >= 0x80 || byte.isASCIIAlphanumeric || byte == 0x2F }
    if isLone(dot + 2) { return false }
    return dot >= range.lowerBound + 2 && isLone(dot) && utf8[dot - 2] == 0x2E ? true : nil
  }

  private static func isAbbreviation(_ utf8: [UInt8], word: Range<Int>, next: UInt8) -> Bool {
    guard !word.isEmpty else { return false }
    let first = utf8[word.lowerBound]
    // An initial such as the J of "J. Smith".
    if word.count == 1, first >= 0x41, first <= 0x5A, first != 0x49 { return true }
    let lowered = String(
      decoding: utf8[word].map { $0 >= 0x41 && $0 <= 0x5A ? $0 | 0x20 : $0 }, as: UTF8.self)
    if alwaysAbbreviated.contains(lowered) { return true }
    return abbreviatedBeforeNumbers.contains(lowered) && isDigit(next)
  }

  private static let alwaysAbbreviated: Set<String> = [
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "vs", "e.g", "i.e", "cf", "al", "approx", "ca", "resp",
    "gen", "col", "sgt", "capt", "rev", "hon", "mt", "messrs", "mme", "mlle", "dept", "viz", "z.b", "bzw",
  ]
  private static let abbreviatedBeforeNumbers: Set<String> = [
    "no", "nos", "fig", "figs", "eq", "eqs", "sec", "ch", "chap", "vol", "p", "pp", "art", "ref", "refs",
    "tab",
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
  ]

  /// The run of letters, digits and dots that ends at `dot`.
  private static func wordBefore(_ utf8: [UInt8], _ start: Int, _ dot: Int) -> Range<Int> {
    var first = dot
    while first > start {
      let byte = utf8[first - 1]
      let isWord =
        byte >= 0x80 || byte == 0x2E || isDigit(byte) || (byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A)
      guard isWord else { break }
      first -= 1
    }
    return first..<dot
  }

  private static func startsLowercase(_ utf8: [UInt8], _ position: Int, _ end: Int) -> Bool {
    let byte = utf8[position]
    if byte < 0x80 { return byte >= 0x61 && byte <= 0x7A }
    let (value, _) = decode(utf8, position, end)
    return Unicode.Scalar(value)?.properties.isLowercase ?? false
  }

  private static func startsUppercase(_ utf8: [UInt8], _ position: Int, _ end: Int) -> Bool {
    Unicode.Scalar(decode(utf8, position, end).scalar)?.properties.isUppercase ?? false
  }

  private static func isTerminator(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2E, 0x21, 0x3F, 0x2026, 0x3002, 0xFF01, 0xFF1F, 0xFF0E, 0x061F, 0x06D4, 0x0964: true
    default: false
    }
  }

  private static func isCloser(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x22, 0x27, 0x29, 0x5D, 0x7D, 0x2019, 0x201D, 0xBB, 0x203A, 0x300D, 0x300F, 0xFF09: true
    default: false
    }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) }

  static func skipSpace(_ utf8: [UInt8], _ start: Int, _ end: Int) -> Int {
    var position = start
    while position < end, isSpace(utf8[position]) { position += 1 }
    return position
  }

  static func trimEnd(_ utf8: [UInt8], _ start: Int, _ end: Int) -> Int {
    var position = end
    while position > start, isSpace(utf8[position - 1]) { position -= 1 }
    return position
  }

  /// Decodes the scalar at `position` of valid UTF-8.
  private static func decode(_ utf8: [UInt8], _ position: Int, _ end: Int) -> (scalar: UInt32, width: Int) {
    let first = utf8[position]
    if first < 0x80 { return (UInt32(first), 1) }
    let width = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2
    guard position + width <= end else { return (0xFFFD, max(1, end - position)) }
    var value = UInt32(first) & (0xFF >> (UInt32(width) + 1))
    for offset in 1..<width { value = value << 6 | UInt32(utf8[position + offset] & 0x3F) }
    return (value, width)
  }
}
