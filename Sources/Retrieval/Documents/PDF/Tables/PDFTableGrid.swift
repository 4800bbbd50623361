/// The cells of a table's bands, and which bands make one row.
struct PDFTableGrid {
  /// For each band and column what stands there; nil where nothing does.
  private(set) var cells: [[PDFSegment?]] = []
  private let bands: ArraySlice<PDFBand>
  /// Widest cell of each column.
  private var widths: [Double]
  /// From the baseline of the band above to a band's own, less the font's box, in heights of the larger of the two.
  let gaps: [Double]
  /// The usual gap between lines of one cell: the least there is.
  private let leastGap: Double

  init(_ bands: ArraySlice<PDFBand>, columns: [ClosedRange<Double>]) {
    self.bands = bands
    var columns = columns
    var cells = bands.map { Self.cells(of: $0, columns) }
    // What is never beside the column before it is of that column, set to its other side; what is there in a few rows
    // and not in the first is the end of a long cell.
    var column = 1
    while column < columns.count {
      let filled = cells.count { $0[column] != nil }
      let isApart = cells.contains { $0[column] != nil && $0[column - 1] != nil }
      let isRare = cells.first?[column] == nil && filled * 4 < cells.count
      let isNarrow = Self.isNarrow(column, cells)
      if columns.count > 2, !isApart || isRare || isNarrow {
        columns[column - 1] = columns[column - 1].lowerBound...columns[column].upperBound
        columns.remove(at: column)
        cells = bands.map { Self.cells(of: $0, columns) }
      } else {
        column += 1
      }
    }
    self.cells = cells
    gaps = Self.gaps(bands)
    let apart = gaps.dropFirst().filter { $0 > Self.overlap }.sorted()
    leastGap = apart.isEmpty ? 0 : apart[apart.count / 8]
    widths = columns.indices.map { column in cells.compactMap { $0[column]?.width }.max() ?? 0 }
  }

  /// Whether a column mostly stands no farther from the one before it than a wide space is, and either at no edge of its
  /// own or everywhere as far.
  private static func isNarrow(_ column: Int, _ cells: [[PDFSegment?]]) -> Bool {
    let gaps = cells.compactMap { row in
      row[column].flatMap { cell in
        row[column - 1].map { (cell.left - $0.right) / max(1, cell.height) }
      }
    }
    guard gaps.count(where: { $0 < PDFSegment.gap }) * 2 > gaps.count else { return false }
    let lefts = cells.compactMap { $0[column]?.left }
    return lefts.count < 3 || !isNearlyOne(lefts, within: 1.5) || isNearlyOne(gaps, within: 0.1)
  }

  private static func isNearlyOne(_ values: [Double], within most: Double) -> Bool {
    (values.max() ?? 0) - (values.min() ?? 0) < most
  }

  private static func gaps(_ bands: ArraySlice<PDFBand>) -> [Double] {
    [0]
      + zip(bands, bands.dropFirst()).map { above, band in
        (band.bottom - above.bottom) / max(1, band.height, above.height) - 1
      }
  }

  func bottom(_ index: Int) -> Double { bands[bands.startIndex + index].bottom }

  func height(_ index: Int) -> Double { bands[bands.startIndex + index].height }

  var columnCount: Int { widths.count }

  /// Whether the columns are columns of prose: lines that fill them stand beside each other throughout.
  var isProse: Bool {
    guard cells.count > 2 else { return false }
    let full = cells.count { row in
      row.count { $0 != nil } == columnCount
        && zip(row, widths).allSatisfy { cell, width in
          cell.map { $0.width > 0.75 * width && $0.text.count > 25 } ?? false
        }
    }
    return full * 10 > cells.count * 6
  }

  /// The rows' cells as text.
  func rows(_ hyphenation: Hyphenation) -> [[String]] {
    let starts = starts
    return starts.indices.map { index in
      let end = index + 1 < starts.count ? starts[index + 1] : cells.count
      var row = [String](repeating: "", count: columnCount)
      for band in cells[starts[index]..<end] {
        for (column, cell) in band.enumerated() {
          guard let cell else { continue }
          if row[column].isEmpty {
            row[column] = cell.text
          } else {
            hyphenation.append(cell.text, to: &row[column])
          }
        }
      }
      return row
    }
  }

  /// Whether the rows are lines of justified prose whose wide spaces happen to meet: gaps are small, lines end at one
  /// edge, and what stands behind the gaps begins at none.
  var isStretched: Bool {
    var (narrow, gaps) = (0, 0)
    for row in cells {
      let parts = row.compactMap(\.self)
      for (part, next) in zip(parts, parts.dropFirst()) {
        gaps += 1
        if next.left - part.right < 2 * PDFSegment.gap * part.height { narrow += 1 }
      }
    }
    guard narrow * 10 > gaps * 6 else { return false }
    let last = cells.compactMap { $0.last ?? nil }
    return Self.share(of: bands.map(\.right), within: 1.5) > 0.6
      && Self.share(of: last.map(\.left), within: 0.4) < 0.6
      && last.count { $0.text.contains(where: \.isLetter) } * 2 > last.count
  }

  /// Largest share of the values that lie so many points from one of them.
  private static func share(of values: [Double], within most: Double) -> Double {
    let sorted = values.sorted()
    var (start, end, largest) = (0, 0, 0)
    for value in sorted {
      while start < end, sorted[start] <= value - most { start += 1 }
      while end < sorted.count, sorted[end] < value + most { end += 1 }
      largest = max(largest, end - start)
    }
    return Double(largest) / Double(max(1, values.count))
  }

  // MARK: Rows

