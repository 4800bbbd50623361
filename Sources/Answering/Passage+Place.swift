import Retrieval

/// Where a passage stands.
extension Passage {
  /// The document's title, where it has one, and the headings above the passage, the outermost first.
  var titles: [String] { [title].compactMap(\.self) + headingPath }

  /// What can be looked for in its titles and in the name of its document.
  var titleTerms: Set<String> { Words.terms((titles + [document]).joined(separator: " ")) }

  /// Whether it holds all of a passage of the same document.
  func covers(_ other: Passage) -> Bool {
    documentID == other.documentID && start <= other.start && other.end <= end
  }
}

/// A document as a whole, or a section of it that passages stand in.
struct DocumentSection: Hashable {
  let document: Int
  /// The headings down to its own; empty for the whole document.
  let path: [String]

  /// - Parameter path: the headings of the section; those right above the passage if nil.
  init(of passage: Passage, path: [String]? = nil) {
    document = passage.documentID
    self.path = path ?? passage.headingPath
  }
}
