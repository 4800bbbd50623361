/// A table on a page: rows of cells that stand beside each other in the same columns.
struct PDFTable {
  /// Indices of its lines among those of the page.
  let lines: Set<Int>
  let rows: [[String]]
  let left: Double
  let right: Double
  let top: Double
  let bottom: Double

  /// The lines of a program with their numbers beside them, if that is what it is, without the numbers.
  let listing: PDFCode?

  /// Rows as lines, cells divided by ` | `.
  var text: String { rows.map { $0.joined(separator: " | ") }.joined(separator: "\n") }

  /// The items of a list whose numbers stand in a column of their own, with these as their marks; nil for a table.
  var items: [String]? {
    guard rows.count > 1, rows.allSatisfy({ $0.count == 2 }),
      rows.enumerated().allSatisfy({ Int($0.element[0]) == $0.offset + 1 })
    else { return nil }
    let words = rows.reduce(0) { $0 + $1[1].split(separator: " ").count }
    return words >= 4 * rows.count ? rows.map { "\($0[0]). \($0[1])" } : nil
  }

  init?(_ bands: ArraySlice<PDFBand>, columns: [ClosedRange<Double>], hyphenation: Hyphenation) {
    let grid = PDFTableGrid(bands, columns: columns)
    guard grid.columnCount > 1, !grid.isProse, !grid.isStretched, !grid.isMisaligned else {
      return nil
    }
    rows = grid.rows(hyphenation)
    lines = Set(bands.flatMap { $0.segments.flatMap { [$0.line, $0.joined ?? $0.line] } })
    left = bands.map(\.left).min() ?? 0
    right = bands.map(\.right).max() ?? 0
    top = bands.map(\.top).min() ?? 0
    bottom = bands.map(\.bottom).max() ?? 0
    listing = Self.listing(bands)
    guard isSound, !Self.beginsWithHeading(bands, columns: grid.columnCount), !isEquations, !isIndex
    else {
      return nil
    }
    // Two lines may have a wide space at the same place by chance.
    let gaps = bands.flatMap { $0.segments.dropFirst().map(\.before) }
    guard rows.count > 2 || gaps.allSatisfy({ $0 > 2 * PDFSegment.gap }) else { return nil }
  }

  /// What stands beside numbers that rise by one, if most of it is code.
  private static func listing(_ bands: ArraySlice<PDFBand>) -> PDFCode? {
    let numbers = bands.compactMap(lineNumber)
    guard numbers.count > 1, numbers.count * 10 > bands.count * 9,
      zip(numbers, numbers.dropFirst()).allSatisfy({ $1 == $0 + 1 })
    else { return nil }
    let segments = bands.flatMap { band in
      band.segments.dropFirst(lineNumber(band) == nil ? 0 : 1)
    }
    guard segments.count(where: \.isCode) * 10 > segments.count * 6,
      segments.allSatisfy({ !$0.words.isEmpty })
    else { return nil }
    var code = PDFCode()
    code.append(segments.map { PDFLine($0.words, block: 0) })
    return code
  }

  /// What a band begins with, if that may be the number of a line.
  private static func lineNumber(_ band: PDFBand) -> Int? {
    let text = band.segments[0].text
    return text.utf8.count <= 6 ? Int(text) : nil
  }

  /// Whether two rows or more, and most of them, have two cells or more.
  private var isSound: Bool {
    let full = rows.count { row in row.count { !$0.isEmpty } > 1 }
    guard full > 1, full * 2 >= rows.count else { return false }
    // Ticks and marks of a diagram leave most cells empty.
    let cells = rows.joined()
    return cells.contains(where: Self.hasWord) || cells.count { !$0.isEmpty } * 10 > cells.count * 7
  }

  /// Whether the first band is a numbered heading above a table of more columns: "3.1.2 | Model parameters".
  private static func beginsWithHeading(_ bands: ArraySlice<PDFBand>, columns: Int) -> Bool {
    guard columns > 2, let first = bands.first, first.segments.count == 2 else { return false }
    return first.segments[0].text.contains(".")
      && HeadingShape.isNumberAlone(first.segments[0].text)
      && first.segments[1].text.first?.isLetter == true
  }

  /// Whether the rows are formulas: their last column holds numbers alone, "(3.12)", or hardly a cell has a word.
  private var isEquations: Bool {
    let last = rows.compactMap(\.last).filter { !$0.isEmpty }
    return last.allSatisfy {
      $0.hasPrefix("(") && $0.hasSuffix(")") && $0.dropFirst().first?.isNumber == true
    }
  }

  /// Whether four letters follow each other.
  private static func hasWord(_ text: String) -> Bool {
    var letters = 0
    for character in text {
      letters = character.isLetter ? letters + 1 : 0
      if letters > 3 { return true }
    }
    return false
  }

  /// Whether most cells end with a page's number as entries of an index do: "paper size, 12".
  private var isIndex: Bool {
    let cells = rows.joined().filter { !$0.isEmpty }
    return cells.count {
      $0.last?.isNumber == true && $0.contains(", ") && $0.contains(where: \.isLetter)
    }
      * 2
      > cells.count
  }
}
