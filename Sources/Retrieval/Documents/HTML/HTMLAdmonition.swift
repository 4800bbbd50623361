/// A note, a tip or a warning that a page sets apart: its title labels what it says, and heads nothing that follows it.
struct HTMLAdmonition {
  /// The element that holds nothing but the title.
  let title: Int
  /// The words of the title on one line, as `Note`.
  let label: [UInt8]

  /// Longest title in bytes; what is longer is rather text.
  private static let longestTitle = 160

  /// Nil if `index` is no such box, or if text stands in it before any title.
  init?(_ index: Int, in tree: HTMLTree, without isDropped: [Bool]) {
    guard Self.isBox(index, in: tree) else { return nil }
    let nodes = tree.subtree(index)
    var node = index + 1
    var hasSign = false
    while node < nodes.upperBound {
      if isDropped[node] {
        node = Int(tree.nodes[node].end)
        continue
      }
      if tree.nodes[node].tag == .text {
        guard tree.text[tree.textRange(node)].isBlank else { return nil }
      } else if Self.isTitle(node, in: tree) || hasSign && tree.nodes[node].tag == .th {
        let label = Self.words(of: node, in: tree, without: isDropped)
        guard !label.isEmpty, label.count <= Self.longestTitle else { return nil }
        // A box with headings of its own is a part of the page, and its first heading is one of them.
        let rest = Int(tree.nodes[node].end)..<nodes.upperBound
        guard !rest.contains(where: { tree.nodes[$0].tag.headingLevel != nil }) else { return nil }
        (title, self.label) = (node, label)
        return
      }
      if tree.nodes[node].tag == .img { hasSign = true }
      node += 1
    }
    return nil
  }

  /// Whether an element is called what site generators call these boxes.
  static func isBox(_ index: Int, in tree: HTMLTree) -> Bool {
    switch tree.nodes[index].tag {
    case .div, .aside, .section, .details, .blockquote: break
    default: return false
    }
    return tree.attribute(.classes, of: index).map { HTMLClassNames($0).isAdmonitionBox } ?? false
  }

  private static func isTitle(_ node: Int, in tree: HTMLTree) -> Bool {
    let tag = tree.nodes[node].tag
    if let level = tag.headingLevel, level > 2 { return true }
    if tag == .summary { return true }
    return tree.attribute(.classes, of: node).map { HTMLClassNames($0).isBoxTitle } ?? false
  }

  private static func words(of index: Int, in tree: HTMLTree, without isDropped: [Bool]) -> [UInt8] {
    var line = InlineText()
    var node = index
    while node < tree.nodes[index].end {
      let tag = tree.nodes[node].tag
      if isDropped[node] {
        node = Int(tree.nodes[node].end)
        continue
      }
      if tag == .text {
        line.add(tree.text[tree.textRange(node)])
      } else if tag == .img, let text = tree.attribute(.alt, of: node) {
        line.add(text.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") })
      } else if tag.isBlock || tag == .br {
        line.space()
      }
      node += 1
    }
    return line.take()
  }
}
