/// The text of one paragraph of an OpenDocument file, and what hangs on it.
struct OpenDocumentText {
  private(set) var text = ""
  /// Bodies of notes and text boxes, in reading order.
  private(set) var attached: [XMLElement] = []

  init(_ paragraph: XMLElement) { read(paragraph) }

  /// White space in the file is collapsed (ODF 1.3, 6.1.2); what is meant is written as elements.
  private mutating func read(_ element: XMLElement) {
    for child in element.content {
      switch child {
      case .reference: break
      case .text(let words):
        for character in words.unicodeScalars {
          let isSpace = [0x20, 0x09, 0x0A, 0x0D].contains(character.value)
          if !isSpace {
            text.unicodeScalars.append(character)
          } else if let last = text.unicodeScalars.last, last != " " {
            text += " "
          }
        }
      case .element(let inner):
        switch inner.name {
        case "s":
          let count = inner.attribute("c").flatMap { Int($0) } ?? 1
          text += String(repeating: " ", count: min(max(count, 0), 1000))
        case "tab": text += "\t"
        case "line-break": text += "\n"
        case "note":
          if let body = inner.first("note-body") { attached.append(body) }
        case "text-box": attached.append(inner)
        case "annotation", "ruby-text", "change-start", "change-end", "change", "title", "desc": break
        default: read(inner)
        }
      }
    }
  }
}
