import Retrieval

/// Finds the sentences of a text that comes in pieces. A line ends a sentence too; lines of code are none. White space
/// and marks of citations after a sentence are held back until it is known where it ends, and so is what closes a
/// sentence after a mark, as in `[1].`: another mark belongs before it.
struct SentenceStream {
  enum Step: Equatable {
    /// The next characters of the sentence that has begun, or of the white space before it.
    case text(String)
    /// The sentence is complete: its text, with the marks of its citations; empty for a line of code. `tail` is what of
    /// it has not been given out: the signs after its last mark.
    case end(String, tail: String = "")
  }

  /// The sentence so far, without white space before it.
  private var sentence: [Character] = []
  /// How much of `sentence` has been given out.
  private var given = 0
  private var isCode = false
  /// Characters after which a sentence ends at the next white space.
  private static let longest = 2000
  /// Characters of a citation's mark, or of the signs that close a sentence, at most: what is looked at again with each
  /// piece must not grow with the sentence.
  private static let longestMark = 100

  init() {}

  mutating func add(_ piece: String) -> [Step] {
    var steps: [Step] = []
    for character in piece { take(character, &steps) }
    give(upTo: certainEnd, &steps)
    return Self.joined(steps)
  }

  /// The rest, without the white space at its end.
  mutating func finish() -> [Step] {
    var steps: [Step] = []
    complete(Self.end(of: sentence[...]), &steps)
    return Self.joined(steps)
  }

  private mutating func take(_ character: Character, _ steps: inout [Step]) {
    if sentence.isEmpty, character.isWhitespace {
      steps.append(.text(String(character)))
      return
    }
    if character.isNewline {
      complete(Self.end(of: sentence[...]), &steps)
      steps.append(.text(String(character)))
      return
    }
    if !character.isWhitespace, !isCode, sentence.last?.isWhitespace == true, isBoundary(before: character) {
      let end = Self.end(of: sentence[...])
      let space = String(sentence[end...])
      complete(end, &steps)
      steps.append(.text(space))
    }
    if let last = sentence.last, "。！？".contains(last), !isCode, !"[」』）)”\"。！？".contains(character) {
      complete(sentence.count, &steps)
    }
    sentence.append(character)
  }

  /// Whether a sentence ends before `character`, which comes after white space.
  private func isBoundary(before character: Character) -> Bool {
    if sentence.count > Self.longest { return true }
    // A mark belongs to the sentence before it.
    guard character != "[" else { return false }
    let text = Self.withoutMarks(sentence[..<Self.end(of: sentence[...])])
    // The rest looks at all of the sentence, so it must not come with each word.
    guard SentenceSplitter.endsWithTerminator(text), !Self.isInsideQuotation(text) else { return false }
    return SentenceSplitter.sentences(of: String(text) + " " + String(character)).last == "\(character)"
  }

  private mutating func complete(_ end: Int, _ steps: inout [Step]) {
    if end > 0 {
      let isFence = sentence.starts(with: "```")
      if isCode || isFence {
        give(upTo: end, &steps)
        steps.append(.end(""))
      } else {
        give(upTo: end - Self.closing(sentence[..<end]), &steps)
        steps.append(.end(String(sentence[..<end]), tail: String(sentence[min(given, end)..<end])))
      }
      if isFence { isCode.toggle() }
    }
    sentence = []
    given = 0
  }

  private mutating func give(upTo end: Int, _ steps: inout [Step]) {
    guard end > given else { return }
    steps.append(.text(String(sentence[given..<end])))
    given = end
  }

  /// End of what belongs to the sentence for certain: not of white space, an unfinished mark and what closes the sentence
  /// after a mark.
  private var certainEnd: Int {
    var end = Self.end(of: sentence[...])
    if let open = Self.opening(of: sentence[..<end]) { end = Self.end(of: sentence[..<open]) }
    return isCode ? end : end - Self.closing(sentence[..<end])
  }

  /// How many signs close the sentence after the mark at its end; 0 without such a mark.
  private static func closing(_ text: ArraySlice<Character>) -> Int {
    let count = text.suffix(longestMark).reversed().prefix { ".!?…。！？\"'”’»›」』)）*_".contains($0) }.count
    let rest = text.dropLast(count)
    return withoutMarks(rest).count < rest.count ? count : 0
  }

  /// Where a mark begins of which `text` ends with all or a part but its end; nil for no mark.
  private static func opening(of text: ArraySlice<Character>) -> Int? {
    let open = text.suffix(longestMark).lastIndex { !isPartOfMark($0) }
    return open.flatMap { text[$0] == "[" ? $0 : nil }
  }

  private static func isPartOfMark(_ character: Character) -> Bool {
    ("0"..."9").contains(character) || ",; ".contains(character)
  }

  /// Position after the last character that is no white space.
  private static func end(of text: ArraySlice<Character>) -> Int {
    text.lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? text.startIndex
  }

  /// `text` without the marks at its end.
  static func withoutMarks(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
    var text = text
    while text.last == "]", let open = opening(of: text.dropLast()), text.endIndex - open > 2 {
      text = text[..<open]
      while text.last?.isWhitespace == true { text.removeLast() }
    }
    return text
  }

  private static func isInsideQuotation(_ text: ArraySlice<Character>) -> Bool {
    func count(_ character: Character) -> Int { text.count { $0 == character } }
    // A single mark may stand for inches.
    return (count("\"") % 2 == 1 && text.count < 600) || count("“") > count("”") || count("«") > count("»")
  }

  private static func joined(_ steps: [Step]) -> [Step] {
    var joined: [Step] = []
    for step in steps {
      if case .text(let more) = step, case .text(var text)? = joined.last {
        // The only copy, so that many pieces are put together in linear time.
        joined.removeLast()
        text += more
        joined.append(.text(text))
      } else {
        joined.append(step)
      }
    }
    return joined
  }
}
