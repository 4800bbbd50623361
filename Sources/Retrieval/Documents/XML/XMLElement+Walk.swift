internal import CXML2

/// Ways through what is below an element that take no stack, as calls for the children of children would: documents may
/// nest elements as deep as libxml2 reads them.
extension XMLElement {
  /// Whether the elements in one that is looked at are looked at too.
  enum Step {
    /// It is one of those looked for; what is in it is not looked at.
    case found
    case enter
    case pass
  }

  /// Calls `visit` with the elements below in document order. It gives the element whose children come next, the one
  /// visited or one within it, or nil where none of them do.
  func walk(_ visit: (XMLElement) throws -> XMLElement?) rethrows {
    try walkNodes { node in
      guard node.pointee.type == XML_ELEMENT_NODE else { return nil }
      return try visit(XMLElement(node: node, owner: owner))?.node
    }
  }

  /// The same for elements, text and references.
  func walkContent(_ visit: (Child) throws -> XMLElement?) rethrows {
    try walkNodes { node in try child(node).flatMap { try visit($0)?.node } }
  }

  /// The outermost of the elements below that `step` finds, in document order.
  func outermost(_ step: (XMLElement) -> Step) -> [XMLElement] {
    var found: [XMLElement] = []
    walk { element in
      switch step(element) {
      case .found:
        found.append(element)
        return nil
      case .enter: return element
      case .pass: return nil
      }
    }
    return found
  }

  /// The elements called `name` anywhere below, in document order.
  func descendants(_ name: String) -> [XMLElement] {
    var found: [XMLElement] = []
    walk { element in
      if element.name == name { found.append(element) }
      return element
    }
    return found
  }

  /// All text below, joined as it stands.
  var text: String {
    var text = ""
    walkNodes { node in
      if let words = Self.text(of: node) { text += words }
      return node.pointee.type == XML_ELEMENT_NODE ? node : nil
    }
    return text
  }

  private func walkNodes(_ visit: (xmlNodePtr) throws -> xmlNodePtr?) rethrows {
    var waiting = [node.pointee.children]
    while let next = waiting.popLast() {
      guard let next else { continue }
      waiting.append(next.pointee.next)
      if let entered = try visit(next) { waiting.append(entered.pointee.children) }
    }
  }
}
