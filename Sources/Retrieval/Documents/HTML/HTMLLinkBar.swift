/// Bars of links to the pages before, after and above, as Texinfo and other generators set them above and below a text.
enum HTMLLinkBar {
  /// Longest bar, in bytes without white space.
  private static let longest = 600
  private static let mostLinks = 20
  /// Bytes without white space that a bar may say beside each link: `Previous:`.
  private static let longestLabel = 16

  static func matches(_ index: Int, in tree: HTMLTree, _ element: HTMLStatistics.Element) -> Bool {
    switch tree.nodes[index].tag {
    case .div, .p, .table, .tr, .td, .center, .section, .ul, .ol, .dl: break
    default: return false
    }
    guard (1...mostLinks).contains(element.links), element.text <= longest,
      element.text - element.linkText <= longestLabel * element.links
    else { return false }
    return holdsOnlyRelations(index, in: tree) && isLinkedThroughout(index, in: tree)
      || isHeaderTable(index, in: tree)
  }

  /// Whether links say how their pages stand to this one, and one is the next or the like. Where one does, a word with a
  /// colon says it of others: `Next:`.
  private static func holdsOnlyRelations(_ index: Int, in tree: HTMLTree) -> Bool {
    var leadsOn = false
    var isSaid = false
    var isLabelled = false
    var node = index
    while node < tree.nodes[index].end {
      defer { node += 1 }
      if tree.nodes[node].tag == .text {
        let text = tree.text[tree.textRange(node)].trimmedSpace
        if !text.isEmpty { isLabelled = text.last == UInt8(ascii: ":") }
      }
      guard tree.nodes[node].tag == .a, tree.attribute(.href, of: node) != nil else { continue }
      let relations = (tree.attribute(.rel, of: node) ?? []).split(whereSeparator: \.isASCIISpace)
        .map(\.lowercasedString)
      let isKnown = relations.contains(where: Self.relations.contains)
      guard isKnown || isLabelled else { return false }
      if isKnown { isSaid = true }
      if isLabelled || relations.contains(where: Self.neighbours.contains) { leadsOn = true }
      node = Int(tree.nodes[node].end) - 1
    }
    return leadsOn && isSaid
  }

  /// Whether each block within has a link, so that no text stands beside the bar.
  private static func isLinkedThroughout(_ index: Int, in tree: HTMLTree) -> Bool {
    tree.subtree(index).dropFirst().allSatisfy { block in
      guard tree.nodes[block].tag.isBlock else { return true }
      let nodes = tree.subtree(block)
      return nodes.contains { tree.nodes[$0].tag == .a && tree.attribute(.href, of: $0) != nil }
        || nodes.allSatisfy { tree.nodes[$0].tag != .text || tree.text[tree.textRange($0)].isBlank }
    }
  }

  /// A table of links in brackets, as texi2html sets it: `[ < ]  [ Up ]  [Contents]`.
  private static func isHeaderTable(_ index: Int, in tree: HTMLTree) -> Bool {
    guard tree.nodes[index].tag == .table, let classes = tree.attribute(.classes, of: index),
      HTMLClassNames(classes).contains("header")
    else { return false }
    var node = index + 1
    while node < tree.nodes[index].end {
      if tree.nodes[node].tag == .a {
        node = Int(tree.nodes[node].end)
        continue
      }
      if tree.nodes[node].tag == .text,
        !tree.text[tree.textRange(node)].allSatisfy({ !$0.isASCIIAlphanumeric })
      {
        return false
      }
      node += 1
    }
    return true
  }

  private static let neighbours: Set<String> = ["next", "prev", "previous", "up"]
  private static let relations: Set<String> = neighbours.union([
    "contents", "toc", "index", "start", "top", "home", "first", "last", "begin", "end", "chapter", "section",
  ])
}
