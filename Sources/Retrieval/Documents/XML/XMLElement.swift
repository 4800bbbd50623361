internal import CXML2

/// An element of a tree that its owner keeps alive.
struct XMLElement {
  let node: xmlNodePtr
  /// What frees the tree: an `XMLTree`, or the reader that lends the element during a callback.
  let owner: AnyObject

  enum Child {
    case element(XMLElement)
    case text(String)
    /// A reference to an entity such as `&version;`, with what the document declares it to be: text or markup.
    case reference(String, declared: String?)
  }

  /// The local name, without its prefix.
  var name: String { Self.string(node.pointee.name) }

  /// Child elements, runs of text and references in document order; comments and instructions are left out.
  var content: some Sequence<Child> {
    sequence(first: node.pointee.children, next: { $0.flatMap { $0.pointee.next } })
      .lazy.prefix { $0 != nil }
      .compactMap { $0.flatMap(child) }
  }

  /// What a node is to a reader; nil for comments and instructions.
  func child(_ node: xmlNodePtr) -> Child? {
    if let text = Self.text(of: node) { return .text(text) }
    switch node.pointee.type {
    case XML_ELEMENT_NODE: return .element(XMLElement(node: node, owner: owner))
    case XML_ENTITY_REF_NODE:
      return .reference(Self.string(node.pointee.name), declared: Self.declaration(of: node))
    default: return nil
    }
  }

  var children: some Sequence<XMLElement> {
    content.lazy.compactMap { if case .element(let element) = $0 { element } else { nil } }
  }

  func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

  func all(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

  /// The value of the attribute with this local name, in whatever namespace.
  func attribute(_ name: String) -> String? { attributes(name).first }

  /// The values of all attributes with this local name, which may be in several namespaces.
  func attributes(_ name: String) -> [String] {
    var values: [String] = []
    var attribute = node.pointee.properties
    while let current = attribute {
      if Self.string(current.pointee.name) == name {
        var value = ""
        var part = current.pointee.children
        while let text = part {
          value += Self.text(of: text) ?? ""
          part = text.pointee.next
        }
        values.append(value)
      }
      attribute = current.pointee.next
    }
    return values
  }

  /// The words of a text node; nil for others. libxml2's own functions would expand references to declared entities, and
  /// such entities may nest to any size.
  static func text(of node: xmlNodePtr) -> String? {
    switch node.pointee.type {
    case XML_TEXT_NODE, XML_CDATA_SECTION_NODE: string(node.pointee.content)
    default: nil
    }
  }

  /// What the document's own declarations say a reference stands for.
  private static func declaration(of reference: xmlNodePtr) -> String? {
    guard let node = reference.pointee.children, node.pointee.type == XML_ENTITY_DECL else { return nil }
    let entity = UnsafeMutableRawPointer(node).assumingMemoryBound(to: xmlEntity.self)
    guard entity.pointee.etype == XML_INTERNAL_GENERAL_ENTITY else { return nil }
    return entity.pointee.content.map { String(cString: $0) }
  }

  private static func string(_ pointer: UnsafePointer<xmlChar>?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
