/// Puts the lines of pages in two columns into the order in which they are read.
///
/// Poppler orders most such pages itself; where it goes back and forth between the columns, which it does as soon
/// as their paragraphs begin at different heights, the page is put in order by its gutter: of each band between
/// lines that run across it, the left column first.
struct PDFColumns {
  /// Fewest lines that a column has.
  private static let fewest = 5

  private enum Side { case left, right, across }

  static func order(_ pages: inout [PDFPage]) {
    for index in pages.indices {
      if let lines = ordered(pages[index].lines) { pages[index].lines = lines }
    }
  }

  /// The lines in reading order; nil where they are in no two columns of prose, or in order already.
  private static func ordered(_ lines: [PDFLine]) -> [PDFLine]? {
    guard lines.count >= 2 * fewest, let gutter = gutter(lines) else { return nil }
    let sides = sides(of: lines, gutter)
    guard isProse(lines, sides), goesBack(lines, sides) else { return nil }
    let crossing = lines.indices.filter { sides[$0] == .across }.sorted { lines[$0].top < lines[$1].top }
    var order: [Int] = []
    var top = -Double.infinity
    for across in crossing.map(Optional.some) + [nil] {
      let bottom = across.map { lines[$0].top } ?? .infinity
      for side in [Side.left, .right] {
        let column = lines.indices.filter {
          sides[$0] == side && middle(lines[$0]) >= top && middle(lines[$0]) < bottom
        }
        order += rows(column, of: lines)
      }
      if let across {
        order.append(across)
        top = max(top, bottom)
      }
    }
    return order.count == lines.count ? order.map { lines[$0] } : nil
  }

  /// Indices of the lines of each column of a page in columns of prose or of lists, what runs across them apart; of any
  /// other page, those of all lines.
  static func parts(_ lines: [PDFLine]) -> [[Int]] {
    guard lines.count >= 2 * fewest else { return [Array(lines.indices)] }
    var gutters = gutters(lines)
    // Examples among the prose leave fewer of the lines full.
    if gutters.isEmpty, let gutter = gutter(lines),
      isProse(lines, sides(of: lines, gutter), share: 0.3, shortest: 25)
    {
      gutters = [gutter]
    }
    return Dictionary(grouping: lines.indices) { index in
      let column = gutters.count { lines[index].left >= $0 }
      return gutters.count { lines[index].right > $0 } == column ? column : -1
    }.sorted { $0.key < $1.key }.map(\.value)
  }

  private static func sides(of lines: [PDFLine], _ gutter: Double) -> [Side] {
    lines.map { line in line.right <= gutter ? .left : line.left >= gutter ? .right : .across }
  }

  private static func middle(_ line: PDFLine) -> Double { (line.top + line.bottom) / 2 }

  /// Indices from top to bottom, and from left to right where lines stand beside each other.
  private static func rows(_ column: [Int], of lines: [PDFLine]) -> [Int] {
    var rows: [[Int]] = []
    for index in column.sorted(by: { lines[$0].bottom < lines[$1].bottom }) {
      if let first = rows.last?.first, lines[index].bottom - lines[first].bottom < 0.35 * lines[first].height
      {
        rows[rows.count - 1].append(index)
      } else {
        rows.append([index])
      }
    }
    return rows.flatMap { row in row.sorted { lines[$0].left < lines[$1].left } }
  }

  /// The middle of the widest strip, near the middle of the page, that hardly any line runs across.
  private static func gutter(_ lines: [PDFLine]) -> Double? {
    let left = lines.map(\.left).min() ?? 0
    let right = lines.map(\.right).max() ?? 0
    guard right - left > 100, left > -10_000, right < 10_000 else { return nil }
    let start = Int(left + 0.3 * (right - left))
    let end = Int(right - 0.3 * (right - left))
    var crossings = [Int](repeating: 0, count: end - start + 1)
    for line in lines {
      let first = max(start, Int(line.left.rounded(.up)))
      let last = min(end, Int(line.right.rounded(.down)))
      if first <= last { for x in first...last { crossings[x - start] += 1 } }
    }
    guard let fewest = crossings.min(), fewest * 4 <= lines.count else { return nil }
    // A page number at its foot is no wall.
    let few = fewest + lines.count / 20
    var best = 0..<0
    var run = 0
    for x in crossings.indices {
      guard crossings[x] <= few else {
        run = x + 1
        continue
      }
      if x + 1 - run > best.count { best = run..<(x + 1) }
    }
    return best.count < 5 ? nil : Double(start) + Double(best.lowerBound + best.upperBound) / 2
  }

  /// Whether either side has lines enough, stacked, of which such a share fill it, as prose does and tables do not.
  private static func isProse(
    _ lines: [PDFLine], _ sides: [Side], share: Double = 0.5, shortest: Int = 0
  ) -> Bool {
    for side in [Side.left, .right] {
      let column = lines.indices.filter { sides[$0] == side }.map { lines[$0] }
      guard let left = column.map(\.left).min(), let right = column.map(\.right).max() else { return false }
      let full = column.count { $0.width > 0.7 * (right - left) && $0.text.count >= shortest }
      guard full >= fewest,
        Double(full) >= share * Double(column.count) || holdsMostly(column, full: 0.7 * (right - left))
      else { return false }
    }
    return true
  }

  /// Whether a column of prose has short lines besides, headings or a table: most of its text is in the full ones.
  private static func holdsMostly(_ column: [PDFLine], full width: Double) -> Bool {
    let full = column.filter { $0.width > width }
    return full.count >= 2 * fewest
      && 20 * full.reduce(0) { $0 + $1.text.count } >= 11 * column.reduce(0) { $0 + $1.text.count }
  }

  /// Whether the lines go from the right column back up to the left one.
  private static func goesBack(_ lines: [PDFLine], _ sides: [Side]) -> Bool {
    var bottom: Double?
    for (line, side) in zip(lines, sides) {
      switch side {
      case .across: bottom = nil
      case .right: bottom = max(bottom ?? -.infinity, line.bottom)
      case .left:
        if let bottom, line.top < bottom - 1.5 * line.height { return true }
        bottom = nil
      }
    }
    return false
  }
}
