/// What a browser does not show, or shows beside the text: hidden elements, marks that link to a heading, the
/// numbers of code lines.
enum HTMLVisibility {
  static func invisibleNodes(of tree: HTMLTree) -> [Bool] {
    var result = Array(repeating: false, count: tree.nodes.count)
    var index = 0
    while index < tree.nodes.count {
      if tree.nodes[index].tag != .text, isInvisible(index, in: tree) {
        result[index] = true
        index = Int(tree.nodes[index].end)
      } else {
        index += 1
      }
    }
    return result
  }

  static func isInvisible(_ index: Int, in tree: HTMLTree) -> Bool {
    let tag = tree.nodes[index].tag
    if tag.isInvisible { return true }
    guard tree.hasAttributes(index) else { return false }
    if tag == .a, isPermalink(index, in: tree) { return true }
    if let classes = tree.attribute(.classes, of: index), HTMLClassNames(classes).isMark(on: tag) {
      return true
    }
    // The panels of tabs are hidden but for one, and all are content.
    if tree.attribute(.role, of: index)?.trimmedSpace.lowercasedString == "tabpanel" { return false }
    if tree.attribute(.ariaHidden, of: index)?.trimmedSpace.lowercasedString == "true" { return true }
    if let hidden = tree.attribute(.hidden, of: index), hidden.lowercasedString != "until-found" {
      return true
    }
    if tree.attribute(.doNotQuote, of: index) != nil { return true }
    if let style = tree.attribute(.style, of: index), style.count < 1000 {
      let plain = style.filter { !$0.isASCIISpace }.lowercasedString
      return plain.contains("display:none") || plain.contains("visibility:hidden")
    }
    return false
  }

  /// A link within the page whose text is only a mark.
  private static func isPermalink(_ index: Int, in tree: HTMLTree) -> Bool {
    guard let target = tree.attribute(.href, of: index), target.first == UInt8(ascii: "#") else {
      return false
    }
    let nodes = tree.subtree(index)
    guard nodes.count <= 6 else { return false }
    // A target of other links, not a link to itself: its name is wanted.
    if nodes.count == 1 { return false }
    var text: [UInt8] = []
    for node in nodes where tree.nodes[node].tag == .text { text += tree.text[tree.textRange(node)] }
    return text.count <= 12
      && text.string.unicodeScalars.allSatisfy {
        "¶#§🔗⚓\u{FE0F}\u{200B}\u{FEFF} \n\u{F0C1}".unicodeScalars.contains($0)
      }
  }
}
