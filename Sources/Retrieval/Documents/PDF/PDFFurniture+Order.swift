extension PDFFurniture {
  /// Outer shares of the page that head and foot lie in.
  private static let edge = 0.1

  /// Puts what is left of heads and feet, as in short documents, before and behind the text of its page: poppler may have
  /// a foot at the end of the first column.
  static func order(_ pages: inout [PDFPage], bodyHeight: Double) {
    for index in pages.indices {
      let (lines, height) = (pages[index].lines, pages[index].height)
      func isHead(_ line: PDFLine) -> Bool { line.height < bodyHeight * 0.95 && line.bottom < height * edge }
      func isFoot(_ line: PDFLine) -> Bool {
        line.height < bodyHeight * 0.95 && line.top > height * (1 - edge)
      }
      // The text ends well before them.
      let first = lines.lazy.filter { !isHead($0) }.map(\.top).min() ?? .infinity
      let last = lines.lazy.filter { !isFoot($0) }.map(\.bottom).max() ?? -.infinity
      let heads = lines.indices.filter { head in
        isHead(lines[head]) && first > lines[head].bottom + lines[head].height
      }
      let feet = lines.indices.filter { foot in
        isFoot(lines[foot]) && last < lines[foot].top - lines[foot].height
      }
      let outer = Set(heads + feet)
      guard !outer.isEmpty else { continue }
      pages[index].lines = (heads + lines.indices.filter { !outer.contains($0) } + feet).map { lines[$0] }
    }
  }
}