  /// The bands that rows begin with.
  private var starts: [Int] {
    if isCentred { return centredStarts }
    let isPadded = isPadded
    var starts: [Int] = []
    var row = Set<Int>()
    for index in cells.indices {
      let columns = filled(index)
      if index > 0, continues(index, columns, row: row, isPadded: isPadded) {
        row.formUnion(columns)
      } else {
        starts.append(index)
        row = columns
      }
    }
    return starts
  }

  /// Columns that a band has text in.
  func filled(_ index: Int) -> Set<Int> {
    Set(cells[index].indices.filter { cells[index][$0] != nil })
  }

  /// Whether rows stand apart by more than the lines of a cell do, whose text goes on from line to line.
  private var isPadded: Bool {
    let close = (1..<max(1, cells.count)).filter { gaps[$0] <= leastGap + Self.padding }
    guard !close.isEmpty, close.count < cells.count - 1 else { return false }
    return close.count { wraps($0) || wrapsProse($0) } * 10 >= close.count * 7
  }

  /// Bands nearer than this stand at heights that lines of one text do not.
  static let overlap = -0.25

  /// Least difference between the gap of two rows and that of two lines of a cell, in heights.
  private static let padding = 0.2

  /// Whether some cell of several words goes on with the one above it.
  private func wrapsProse(_ index: Int) -> Bool {
    let height = height(index)
    return zip(cells[index], cells[index - 1]).enumerated().contains { column, pair in
      guard let cell = pair.0, let above = pair.1, widths[column] > 8 * height else { return false }
      return above.text.count(where: { $0 == " " }) > 1
        && above.width + 0.2 * height + cell.firstWordWidth > widths[column]
    }
  }

  /// Whether every cell of the band goes on with the one above it, whose line had no room for its first word.
  private func wraps(_ index: Int) -> Bool {
    let height = height(index)
    return zip(cells[index], cells[index - 1]).enumerated().allSatisfy { column, pair in
      guard let cell = pair.0 else { return true }
      guard let above = pair.1 else { return false }
      if above.text.hasSuffix("-") { return true }
      // Numbers fill a narrow column, and a number below them is one more.
      guard
        widths[column] > 4 * height
          ? above.text.contains(where: \.isLetter) : !cell.text.contains(where: \.isNumber)
      else { return false }
      return above.width + 0.2 * height + cell.firstWordWidth > widths[column]
    }
  }

  private func continues(_ index: Int, _ columns: Set<Int>, row: Set<Int>, isPadded: Bool) -> Bool {
    let gap = gaps[index]
    // What stands below a first cell alone explains it.
    if row == [0], !columns.contains(0) { return true }
    if gap < Self.overlap { return !(columns.contains(0) && row.contains(0)) }
    if gap > leastGap + (isPadded ? Self.padding : 0.3) { return false }
    if isPadded {
      // That all of three cells and more go on is rare: it takes rows enough to tell their distance.
      let isFull = columnCount > 2 && columns.count == columnCount
      if isFull, gaps.count(where: { $0 > leastGap + Self.padding }) < 3 { return false }
      return wraps(index) || wrapsProse(index) || columns.count < row.count
    }
    if wraps(index), columns.count < row.count {
      // A first cell alone, whose text stands below it, begins a row.
      let isTerm = columns == [0] && index + 1 < cells.count && cells[index + 1][0] == nil
      return !isTerm
    }
    if columns.contains(0) { return false }
    if columns.isDisjoint(with: row) { return true }
    guard columns.count == 1, let column = columns.first, let cell = cells[index][column] else {
      return false
    }
    return cells[index - 1][column] != nil && cell.text.contains(where: \.isLetter)
  }

  // MARK: Cells

  private static func cells(of band: PDFBand, _ columns: [ClosedRange<Double>]) -> [PDFSegment?] {
    var cells = [PDFSegment?](repeating: nil, count: columns.count)
    for segment in band.segments {
      for part in parts(of: segment, columns) {
        let column = Self.column(part.left, part.right, columns)
        guard let cell = cells[column] else {
          cells[column] = part
          continue
        }
        cells[column]?.text += " \(part.text)"
        cells[column]?.words += part.words
        cells[column]?.right = max(cell.right, part.right)
      }
    }
    return cells
  }

  /// The column that most of the range lies in, or else the nearest. Of two, the first may have cells that run far into
  /// the other.
  static func column(_ left: Double, _ right: Double, _ columns: [ClosedRange<Double>]) -> Int {
    if columns.count == 2, abs(columns[0].lowerBound - left) < 1.2 { return 0 }
    var best = (column: 0, share: -Double.infinity)
    for (index, column) in columns.enumerated() {
      let share = min(right, column.upperBound) - max(left, column.lowerBound)
      if share > best.share + 0.01 { best = (index, share) }
    }
    return best.column
  }

  /// A segment over several columns, cut between two of them: at a gap wider than a space, or where a word begins at the
  /// very edge of a column.
  static func parts(of segment: PDFSegment, _ columns: [ClosedRange<Double>]) -> [PDFSegment] {
    let extent = segment.left...max(segment.left, segment.right)
    guard segment.words.count > 1, columns.count(where: { $0.overlaps(extent) }) > 1 else {
      return [segment]
    }
    var parts: [PDFSegment] = []
    var start = 0
    for index in 1..<segment.words.count {
      let (word, next) = (segment.words[index - 1], segment.words[index])
      let own = column(next.left, next.right, columns)
      if column(word.left, word.right, columns) != own,
        next.left - word.right > PDFSegment.narrowGap * segment.height
          || abs(next.left - columns[own].lowerBound) < 1.2
      {
        parts.append(segment.part(start..<index))
        start = index
      }
    }
    return parts + [start == 0 ? segment : segment.part(start..<segment.words.count)]
  }
}
