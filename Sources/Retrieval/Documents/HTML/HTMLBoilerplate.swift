/// Recognises by element, role and class the parts of a page that are not its content.
enum HTMLBoilerplate {
  /// The elements that page authors mark as the main text.
  static func isMain(_ index: Int, in tree: HTMLTree) -> Bool {
    switch tree.nodes[index].tag {
    case .main, .article: return true
    case .text: return false
    default:
      guard tree.hasAttributes(index) else { return false }
      return role(of: index, in: tree) == "main"
        || tree.attribute(.itemprop, of: index)?.lowercasedString == "articlebody"
    }
  }

  static func matches(_ index: Int, in tree: HTMLTree, _ element: HTMLStatistics.Element) -> Bool {
    let tag = tree.nodes[index].tag
    switch tag {
    case .nav, .search, .dialog, .form, .menu: return true
    case .header: return !isWithinContent(index, in: tree) && !isTitleBlock(index, in: tree, element)
    case .footer: return !isWithinContent(index, in: tree) || element.linkDensity > 0.3
    case .aside: return !isContentAside(index, in: tree, element)
    default: break
    }
    guard tree.hasAttributes(index) else { return false }
    switch role(of: index, in: tree) {
    case "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menubar", "toolbar":
      return true
    case "complementary": return !isContentAside(index, in: tree, element)
    default: break
    }
    switch tag {
    case .div, .section, .ul, .ol, .table, .p, .other, .dl:
      // A section whose heading is "Pagination" has that as its id.
      if let id = tree.attribute(.id, of: index), element.linkDensity > 0.3, HTMLClassNames(id).isBoilerplate
      {
        return !startsWithHeading(index, in: tree)
      }
      guard let classes = tree.attribute(.classes, of: index) else { return false }
      let names = HTMLClassNames(classes)
      return names.isBoilerplate && !names.contains("sidebar-title")
        && !isTitledSidebar(index, in: tree, element)
    default: return false
    }
  }

  private static func role(of index: Int, in tree: HTMLTree) -> String? {
    tree.attribute(.role, of: index)?.trimmedSpace.lowercasedString
  }

  private static func isWithinContent(_ index: Int, in tree: HTMLTree) -> Bool {
    var next = tree.parent(index)
    while let current = next {
      if isMain(current, in: tree) || tree.nodes[current].tag == .section { return true }
      next = tree.parent(current)
    }
    return false
  }

  /// A header that is the title of the page and not its navigation.
  private static func isTitleBlock(_ index: Int, in tree: HTMLTree, _ element: HTMLStatistics.Element) -> Bool
  {
    element.linkDensity < 0.3 && tree.subtree(index).contains { tree.nodes[$0].tag == .h1 }
  }

  private static func isContentAside(
    _ index: Int, in tree: HTMLTree, _ element: HTMLStatistics.Element
  ) -> Bool {
    if let classes = tree.attribute(.classes, of: index) {
      let names = HTMLClassNames(classes)
      if names.isAdmonition || isTitledSidebar(index, in: tree, element) { return true }
      if names.isBoilerplate { return false }
    }
    if role(of: index, in: tree) == "note" { return true }
    return isWithinContent(index, in: tree) && element.linkDensity < 0.25
  }

  /// A box beside the text that belongs to it, as books and manuals have them: it begins with a title and holds prose, while
  /// the sidebar of a site holds links.
  private static func isTitledSidebar(
    _ index: Int, in tree: HTMLTree, _ element: HTMLStatistics.Element
  ) -> Bool {
    guard element.linkDensity < 0.3, let classes = tree.attribute(.classes, of: index),
      HTMLClassNames(classes).contains("sidebar")
    else { return false }
    for node in tree.subtree(index).dropFirst() {
      if tree.nodes[node].tag == .text {
        guard tree.text[tree.textRange(node)].isBlank else { return false }
      } else if let classes = tree.attribute(.classes, of: node), HTMLClassNames(classes).isSidebarTitle {
        return true
      }
    }
    return false
  }

  private static func startsWithHeading(_ index: Int, in tree: HTMLTree) -> Bool {
    for node in tree.subtree(index).dropFirst().prefix(8) where tree.nodes[node].tag.headingLevel != nil {
      return true
    }
    return false
  }
}
