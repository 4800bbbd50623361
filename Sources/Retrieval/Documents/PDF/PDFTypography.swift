/// The sizes and fonts of a whole document, which say what a line of it is.
struct PDFTypography {
  /// Height of the font's box of running text, in points.
  let bodyHeight: Double
  /// How far apart the lines of a paragraph stand.
  let spacing: PDFSpacing
  /// Pitch over height of the monospaced fonts in use; empty where the running text itself is monospaced.
  private let monospacedRatios: Set<Int>

  init(_ pages: [PDFPage]) {
    spacing = PDFSpacing(pages)
    var heights: [Int: Int] = [:]
    var ratios: [Int: Int] = [:]
    var characters = 0
    for page in pages {
      for line in page.lines {
        let count = line.text.utf8.count
        characters += count
        heights[Int((line.height * 4).rounded()), default: 0] += count
        // By chance a few words of a proportional font agree too, hardly ever four.
        if line.pitchWords >= 4, let ratio = Self.ratio(line) { ratios[ratio, default: 0] += count }
      }
    }
    bodyHeight = Double(heights.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key ?? 0) / 4
    let isMonospaced = ratios.values.reduce(0, +) * 2 > characters
    monospacedRatios = isMonospaced ? [] : Set(ratios.filter { $0.value > 60 }.keys)
  }

  /// Whether the line is set in a monospaced font beside a proportional one: code, most likely.
  func isCode(_ line: PDFLine) -> Bool {
    guard let ratio = Self.ratio(line) else { return false }
    return (-1...1).contains { monospacedRatios.contains(ratio + $0) }
  }

  /// Whether the line is set clearly larger than running text.
  func isLarge(_ line: PDFLine) -> Bool { line.height > bodyHeight * 1.12 }

  /// Whether the line is set smaller, as footnotes are.
  func isSmall(_ line: PDFLine) -> Bool { line.height < bodyHeight * 0.92 }

  /// Thousandths of the font's height, in steps of five.
  private static func ratio(_ line: PDFLine) -> Int? {
    guard let pitch = line.pitch, line.height > 0 else { return nil }
    return Int((pitch / line.height * 200).rounded())
  }
}
