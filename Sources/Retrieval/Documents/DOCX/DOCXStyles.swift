/// What the styles of a Word document say about structure.
struct DOCXStyles {
  enum Role: Equatable {
    case title, contents, quote, code, body
  }

  private struct Style {
    var name = ""
    var parent: String?
    var outline: Int?
    var numbering: DOCXNumbering.Reference?
  }

  private var styles: [String: Style] = [:]

  init(_ tree: XMLTree?) {
    for element in tree?.root?.all("style") ?? [] {
      guard let id = element.attribute("styleId") else { continue }
      let properties = element.first("pPr")
      styles[id] = Style(
        name: element.first("name")?.attribute("val")?.lowercased() ?? "",
        parent: element.first("basedOn")?.attribute("val"),
        outline: properties?.first("outlineLvl")?.attribute("val").flatMap { Int($0) },
        numbering: properties.flatMap { DOCXNumbering.Reference($0) })
    }
  }

  /// Heading level from 1 to 6 that a style gives, by its built-in name or its outline level.
  func headingLevel(_ id: String?) -> Int? {
    for style in chain(id) {
      if style.name.hasPrefix("heading "), let level = Int(style.name.dropFirst(8)), level > 0 {
        return min(level, 6)
      }
      if let outline = style.outline { return Self.level(outline: outline) }
    }
    return nil
  }

  /// `w:outlineLvl` counts from 0; 9 is body text.
  static func level(outline: Int) -> Int? {
    (0..<9).contains(outline) ? min(outline + 1, 6) : nil
  }

  func role(_ id: String?) -> Role {
    for style in chain(id) {
      switch style.name {
      case "title": return .title
      case "quote", "intense quote", "block text": return .quote
      case "html preformatted", "macro", "macro text": return .code
      default:
        if style.name.hasPrefix("toc ") || style.name == "table of figures" { return .contents }
        let words = style.name.split { !$0.isLetter }
        if words.contains("code") || words.contains("sourcecode") { return .code }
      }
    }
    return .body
  }

  func numbering(_ id: String?) -> DOCXNumbering.Reference? {
    chain(id).lazy.compactMap(\.numbering).first
  }

  /// The style and those it is based on, as many as people make; a loop ends where it closes.
  private func chain(_ id: String?) -> [Style] {
    var chain: [Style] = []
    var seen: Set<String> = []
    var next = id
    while chain.count < 50, let id = next, seen.insert(id).inserted, let style = styles[id] {
      chain.append(style)
      next = style.parent
    }
    return chain
  }
}
