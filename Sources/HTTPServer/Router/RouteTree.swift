/// Routes by the segments of their paths. A literal wins over a parameter, a parameter over one that takes
/// the rest; where the more specific branch leads nowhere, the other is tried.
struct RouteTree<Leaf: Sendable>: Sendable {
  private struct Node {
    var literals: [String: Int] = [:]
    var parameter: Int?
    var rest: Int?
    var leaf: Leaf?
  }

  private var nodes = [Node()]

  /// The leaf at `segments`, made by `create` where there is none, to be changed by `update`.
  mutating func update(
    _ segments: [PathPattern.Segment], default create: @autoclosure () -> Leaf, _ body: (inout Leaf) -> Void
  ) {
    var index = 0
    for segment in segments { index = child(of: index, for: segment) }
    var leaf = nodes[index].leaf ?? create()
    body(&leaf)
    nodes[index].leaf = leaf
  }

  /// The leaf for a decoded path and the values of its parameters in order.
  func match(_ path: [String]) -> (leaf: Leaf, values: [String])? {
    var values: [String] = []
    guard let index = search(0, path[...], &values), let leaf = nodes[index].leaf else { return nil }
    return (leaf, values)
  }

  /// Every leaf, in the order in which their paths were added.
  func leaves() -> [Leaf] {
    nodes.compactMap(\.leaf)
  }

  func map<Other: Sendable>(_ transform: (Leaf) -> Other) -> RouteTree<Other> {
    var tree = RouteTree<Other>()
    tree.nodes = nodes.map { node in
      .init(
        literals: node.literals, parameter: node.parameter, rest: node.rest, leaf: node.leaf.map(transform))
    }
    return tree
  }

  private mutating func child(of index: Int, for segment: PathPattern.Segment) -> Int {
    let existing: Int? =
      switch segment {
      case .literal(let text): nodes[index].literals[text]
      case .parameter: nodes[index].parameter
      case .rest: nodes[index].rest
      }
    if let existing { return existing }
    nodes.append(Node())
    let new = nodes.count - 1
    switch segment {
    case .literal(let text): nodes[index].literals[text] = new
    case .parameter: nodes[index].parameter = new
    case .rest: nodes[index].rest = new
    }
    return new
  }

  private func search(_ index: Int, _ path: ArraySlice<String>, _ values: inout [String]) -> Int? {
    let node = nodes[index]
    guard let segment = path.first else { return node.leaf == nil ? nil : index }
    if let next = node.literals[segment], let found = search(next, path.dropFirst(), &values) { return found }
    // An empty segment, as in "//", fills no parameter.
    if let next = node.parameter, !segment.isEmpty {
      values.append(segment)
      if let found = search(next, path.dropFirst(), &values) { return found }
      values.removeLast()
    }
    guard let next = node.rest else { return nil }
    values.append(path.joined(separator: "/"))
    return next
  }
}
