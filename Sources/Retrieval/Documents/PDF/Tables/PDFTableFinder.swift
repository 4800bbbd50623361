/// Finds the tables of a page by where words stand, whatever order poppler gives the cells in.
struct PDFTableFinder {
  private let typography: PDFTypography
  private let hyphenation: Hyphenation
  /// Most bands in a row that have one cell only.
  private static let mostSingles = 12
  /// Bands that are looked at in vain before no more tables are looked for, and so many for each band of the page: pages
  /// as they are printed never need them.
  private static let (patience, patiencePerBand) = (10_000, 40)

  init(typography: PDFTypography, hyphenation: Hyphenation) {
    self.typography = typography
    self.hyphenation = hyphenation
  }

  /// From top to bottom; of a page in two columns, those of either column.
  func tables(on page: PDFPage) -> [PDFTable] {
    let width = page.lines.map(\.right).max() ?? 0
    guard width < 10_000 else { return [] }
    return PDFColumns.parts(page.lines).flatMap { part in
      tables(
        among: part.flatMap { index in
          PDFSegment.segments(
            of: page.lines[index], index: index, isCode: typography.isCode(page.lines[index]))
        }, width: width)
    }
  }

  private func tables(among segments: [PDFSegment], width: Double) -> [PDFTable] {
    let bands = PDFBand.bands(segments)
    var tables: [PDFTable] = []
    var index = 0
    var patience = Self.patience + Self.patiencePerBand * bands.count
    while index < bands.count {
      if patience > 0, bands[index].isRow, !isLarge(bands[index]),
        let found = table(bands, at: index, width: width, patience: &patience)
      {
        tables.append(found.table)
        index = found.end
      } else {
        index += 1
      }
    }
    return tables
  }

  private func isLarge(_ band: PDFBand) -> Bool {
    band.segments.allSatisfy { $0.height > typography.bodyHeight * 1.12 }
  }

  /// The table that begins with the band at `row`, and where it ends.
  ///
  /// - Parameter patience: less by the bands that are looked at.
  private func table(
    _ bands: [PDFBand], at row: Int, width: Double, patience: inout Int
  ) -> (table: PDFTable, end: Int)? {
    let start = Self.head(bands, of: row)
    var columns = PDFTableColumns(width: width)
    for band in bands[start...row] { columns.add(band) }
    var ranges = columns.ranges
    var end = row + 1
    var rows = 1
    var widest = 0.0
    var terms = Set<Int>()
    var next = end
    while next < bands.count, next - end < Self.mostSingles {
      patience -= 1
      let band = bands[next].cut(at: ranges)
      // A row may be code throughout, where others are not.
      let isRow = band.isRow || rows > 1 && fills(band, ranges)
      let gap = (band.top - bands[next - 1].bottom) / max(1, band.height)
      guard gap < (isRow ? 2.2 : 1.2), !isLarge(band) else { break }
      if !isRow, isTerm(band, before: next + 1 < bands.count ? bands[next + 1] : nil, ranges) {
        terms.insert(next)
        next += 1
        continue
      }
      guard isRow || band.segments.allSatisfy({ isInside($0, ranges) }) else { break }
      columns.add(band)
      let found = columns.ranges
      guard found.count > 1,
        found.count >= ranges.count || rows < 4 && found.count + 1 >= ranges.count,
        !isRow || !isShifted(band, bands[max(start, next - 12)..<next], ranges),
        // Another table stands farther off and has other columns.
        rows < 2 || found.count == ranges.count || gap < 1.25 * widest + 0.15
      else {
        columns.remove(band)
        break
      }
      next += 1
      widest = max(widest, gap)
      guard isRow else { continue }
      rows += 1
      ranges = found
      end = next
    }
    // Lines below the last row that go on with its last cells.
    while end < next, let segment = bands[end].segments.first, bands[end].segments.count == 1,
      PDFTableGrid.column(segment.left, segment.right, ranges) > 0,
      bands[end].top - bands[end - 1].bottom < 0.6 * segment.height
    {
      end += 1
    }
    for index in end..<next where !terms.contains(index) { columns.remove(bands[index]) }
    guard rows > 1,
      let table = PDFTable(bands[start..<end], columns: columns.ranges, hyphenation: hyphenation)
    else { return nil }
    return (table, end)
  }

  /// Where the row begins: before the row itself, if its head stands half a line higher in another column.
  private static func head(_ bands: [PDFBand], of row: Int) -> Int {
    guard row > 0, case let band = bands[row - 1], band.segments.count == 1,
      (bands[row].bottom - band.bottom) / max(1, bands[row].height, band.height) - 1
        < PDFTableGrid.overlap,
      bands[row].segments.allSatisfy({ $0.right < band.left || $0.left > band.right })
    else { return row }
    return row - 1
  }

  /// Whether some cell begins clearly left of the cells above it, which begin at one edge: a line of prose with a wide
  /// space, most likely.
  private func isShifted(
    _ band: PDFBand, _ above: ArraySlice<PDFBand>, _ columns: [ClosedRange<Double>]
  )
    -> Bool
  {
    band.segments.dropFirst().contains { segment in
      let column = PDFTableGrid.column(segment.left, segment.right, columns)
      let lefts = above.flatMap(\.segments).filter {
        PDFTableGrid.column($0.left, $0.right, columns) == column
      }.map(\.left)
      guard lefts.count > 1, let least = lefts.min(), let most = lefts.max() else { return false }
      return most - least < 1.5 && segment.left < least - 0.5 * segment.height
    }
  }

  /// Whether a band is a first cell too long for its column, on a line of its own above what stands beside it.
  private func isTerm(_ band: PDFBand, before next: PDFBand?, _ columns: [ClosedRange<Double>])
    -> Bool
  {
    guard band.segments.count == 1, let next, columns.count == 2, let first = columns.first,
      let last = columns.last,
      band.right > first.upperBound,
      band.right - band.left < 0.6 * (last.upperBound - first.lowerBound)
    else { return false }
    return abs(band.left - first.lowerBound) < 1.2 && abs(next.left - last.lowerBound) < 1.2
      && next.top - band.bottom < 1.2 * band.height
  }

  /// Whether a band has a segment at the edge of every column.
  private func fills(_ band: PDFBand, _ columns: [ClosedRange<Double>]) -> Bool {
    band.segments.count == columns.count
      && zip(band.segments, columns).allSatisfy { abs($0.left - $1.lowerBound) < 1.2 }
  }

  /// Whether a segment lies in one column, or begins at the edge of one behind the first and runs over its end.
  private func isInside(_ segment: PDFSegment, _ columns: [ClosedRange<Double>]) -> Bool {
    columns.count { $0.overlaps(segment.left...max(segment.left, segment.right)) } <= 1
      || columns.dropFirst().contains { abs($0.lowerBound - segment.left) < 1.2 }
  }
}
