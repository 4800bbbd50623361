/// Lines of code on a page, laid out again as they stand there.
struct PDFCode {
  private(set) var lines: [PDFLine] = []

  mutating func append(_ more: [PDFLine]) { lines += more }

  /// The lines with their indents; lines beside each other make one, and a gap above a line leaves one blank.
  var text: String {
    let left = lines.map(\.left).min() ?? 0
    var text = ""
    var column = 0
    var previous: PDFLine?
    for line in lines.sorted(by: { ($0.top, $0.left) < ($1.top, $1.left) }) {
      if let last = previous, line.top - last.top > 0.5 * line.height {
        text += line.top - last.top > 1.8 * line.height ? "\n\n" : "\n"
        column = 0
        previous = line
      }
      let start = PDFLine.columns(line.left - left, pitch: line.pitch ?? 0)
      text += String(repeating: " ", count: column == 0 ? start : max(1, start - column))
      let words = line.spaced ?? line.text
      text += words
      column = max(start, column + 1) + words.unicodeScalars.count
      if previous == nil { previous = line }
    }
    return text
  }
}
