/// The text of a subtree as it is written, for code: highlighters wrap words in `span` and lines in `div`,
/// `li` or nothing.
enum HTMLPreformatted {
  static func text(of index: Int, in tree: HTMLTree, without isDropped: [Bool]) -> [UInt8] {
    var result: [UInt8] = []
    var open: [Int] = []
    /// Line ends owed by elements that are lines, paid when more text comes without one of its own.
    var owed = 0
    var hasText = false
    /// The node after the last `code` element: variants of an example stand side by side in one `pre`.
    var endOfCode: Int?
    var node = index
    let end = Int(tree.nodes[index].end)

    func pay() {
      result.append(contentsOf: repeatElement(.lineFeed, count: owed))
      owed = 0
    }
    func closeLines(before next: Int) {
      while let last = open.last, tree.nodes[last].end <= next {
        open.removeLast()
        if tree.nodes[last].tag == .code { endOfCode = Int(tree.nodes[last].end) }
        guard last != index, tree.nodes[last].tag.isBlock else { continue }
        let isEmpty = Int(tree.nodes[last].end) == last + 1
        if isEmpty || hasText || owed == 0 { owed += 1 }
        hasText = false
      }
    }

    while node < end {
      closeLines(before: node)
      if isDropped[node] {
        node = Int(tree.nodes[node].end)
        continue
      }
      let tag = tree.nodes[node].tag
      if tag == .text {
        var text = tree.text[tree.textRange(node)]
        if owed > 0, text.first == .lineFeed {
          text = text.dropFirst()
          pay()
        }
        if !text.isEmpty {
          pay()
          result += text
          hasText = true
        }
      } else if tag == .br {
        pay()
        result.append(.lineFeed)
        hasText = false
      } else {
        if tag.isBlock || (tag == .code && node == endOfCode), node != index, owed == 0,
          let last = result.last, last != .lineFeed
        {
          owed = 1
        }
        open.append(node)
      }
      node += 1
    }
    return result
  }
}
