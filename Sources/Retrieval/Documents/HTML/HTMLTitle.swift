/// The title that a page gives itself.
enum HTMLTitle {
  /// `og:title`, else `<title>`, else the first heading of level 1; nil if none has words. What follows the heading in a
  /// title, mostly the name of the site, which all of its pages have, is left out.
  static func title(of tree: HTMLTree) -> String? {
    var shared: String?
    var title: String?
    var heading: String?
    var leadsHome = false
    for index in tree.nodes.indices {
      switch tree.nodes[index].tag {
      case .meta where shared == nil:
        let name = tree.attribute(.property, of: index) ?? tree.attribute(.name, of: index)
        if name?.string == "og:title", let value = tree.attribute(.content, of: index), !value.isBlank {
          shared = words(value)
        }
      case .title where title == nil && !isInPicture(index, tree): title = text(of: index, in: tree)
      case .h1 where heading == nil:
        heading = text(of: index, in: tree)
        leadsHome = isLink(index, tree)
      default: break
      }
    }
    guard let whole = shared ?? title, let heading else { return shared ?? title ?? heading }
    return !leadsHome && isNamed(whole, by: heading) ? heading : whole
  }

  /// Whether a title is the heading and something that a sign parts from it, as in `Install | Handbook`.
  private static func isNamed(_ title: String, by heading: String) -> Bool {
    guard title.utf8.starts(with: heading.utf8) else { return false }
    let rest = title.utf8.dropFirst(heading.utf8.count)
    let sign = String(decoding: rest, as: UTF8.self).drop { $0 == " " }.first
    return rest.first == .space && sign.map("—–-|·•:«‹/".contains) == true
  }

  /// Whether a heading is one link, as the name of a site that leads to its first page.
  private static func isLink(_ index: Int, _ tree: HTMLTree) -> Bool {
    if tree.parent(index).map({ tree.nodes[$0].tag == .a }) == true { return true }
    return tree.children(of: index).contains { node in
      tree.nodes[node].tag == .a && !HTMLVisibility.isInvisible(node, in: tree)
        && text(of: node, in: tree) == text(of: index, in: tree)
    }
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
