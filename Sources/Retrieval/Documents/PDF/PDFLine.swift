/// A line of text on a page, as poppler groups words. Lengths are in points from the page's top left corner.
struct PDFLine: Equatable {
  var text: String
  var left: Double
  var top: Double
  var right: Double
  var bottom: Double
  /// Height of the font's box for most of its characters: what sizes are compared by.
  var height: Double
  /// Width of a character, where all words agree on one as in a monospaced font.
  var pitch: Double?
  /// How many words of three or more characters `pitch` rests on.
  var pitchWords = 0
  /// The text with the spaces that its words' places show, if `pitch` is known.
  var spaced: String?
  /// Number of poppler's block on the page: lines of one column without a gap.
  var block: Int
  /// Its words and their boxes, in reading order.
  var words: [PDFWord] = []

  var width: Double { right - left }
}

/// A page and its lines in reading order.
struct PDFPage: Equatable {
  /// From 1.
  var number: Int
  var height: Double
  var lines: [PDFLine] = []

  /// Whether some line runs over most of the width in use.
  var isSingleColumn: Bool {
    let left = lines.map(\.left).min() ?? 0
    let right = lines.map(\.right).max() ?? 0
    return lines.contains { $0.width > 0.7 * (right - left) }
  }
}
