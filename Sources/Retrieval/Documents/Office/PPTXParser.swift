/// Reads PowerPoint presentations (PresentationML, ECMA-376 part 1, chapter 19): a section a slide, with the speaker's
/// notes after what is shown, charts as tables of their numbers. Pages are numbers of slides.
public struct PPTXParser: DocumentParser {
  private let limits: DocumentLimits

  public init(limits: DocumentLimits = DocumentLimits()) { self.limits = limits }

  public func parse(_ bytes: [UInt8], name: String) throws -> ParsedDocument {
    let office = try OfficeParts(bytes, limits: limits)
    let main = "ppt/presentation.xml"
    let presentation = try XMLTree(office.parts.required(main, is: "its list of slides"), part: main)
    let relationships = try office.relationships(of: main)
    var builder = DocumentBuilder()
    // A small file that names a slide or a chart again and again would have any length.
    var shown: Set<String> = []
    for (index, entry) in (presentation.root?.first("sldIdLst")?.all("sldId") ?? []).enumerated() {
      // `id` without a prefix is a number; the relationship's is `r:id`, which begins with a letter.
      guard let path = entry.attributes("id").compactMap({ relationships[$0]?.target }).first,
        shown.insert(path).inserted, let slide = try office.tree(path)
      else { continue }
      builder.page = index + 1
      let attached = try office.relationships(of: path)
      try Self.append(slide, to: &builder) { id in
        guard let part = attached[id], part.type == "chart", shown.insert(part.target).inserted else {
          return nil
        }
        return try office.tree(part.target).map(OfficeChart.init)
      }
      let notes = attached.values.first { $0.type == "notesSlide" }
      if let notes, shown.insert(notes.target).inserted, let tree = try office.tree(notes.target) {
        for shape in tree.root?.descendants("sp") ?? [] where Self.placeholder(shape) == "body" {
          for paragraph in Self.paragraphs(shape) { builder.append(.paragraph, paragraph.text) }
        }
      }
    }
    builder.title = office.title ?? builder.firstHeading
    return builder.build()
  }

  /// - Parameter chart: gives the chart that an identifier names.
  private static func append(
    _ slide: XMLTree, to builder: inout DocumentBuilder, chart: (String) throws -> OfficeChart?
  ) rethrows {
    guard let shapes = slide.root?.first("cSld")?.first("spTree") else { return }
    let body = shown(shapes)
    // Where it stands among the shapes, the title comes first.
    for shape in body where isTitle(shape) {
      let words = paragraphs(shape).map(\.text).joined(separator: " ")
      builder.append(.heading(level: 1), Whitespace.collapsed(words))
    }
    for shape in body where !isTitle(shape) {
      if shape.name == "graphicFrame" {
        for table in shape.descendants("tbl") { append(table: table, to: &builder) }
        for reference in shape.descendants("chart") {
          if let id = reference.attribute("id") { try chart(id)?.append(to: &builder) }
        }
        continue
      }
      let kind = placeholder(shape)
      guard !["dt", "ftr", "sldNum", "hdr"].contains(kind) else { continue }
      // The body of a slide is a list, with or without bullets; other boxes hold text.
      let isList = kind == "body" || kind == "obj" || kind == ""
      let paragraphs = paragraphs(shape)
      for paragraph in paragraphs {
        if isList, paragraphs.count > 1 {
          builder.append(.listItem, "- \(paragraph.text)", indent: 2 * paragraph.level)
        } else {
          builder.append(.paragraph, paragraph.text)
        }
      }
    }
  }

  /// The shapes and frames of a slide, those in groups among them.
  private static func shown(_ shapes: XMLElement) -> [XMLElement] {
    var shown: [XMLElement] = []
    shapes.walk { child in
      switch child.name {
      case "sp", "graphicFrame": shown.append(child)
      case "grpSp": return child
      case "AlternateContent": return child.first("Choice") ?? child.first("Fallback")
      default: break
      }
      return nil
    }
    return shown
  }

  private static func isTitle(_ shape: XMLElement) -> Bool {
    ["title", "ctrTitle"].contains(placeholder(shape))
  }

  /// What the shape holds the place of: a type, empty for the default, or nil for a shape of its own.
  private static func placeholder(_ shape: XMLElement) -> String? {
    shape.first("nvSpPr")?.first("nvPr")?.first("ph").map { $0.attribute("type") ?? "" }
  }

  private static func append(table: XMLElement, to builder: inout DocumentBuilder) {
    var text = TableText()
    for row in table.all("tr") {
      text.append(
        row.all("tc").enumerated().filter { !isCovered($0.element) }.map { column, cell in
          let words = paragraphs(cell).map(\.text).joined(separator: " ")
          return TableText.Cell(
            column: column, text: words, columns: span("gridSpan", of: cell), rows: span("rowSpan", of: cell))
        })
    }
    text.flush(into: &builder)
  }

  /// Whether another cell stands over it.
  private static func isCovered(_ cell: XMLElement) -> Bool {
    ["hMerge", "vMerge"].contains { ["1", "true"].contains(cell.attribute($0) ?? "") }
  }

  /// PowerPoint's tables have at most 75 columns and rows.
  private static func span(_ name: String, of cell: XMLElement) -> Int {
    min(max(1, cell.attribute(name).flatMap { Int($0) } ?? 1), 75)
  }

  private static func paragraphs(_ shape: XMLElement) -> [(text: String, level: Int)] {
    (shape.first("txBody")?.all("p") ?? []).compactMap { paragraph in
      var text = ""
      for run in paragraph.children {
        switch run.name {
        case "r", "fld": text += run.first("t")?.text ?? ""
        case "br": text += "\n"
        default: break
        }
      }
      let level = paragraph.first("pPr")?.attribute("lvl").flatMap { Int($0) } ?? 0
      return text.allSatisfy(\.isWhitespace) ? nil : (text, min(max(level, 0), 8))
    }
  }
}
