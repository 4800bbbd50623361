/// Footnotes or endnotes of a Word document, by the number that the text refers to.
struct DOCXNotes {
  private let notes: [String: XMLElement]

  /// - Parameter element: `footnote` or `endnote`.
  init(_ tree: XMLTree?, element: String) {
    var notes: [String: XMLElement] = [:]
    for note in tree?.root?.all(element) ?? [] {
      // Separator lines have a type; notes have none, or "normal".
      let type = note.attribute("type") ?? "normal"
      if type == "normal", let id = note.attribute("id"), notes[id] == nil { notes[id] = note }
    }
    self.notes = notes
  }

  subscript(id: String) -> XMLElement? { notes[id] }
}
