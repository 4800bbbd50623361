/// Renumbers and removes citation marks in a text that comes in pieces, such as a chat model's answer.
///
/// A mark is `[2]`, or several numbers as in `[1, 3]`. What may become one is held back until it is known, and so are
/// spaces, which go where the mark after them goes.
struct CitationFilter {
  /// Index of the source of each number that has been given out, from 1 in order of appearance.
  private(set) var sources: [Int] = []
  /// Sources that a number may name.
  var count: Int
  private var held = ""
  /// Longest text that is held back; longer ones are no mark.
  private static let longest = 60

  init(sources count: Int) {
    self.count = count
  }

  /// What is known now of the text after `piece`.
  mutating func add(_ piece: String) -> String {
    held += piece
    var text = ""
    while let open = held.firstIndex(where: { $0 == "[" }) {
      let inside = held[held.index(after: open)...]
      guard let end = inside.firstIndex(where: { !Self.isPartOfMark($0) }) else {
        if inside.utf8.count > Self.longest {
          text += held[...open]
          held = String(inside)
          continue
        }
        let spaces = Self.startOfSpaces(before: open, in: held)
        text += held[..<spaces]
        held = String(held[spaces...])
        return text
      }
      guard held[end] == "]", let marks = marks(inside[..<end]) else {
        text += held[..<end]
        held = String(held[end...])
        continue
      }
      text += held[..<(marks.isEmpty ? Self.startOfSpaces(before: open, in: held) : open)] + marks
      held = String(held[held.index(after: end)...])
    }
    let spaces = Self.startOfSpaces(before: held.endIndex, in: held)
    text += held[..<spaces]
    held = String(held[spaces...])
    return text
  }

  /// The rest.
  mutating func finish() -> String {
    defer { held = "" }
    return held
  }

  /// The marks in place of `[inside]`, empty if no number names a source; nil if it is no mark.
  private mutating func marks(_ inside: Substring) -> String? {
    let numbers = inside.split(whereSeparator: { ",; ".contains($0) }).map { Int($0) }
    guard inside.utf8.count <= Self.longest, !numbers.isEmpty, !numbers.contains(nil) else { return nil }
    var text = ""
    for case let number? in numbers where number >= 1 && number <= count {
      if !sources.contains(number - 1) { sources.append(number - 1) }
      text += "[\((sources.firstIndex(of: number - 1) ?? 0) + 1)]"
    }
    return text
  }

  private static func isPartOfMark(_ character: Character) -> Bool {
    character == "," || character == ";" || character == " " || ("0"..."9").contains(character)
  }

  private static func startOfSpaces(before end: String.Index, in text: String) -> String.Index {
    var start = end
    while start > text.startIndex, text[text.index(before: start)] == " " {
      start = text.index(before: start)
    }
    return start
  }
}
