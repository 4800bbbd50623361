/// How much text and how many links each element of a page holds, its descendants included.
struct HTMLStatistics {
  struct Element {
    /// Bytes that are not white space.
    var text = 0
    /// Those of them within links.
    var linkText = 0
    var links = 0
    /// The element is or holds what looks like the page's main element.
    var holdsMain = false

    var linkDensity: Double { text == 0 ? 0 : Double(linkText) / Double(text) }
  }

  private var elements: [Element]

  subscript(index: Int) -> Element { elements[index] }

  init(_ tree: HTMLTree, without isDropped: [Bool]) {
    elements = Array(repeating: Element(), count: tree.nodes.count)
    for (index, node) in tree.nodes.enumerated() where node.tag == .text {
      elements[index].text = tree.text[tree.textRange(index)].count { !$0.isASCIISpace }
    }
    // Children come after their parents, so that one walk from the end sums up whole subtrees.
    for index in tree.nodes.indices.reversed() where !isDropped[index] {
      let node = tree.nodes[index]
      if node.tag == .a {
        elements[index].linkText = elements[index].text
        elements[index].links += 1
      }
      if node.tag != .text, HTMLBoilerplate.isMain(index, in: tree) { elements[index].holdsMain = true }
      guard let parent = tree.parent(index) else { continue }
      elements[parent].text += elements[index].text
      elements[parent].linkText += elements[index].linkText
      elements[parent].links += elements[index].links
      if elements[index].holdsMain { elements[parent].holdsMain = true }
    }
  }
}
