/// Finds tables of contents, whose rows of dots say nothing that the headings do not.
enum PDFContents {
  /// Removes them from the pages: a page of hardly anything else as a whole, of others what stands between the first
  /// and the last row of dots, and the title above.
  ///
  /// - Returns: whether there were any.
  static func remove(from pages: inout [PDFPage]) -> Bool {
    var isFound = false
    var isContinued = false
    for index in pages.indices {
      let lines = pages[index].lines
      let rows = lines.filter { isRow($0.text) }
      // A few dots may be an example; at the end of a table that began before, they are its rest.
      let isTable = rows.count >= (isContinued ? 1 : 3)
      isContinued = false
      guard isTable, let first = rows.map(\.top).min(), let last = rows.map(\.bottom).max() else { continue }
      let isInside: (PDFLine) -> Bool = { $0.bottom > first && $0.top < last }
      guard lines.filter({ isInside($0) && isProse($0.text) }).count * 3 < rows.count else { continue }
      isFound = true
      isContinued = true
      let isWholePage = lines.filter { isProse($0.text) }.count * 5 < rows.count
      pages[index].lines.removeAll { line in
        isWholePage || isInside(line) || (line.top < first && isTitle(line.text))
      }
    }
    return isFound
  }

  /// Whether the line leads to a page by dots.
  static func isRow(_ text: String) -> Bool {
    text.contains("....") || text.contains(". . . ") || text.contains("…………")
  }

  private static func isTitle(_ text: String) -> Bool {
    ["contents", "table of contents", "brief contents"].contains(text.lowercased())
  }

  /// Whether the line is longer than titles are.
  private static func isProse(_ text: String) -> Bool { text.count > 60 && !isRow(text) }
}
