/// Blocks of a document that stand under the same heading.
struct Section: Equatable {
  /// Headings above the blocks, outermost first.
  var path: [String]
  /// Number of the top-level section that this one belongs to; chunks never span two.
  var topLevel: Int
  var anchor: String?
  /// Indices into the document's blocks, headings excluded.
  var blocks: [Int]

  /// Sections of `document` that hold more than headings. A document of nothing but headings gives one
  /// section that holds them.
  static func sections(of document: ParsedDocument, utf8: [UInt8]) -> [Section] {
    var sections: [Section] = []
    var open: [(level: Int, title: String)] = []
    var current = Section(path: [], topLevel: 0, blocks: [])
    let topLevel = topLevelOfSections(in: document)
    for (index, block) in document.blocks.enumerated() {
      guard case .heading(let level) = block.kind else {
        current.blocks.append(index)
        continue
      }
      if !current.blocks.isEmpty { sections.append(current) }
      open.removeAll { $0.level >= level }
      open.append((level, TitleText.shortened(utf8[block.range])))
      current = Section(
        path: open.map(\.title), topLevel: current.topLevel + (level <= topLevel ? 1 : 0),
        anchor: block.anchor, blocks: [])
    }
    if !current.blocks.isEmpty { sections.append(current) }
    if sections.isEmpty, !document.blocks.isEmpty {
      return [Section(path: [], topLevel: 0, blocks: Array(document.blocks.indices))]
    }
    return sections
  }

  /// The level whose headings start top-level sections: the highest one that occurs more than once, since a
  /// single highest heading is the document's title; without such a level, the lowest that occurs.
  private static func topLevelOfSections(in document: ParsedDocument) -> Int {
    var counts: [Int: Int] = [:]
    for block in document.blocks {
      if case .heading(let level) = block.kind { counts[level, default: 0] += 1 }
    }
    let levels = counts.keys.sorted()
    return levels.first { counts[$0, default: 0] > 1 } ?? levels.last ?? 1
  }
}
