/// Finds the titles of a document's parts.
enum XMLTitles {
  /// Longest title in bytes that stands where a part is mentioned.
  private static let longest = 120

  /// The title of a part: its own, or the one in what is told about it.
  static func title(of element: XMLElement, _ vocabulary: XMLVocabulary) -> XMLElement? {
    let name = element.name
    if let title = captions(of: element, vocabulary).first { return title }
    for child in element.children {
      guard case .metadata(let shown) = vocabulary.role(of: child.name, in: name) else { continue }
      if let title = title(of: child, shown, vocabulary) { return title }
    }
    return nil
  }

  private static func title(
    of metadata: XMLElement, _ shown: Set<String>, _ vocabulary: XMLVocabulary
  ) -> XMLElement? {
    let name = metadata.name
    for child in metadata.children where shown.contains(child.name) {
      switch vocabulary.role(of: child.name, in: name) {
      case .title: return child
      case .metadata(let shown):
        if let title = title(of: child, shown, vocabulary) { return title }
      default: break
      }
    }
    return nil
  }

  /// The titles among an element's own children.
  static func captions(of element: XMLElement, _ vocabulary: XMLVocabulary) -> [XMLElement] {
    let name = element.name
    return element.children.filter { child in
      if case .title = vocabulary.role(of: child.name, in: name) { true } else { false }
    }
  }

  /// Titles of the elements that have an id.
  static func byID(below root: XMLElement, _ vocabulary: XMLVocabulary) -> [String: String] {
    var titles: [String: String] = [:]
    var waiting = [root]
    while let element = waiting.popLast() {
      if let id = element.attribute("id"), let title = title(of: element, vocabulary) {
        let text = Whitespace.collapsed(title.text)
        if !text.isEmpty, text.utf8.count <= longest { titles[id] = text }
      }
      waiting.append(contentsOf: element.children)
    }
    return titles
  }
}
