/// A run of words of one line without a wide gap: a cell of a table, or a whole line of prose.
struct PDFSegment {
  /// Gaps wider than this, in heights of the font's box, divide a line. Spaces between words of justified text stay below
  /// it but for a few.
  static let gap = 0.75
  /// Gaps wider than this are wider than most spaces: where enough rows have one at the same place, columns meet there.
  static let narrowGap = 0.45

  var text: String
  var left: Double
  var right: Double
  /// Of the font's box of most of its characters.
  var top: Double
  var bottom: Double
  var height: Double
  /// Widest gap before it on its line, in heights; infinite where another line of poppler's stands there.
  var before = Double.infinity
  /// Index of its line on the page.
  let line: Int
  /// Index of the line that a list's marker before it is, if that is another.
  var joined: Int?
  let isCode: Bool
  /// Whether all its characters are as wide as each other.
  let isMonospaced: Bool
  var words: [PDFWord] = [] { didSet { runs = Self.runs(words, isMonospaced: isMonospaced) } }
  /// Extents of its words between gaps wider than a space; empty where the words' boxes are not known.
  private(set) var runs: [(left: Double, right: Double)] = []

  var width: Double { right - left }

  /// Width of its first word, by its share of the characters where the words' boxes are not known.
  var firstWordWidth: Double {
    if let first = words.first { return first.width }
    let first = text.prefix { $0 != " " }.count
    return width * Double(first) / Double(max(1, text.count))
  }
}

extension PDFSegment {
  /// Parts of a line, from left to right. A bullet or a number of a list stays with the words behind it.
  static func segments(of line: PDFLine, index: Int, isCode: Bool) -> [PDFSegment] {
    guard line.words.count > 1 else {
      return [
        PDFSegment(line, index: index, isCode: isCode)
      ]
    }
    var segments: [PDFSegment] = []
    var start = 0
    var before = Double.infinity
    for end in 1...line.words.count {
      if end < line.words.count {
        let gap = line.words[end].left - line.words[end - 1].right
        guard gap > Self.gap * line.height else { continue }
        if end == start + 1, ListMarker.kind("\(line.words[start].text) x") != nil { continue }
      }
      segments.append(
        PDFSegment(
          Array(line.words[start..<end]), of: line, isWhole: end - start == line.words.count, before: before,
          index: index, isCode: isCode))
      guard end < line.words.count else { break }
      before = (line.words[end].left - line.words[end - 1].right) / line.height
      start = end
    }
    return segments
  }

  private init(_ line: PDFLine, index: Int, isCode: Bool) {
    text = line.text
    (left, right) = (line.left, line.right)
    (top, bottom, height) = (line.bottom - line.height, line.bottom, line.height)
    self.line = index
    self.isCode = isCode
    isMonospaced = line.pitch != nil
    words = line.words
    runs = Self.runs(words, isMonospaced: isMonospaced)
  }

  private init(
    _ words: [PDFWord], of line: PDFLine, isWhole: Bool, before: Double, index: Int, isCode: Bool
  ) {
    let usual = words.first { abs($0.height - line.height) < 0.1 } ?? words[0]
    text = isWhole ? line.text : PDFLine.joined(words)
    left = words.map(\.left).min() ?? 0
    right = words.map(\.right).max() ?? 0
    (top, bottom, height) = (usual.top, usual.top + usual.height, usual.height)
    self.before = before
    self.line = index
    self.isCode = isCode
    isMonospaced = line.pitch != nil
    self.words = words
    runs = Self.runs(words, isMonospaced: isMonospaced)
  }

  private static func runs(_ words: [PDFWord], isMonospaced: Bool) -> [(left: Double, right: Double)] {
    guard let first = words.first else { return [] }
    var runs = [(left: first.left, right: first.right)]
    for word in words.dropFirst() {
      // A space of a monospaced font is wide too.
      if word.left - runs[runs.count - 1].right > (isMonospaced ? gap : narrowGap) * word.height {
        runs.append((word.left, word.right))
      } else {
        runs[runs.count - 1].right = max(runs[runs.count - 1].right, word.right)
      }
    }
    return runs
  }

  /// Those of its words that `part` names, as a segment of their own.
  func part(_ part: Range<Int>) -> PDFSegment {
    var segment = self
    segment.words = Array(words[part])
    segment.text = PDFLine.joined(segment.words)
    segment.left = segment.words.map(\.left).min() ?? left
    segment.right = segment.words.map(\.right).max() ?? right
    return segment
  }
}
