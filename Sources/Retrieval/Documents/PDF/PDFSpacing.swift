/// Tells which lines of a page go on with the paragraph above them where poppler takes each line for a block, as it does
/// with lines that stand far apart.
struct PDFSpacing {
  /// Usual distance from the top of one line to that of the next within a sentence, in heights of the line; nil where
  /// no sentence runs over two lines.
  private let leading: Double?
  /// Lines farther apart than this, in their heights, are of two paragraphs whatever the document's spacing.
  private static let limit = 2.6

  init(_ pages: [PDFPage]) {
    var distances: [Double] = []
    for page in pages {
      for (line, next) in zip(page.lines, page.lines.dropFirst())
      where Self.areAlike(line, next) && !Self.ends(line) && next.text.first?.isLowercase == true {
        let distance = (next.top - line.top) / line.height
        if distance < Self.limit { distances.append(distance) }
      }
    }
    distances.sort()
    leading = distances.isEmpty ? nil : distances[distances.count / 2]
  }

  /// Whether `line` belongs to the paragraph of `previous`, which ends where the next word would not have fitted.
  ///
  /// - Parameter right: where the lines of the page end.
  func continues(_ previous: PDFLine, _ line: PDFLine, right: Double) -> Bool {
    guard let leading, Self.areAlike(previous, line), !previous.text.isEmpty,
      !ListMarker.isBullet(String(line.text.prefix(1))), ListMarker.kind(line.text) == nil
    else { return false }
    let word = line.text.prefix { $0 != " " }.count
    let character = previous.width / Double(previous.text.count)
    return (line.top - previous.top) / line.height < leading * 1.15
      && previous.right + Double(word + 1) * character > right
  }

  /// Whether one line stands below the other, at the same edge and as large.
  private static func areAlike(_ line: PDFLine, _ next: PDFLine) -> Bool {
    line.height > 0 && next.top > line.top + 0.5 * line.height && abs(line.height - next.height) < 0.5
      && abs(line.left - next.left) < 0.8 * line.height
  }

  private static func ends(_ line: PDFLine) -> Bool {
    line.text.last.map { ".:;!?”\"".contains($0) } ?? true
  }
}
