/// The title that a page gives itself.
enum HTMLTitle {
  /// `og:title`, else `<title>`, else the first heading of level 1; nil if none has words.
  static func title(of tree: HTMLTree) -> String? {
    var title: String?
    var heading: String?
    for index in tree.nodes.indices {
      switch tree.nodes[index].tag {
      case .meta:
        let name = tree.attribute(.property, of: index) ?? tree.attribute(.name, of: index)
        if name?.string == "og:title", let value = tree.attribute(.content, of: index), !value.isBlank {
          return words(value)
        }
      case .title where title == nil && !isInPicture(index, tree): title = text(of: index, in: tree)
      case .h1 where heading == nil: heading = text(of: index, in: tree)
      default: break
      }
    }
    return title ?? heading
  }

  private static func text(of index: Int, in tree: HTMLTree) -> String? {
    var line = InlineText()
    var node = index
    while node < tree.nodes[index].end {
      let tag = tree.nodes[node].tag
      if tag == .text {
        line.add(tree.text[tree.textRange(node)])
      } else if node != index, HTMLVisibility.isInvisible(node, in: tree) {
        node = Int(tree.nodes[node].end)
        continue
      } else if tag.isBlock || tag == .br {
        line.space()
      }
      node += 1
    }
    return line.isEmpty ? nil : line.bytes.string
  }

  private static func words(_ value: ArraySlice<UInt8>) -> String {
    var line = InlineText()
    line.add(value)
    return line.bytes.string
  }

  private static func isInPicture(_ index: Int, _ tree: HTMLTree) -> Bool {
    var next = tree.parent(index)
    while let current = next {
      if tree.nodes[current].tag == .svg { return true }
      next = tree.parent(current)
    }
    return false
  }
}
