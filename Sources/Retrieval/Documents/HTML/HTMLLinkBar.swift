/// Bars of links to the pages before, after and above, as Texinfo and other generators set them above and below a text.
enum HTMLLinkBar {
  /// Longest bar, in bytes without white space.
  private static let longest = 600
  /// Bytes without white space that a bar may say beside each link: `Previous:`.
  private static let longestLabel = 16

  static func matches(_ index: Int, in tree: HTMLTree, _ element: HTMLStatistics.Element) -> Bool {
    switch tree.nodes[index].tag {
    case .div, .p, .table, .tr, .td, .center, .section, .ul, .ol, .dl: break
    default: return false
    }
    guard element.links > 0, element.text <= longest,
      element.text - element.linkText <= longestLabel * element.links
    else { return false }
    return holdsOnlyRelations(index, in: tree) || isHeaderTable(index, in: tree)
  }

  /// Whether every link says how its page stands to this one, and one that it is the next or the like.
  private static func holdsOnlyRelations(_ index: Int, in tree: HTMLTree) -> Bool {
    var leadsOn = false
    for node in tree.subtree(index) where tree.nodes[node].tag == .a {
      guard tree.attribute(.href, of: node) != nil else { continue }
      let relations = (tree.attribute(.rel, of: node) ?? []).split(whereSeparator: \.isASCIISpace)
        .map(\.lowercasedString)
      guard relations.contains(where: Self.relations.contains) else { return false }
      if relations.contains(where: Self.neighbours.contains) { leadsOn = true }
    }
    return leadsOn
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
