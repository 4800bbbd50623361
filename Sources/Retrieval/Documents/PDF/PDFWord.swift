/// A word and its box on the page, in points.
struct PDFWord: Equatable {
  var left: Double
  var top: Double
  var width: Double
  var height: Double
  var text: String

  var right: Double { left + width }
}

extension PDFLine {
  /// - Parameter words: in reading order, not empty.
  init(_ words: [PDFWord], block: Int) {
    var counts: [Double: Int] = [:]
    for word in words { counts[word.height, default: 0] += word.text.unicodeScalars.count }
    let height = counts.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    self.init(
      text: Self.joined(words), left: words.map(\.left).min() ?? 0, top: words.map(\.top).min() ?? 0,
      right: words.map(\.right).max() ?? 0, bottom: words.map { $0.top + $0.height }.max() ?? 0,
      height: height,
      block: block, words: words)
    measurePitch(words)
  }

  /// A space wherever two words stand more than a tenth of the font's height apart, as poppler writes them, and
  /// before a raised note number.
  static func joined(_ words: [PDFWord]) -> String {
    var text = ""
    var previous: PDFWord?
    for word in words {
      if let previous {
        let isApart = word.left - previous.right > 0.1 * min(word.height, previous.height)
        let isNote =
          word.height < 0.9 * previous.height && previous.text.count > 1 && word.text.allSatisfy(\.isNumber)
        if isApart || isNote { text += " " }
      }
      text += word.text
      previous = word
    }
    return text
  }

  private mutating func measurePitch(_ words: [PDFWord]) {
    var width = 0.0
    var characters = 0
    for word in words where word.text.unicodeScalars.count > 1 {
      width += word.width
      characters += word.text.unicodeScalars.count
      if word.text.unicodeScalars.count > 2 { pitchWords += 1 }
    }
    guard characters > 1, width > 0 else { return }
    let mean = width / Double(characters)
    for word in words where word.text.unicodeScalars.count > 1 {
      let own = word.width / Double(word.text.unicodeScalars.count)
      // Boxes are printed with two decimals.
      guard abs(own - mean) < max(0.01 * mean, 0.02) else { return }
    }
    pitch = mean
    var text = ""
    var column = 0
    for word in words {
      let start = Self.columns(word.left - left, pitch: mean)
      let gap = text.isEmpty ? 0 : max(1, start - column)
      text += String(repeating: " ", count: gap) + word.text
      column = max(start, column + gap) + word.text.unicodeScalars.count
    }
    spaced = text
  }

  /// How many characters of `pitch` fit into `distance`, at most 200.
  static func columns(_ distance: Double, pitch: Double) -> Int {
    guard distance > 0, pitch > 0 else { return 0 }
    return Int(min(200, (distance / pitch).rounded()))
  }
}
