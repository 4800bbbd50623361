extension PDFFurniture {
  /// Outer shares of the page that head and foot lie in.
  private static let edge = 0.1

  /// Puts what is left of heads and feet, as in short documents, before and behind the text of its page: poppler may have
  /// a foot at the end of the first column.
  static func order(_ pages: inout [PDFPage], bodyHeight: Double) {
    for index in pages.indices {
      let page = pages[index]
      let heads = page.lines.indices.filter { line in
        let head = page.lines[line]
        return head.height < bodyHeight * 0.95 && head.bottom < page.height * edge
          && page.lines.allSatisfy { $0.bottom < page.height * edge || $0.top > head.bottom + head.height }
      }
      let feet = page.lines.indices.filter { line in
        let foot = page.lines[line]
        return foot.height < bodyHeight * 0.95 && foot.top > page.height * (1 - edge)
          && page.lines.allSatisfy { $0.top > page.height * (1 - edge) || $0.bottom < foot.top - foot.height }
      }
      guard !heads.isEmpty || !feet.isEmpty else { continue }
      let outer = Set(heads + feet)
      let order = heads + page.lines.indices.filter { !outer.contains($0) } + feet
      pages[index].lines = order.map { page.lines[$0] }
    }
  }
}
