/// The text of one paragraph of an OpenDocument file, and what hangs on it.
struct OpenDocumentText {
  private(set) var text = ""
  /// Bodies of notes and text boxes, in reading order.
  private(set) var attached: [XMLElement] = []

  init(_ paragraph: XMLElement) {
    paragraph.walkContent { child in
      switch child {
      case .reference: return nil
      case .text(let words):
        add(words)
        return nil
      case .element(let element): return read(element)
      }
    }
  }

  /// White space in the file is collapsed (ODF 1.3, 6.1.2); what is meant is written as elements.
  private mutating func add(_ words: String) {
    for character in words.unicodeScalars {
      let isSpace = [0x20, 0x09, 0x0A, 0x0D].contains(character.value)
      if !isSpace {
        text.unicodeScalars.append(character)
      } else if let last = text.unicodeScalars.last, last != " " {
        text += " "
      }
    }
  }

  /// - Returns: the element whose content is read next.
  private mutating func read(_ element: XMLElement) -> XMLElement? {
    switch element.name {
    case "s":
      let count = element.attribute("c").flatMap { Int($0) } ?? 1
      text += String(repeating: " ", count: min(max(count, 0), 1000))
    case "tab": text += "\t"
    case "line-break": text += "\n"
    case "note":
      if let body = element.first("note-body") { attached.append(body) }
    case "text-box": attached.append(element)
    case "annotation", "ruby-text", "change-start", "change-end", "change", "title", "desc": break
    default: return element
    }
    return nil
  }
}
