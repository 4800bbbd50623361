import Answering

/// A mark such as `[1]` in an answer, and what it rests on.
struct CitedMark: Sendable, Equatable {
  /// Its code points in the text, brackets included.
  var range: Range<Int>
  var citation: Citation

  /// The marks of a text in their order; numbers in code are none.
  static func all(in text: String, _ citations: [Citation]) -> [CitedMark] {
    guard !citations.isEmpty else { return [] }
    let known = Dictionary(citations.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
    let text = Array(text.unicodeScalars)
    var marks: [CitedMark] = []
    /// Backticks that opened the code in which we are.
    var fence = 0
    var index = 0
    while index < text.count {
      if text[index] == "`" {
        let end = text[index...].firstIndex { $0 != "`" } ?? text.count
        if fence == 0 { fence = end - index } else if fence == end - index { fence = 0 }
        index = end
        continue
      }
      if fence == 0, text[index] == "[", let end = text[index...].prefix(8).firstIndex(of: "]") {
        let digits = String(String.UnicodeScalarView(text[index + 1..<end]))
        if let number = Int(digits), let citation = known[number] {
          marks.append(CitedMark(range: index..<end + 1, citation: citation))
        }
      }
      index += 1
    }
    return marks
  }
}
