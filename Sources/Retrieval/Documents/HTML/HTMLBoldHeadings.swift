/// Paragraphs of a page that are nothing but a few words in bold, where it has several: what many pages, lists of questions
/// above all, write for headings.
enum HTMLBoldHeadings {
  /// Fewer of them may be emphasis.
  private static let fewest = 2
  /// Longest heading in bytes.
  private static let longest = 120
  /// Words that label what follows them, and head no section.
  private static let labels: Set<String> = [
    "note", "notes", "tip", "hint", "warning", "caution", "important", "example", "examples", "attention",
    "danger", "result", "output",
  ]

  /// The paragraphs, by their index in the tree.
  static func indices(in tree: HTMLTree, within content: HTMLContent) -> Set<Int> {
    var found: Set<Int> = []
    var index = content.root
    let end = Int(tree.nodes[index].end)
    while index < end {
      let tag = tree.nodes[index].tag
      if content.isDropped[index] || isOther(tag) {
        index = Int(tree.nodes[index].end)
      } else {
        if tag == .p, isHeading(index, in: tree, within: content) { found.insert(index) }
        index += 1
      }
    }
    return found.count >= fewest ? found : []
  }

  /// Whether bold words within it are no headings of the page.
  private static func isOther(_ tag: HTMLTag) -> Bool {
    switch tag {
    case .table, .blockquote, .figure, .dl, .form, .aside, .details: true
    default: tag.isPreformatted
    }
  }

  private static func isHeading(_ paragraph: Int, in tree: HTMLTree, within content: HTMLContent) -> Bool {
    var line = InlineText()
    var bold = 0
    var index = paragraph + 1
    while index < Int(tree.nodes[paragraph].end) {
      let node = tree.nodes[index]
      if content.isDropped[index] {
        index = Int(node.end)
        continue
      }
      switch node.tag {
      case .text:
        let text = tree.text[tree.textRange(index)]
        guard index < bold || text.isBlank, line.bytes.count + text.count <= 2 * longest else { return false }
        line.add(text)
      case .b, .strong: bold = max(bold, Int(node.end))
      case .br, .img, .input: return false
      default: break
      }
      index += 1
    }
    let text = line.take().trimmedSpace
    guard text.count <= longest, let last = text.last, !".:,;!".utf8.contains(last) else { return false }
    let words = String(decoding: text, as: UTF8.self)
    return words.contains(where: \.isLetter) && !labels.contains(words.lowercased())
  }
}
