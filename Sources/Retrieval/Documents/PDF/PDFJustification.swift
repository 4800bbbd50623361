/// Puts lines together that were stretched to both margins so far that poppler takes their words for columns: a long word
/// that did not fit leaves few others, with wide and equal spaces between them.
enum PDFJustification {
  /// Fewest words of a line that shows where margins are, and of one that was stretched.
  private static let (fullWords, fewest) = (5, 3)
  /// How far edges that are the same may lie apart, in points.
  private static let tolerance = 1.5

  private struct Margins {
    let left: Double
    let right: Double
  }

  static func join(_ pages: inout [PDFPage]) {
    for index in pages.indices {
      if let lines = joined(pages[index].lines) { pages[index].lines = lines }
    }
  }

  /// Nil where nothing is to be joined.
  private static func joined(_ lines: [PDFLine]) -> [PDFLine]? {
    var rows: [[Int]] = []
    for index in lines.indices.sorted(by: {
      (lines[$0].bottom, lines[$0].left) < (lines[$1].bottom, lines[$1].left)
    }) {
      if let first = rows.last?.first, lines[index].bottom - lines[first].bottom < 0.2 * lines[first].height,
        abs(lines[index].height - lines[first].height) < 0.5
      {
        rows[rows.count - 1].append(index)
      } else {
        rows.append([index])
      }
    }
    rows.removeAll { $0.count < 2 }
    guard !rows.isEmpty else { return nil }
    var margins: [Margins] = []
    for line in lines where line.words.count >= fullWords {
      if !margins.contains(where: { isNear($0.left, line.left) && isNear($0.right, line.right) }) {
        margins.append(Margins(left: line.left, right: line.right))
      }
      // A page has a few.
      guard margins.count <= 200 else { return nil }
    }
    var result: [PDFLine?] = lines
    for row in rows {
      for margin in margins {
        let parts = row.filter { index in
          lines[index].left > margin.left - tolerance && lines[index].right < margin.right + tolerance
        }.sorted { lines[$0].left < lines[$1].left }
        guard let place = parts.min(), let line = line(parts.map { lines[$0] }, within: margin) else {
          continue
        }
        for part in parts { result[part] = nil }
        result[place] = line
        break
      }
    }
    let left = result.compactMap(\.self)
    return left.count < lines.count ? left : nil
  }

  private static func isNear(_ first: Double, _ second: Double) -> Bool { abs(first - second) < tolerance }

  /// The parts as one line, where they reach from margin to margin with equal spaces between all of their words.
  private static func line(_ parts: [PDFLine], within margins: Margins) -> PDFLine? {
    guard parts.count > 1, let first = parts.first, let last = parts.last, isNear(first.left, margins.left),
      isNear(last.right, margins.right)
    else { return nil }
    let words = parts.flatMap(\.words).sorted { $0.left < $1.left }
    guard words.count >= fewest else { return nil }
    let spaces = zip(words, words.dropFirst()).map { $1.left - $0.right }
    guard let least = spaces.min(), let most = spaces.max(), least > 0, most - least < max(0.6, 0.05 * most)
    else {
      return nil
    }
    var line = PDFLine(words, block: first.block)
    // Its wide spaces part no cells.
    line.words = []
    return line
  }
}
