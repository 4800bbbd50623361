/// A page as a flat list of nodes in document order: the subtree of node `i` is `i..<nodes[i].end`, so that
/// no walk over it needs recursion, however deep the page is nested.
struct HTMLTree {
  struct Node {
    var tag: HTMLTag
    var parent: Int32
    /// The index after the node's subtree.
    var end: Int32
    /// Range of `text` for a text node, of `attributes` for an element.
    var lower: Int32
    var upper: Int32
  }

  private(set) var nodes: [Node] = []
  private(set) var text: [UInt8] = []
  private var attributes: [(name: HTMLAttribute, lower: Int32, upper: Int32)] = []
  private var values: [UInt8] = []
  private var open: [Int32] = []

  init() {
    nodes.append(Node(tag: .root, parent: -1, end: 1, lower: 0, upper: 0))
    open.append(0)
  }

  /// Open elements, the root included.
  var depth: Int { open.count }

  // MARK: Building

  mutating func openElement(_ tag: HTMLTag) {
    let count = Int32(attributes.count)
    nodes.append(Node(tag: tag, parent: open[open.count - 1], end: 0, lower: count, upper: count))
    open.append(Int32(nodes.count - 1))
  }

  /// Gives an attribute to the element opened last.
  mutating func addAttribute(_ name: HTMLAttribute, _ value: UnsafeBufferPointer<UInt8>) {
    let lower = Int32(values.count)
    values.append(contentsOf: value)
    attributes.append((name, lower, Int32(values.count)))
    nodes[nodes.count - 1].upper = Int32(attributes.count)
  }

  mutating func closeElement() {
    guard open.count > 1 else { return }
    nodes[Int(open.removeLast())].end = Int32(nodes.count)
  }

  mutating func addText(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard !bytes.isEmpty else { return }
    let lower = Int32(text.count)
    let parent = open[open.count - 1]
    text.append(contentsOf: bytes)
    let last = nodes.count - 1
    if nodes[last].tag == .text, nodes[last].parent == parent {
      nodes[last].upper = Int32(text.count)
    } else {
      nodes.append(
        Node(
          tag: .text, parent: parent, end: Int32(nodes.count + 1), lower: lower, upper: Int32(text.count)))
    }
  }

  /// Closes whatever is still open.
  mutating func finish() {
    while open.count > 1 { closeElement() }
    nodes[0].end = Int32(nodes.count)
  }

  // MARK: Reading

  func subtree(_ index: Int) -> Range<Int> { index..<Int(nodes[index].end) }

  func parent(_ index: Int) -> Int? { nodes[index].parent < 0 ? nil : Int(nodes[index].parent) }

  func textRange(_ index: Int) -> Range<Int> { Int(nodes[index].lower)..<Int(nodes[index].upper) }

  func attribute(_ name: HTMLAttribute, of index: Int) -> ArraySlice<UInt8>? {
    let node = nodes[index]
    guard node.tag != .text else { return nil }
    for attribute in attributes[Int(node.lower)..<Int(node.upper)] where attribute.name == name {
      return values[Int(attribute.lower)..<Int(attribute.upper)]
    }
    return nil
  }

  func hasAttributes(_ index: Int) -> Bool {
    nodes[index].tag != .text && nodes[index].lower < nodes[index].upper
  }

  /// An attribute that holds a small number from 0 to 100,000.
  func number(_ name: HTMLAttribute, of index: Int) -> Int? {
    guard let value = attribute(name, of: index), let number = Int(value.trimmedSpace.string) else {
      return nil
    }
    return (0...100_000).contains(number) ? number : nil
  }

  /// The child nodes of an element in order.
  func children(of index: Int) -> some Sequence<Int> {
    let end = Int(nodes[index].end)
    return sequence(state: index + 1) { next in
      guard next < end else { return nil }
      defer { next = Int(nodes[next].end) }
      return next
    }
  }
}
