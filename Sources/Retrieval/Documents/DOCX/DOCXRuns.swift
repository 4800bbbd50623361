/// The text of one Word paragraph, and what hangs on it.
struct DOCXRuns {
  private(set) var text = ""
  /// References in reading order.
  private(set) var footnotes: [String] = []
  private(set) var endnotes: [String] = []
  /// `w:txbxContent` elements anchored in the paragraph.
  private(set) var textBoxes: [XMLElement] = []
  /// Identifiers of the charts that are drawn in the paragraph.
  private(set) var charts: [String] = []
  /// The first bookmark, a place that links can lead to.
  private(set) var bookmark: String?
  /// Whether the paragraph's own mark was deleted, so that it runs on into the next.
  private(set) var isJoinedToNext = false

  /// The size of the first run in half points, 0 where it is the style's, if all words are bold; nil if some are not.
  private(set) var boldSize: Int?
  private var hasPlain = false

  /// - Parameter paragraph: a `w:p` element.
  init(_ paragraph: XMLElement) {
    if let mark = paragraph.first("pPr")?.first("rPr") {
      isJoinedToNext = mark.first("del") != nil || mark.first("moveFrom") != nil
    }
    paragraph.walk { read($0) }
    if hasPlain { boldSize = nil }
  }

  /// - Returns: the element whose children are read next.
  private mutating func read(_ element: XMLElement) -> XMLElement? {
    switch element.name {
    case "r" where Self.isHidden(element): break
    case "r":
      noteBold(element)
      return element
    case "t":
      text += element.text
    case "tab", "ptab":
      text += "\t"
    case "br", "cr":
      text += "\n"
    case "noBreakHyphen":
      text += "-"
    case "sym":
      text += Self.symbol(element)
    case "footnoteReference":
      if let id = element.attribute("id") { footnotes.append(id) }
    case "endnoteReference":
      if let id = element.attribute("id") { endnotes.append(id) }
    case "bookmarkStart":
      if bookmark == nil, let name = element.attribute("name"), name != "_GoBack" { bookmark = name }
    case "txbxContent":
      textBoxes.append(element)
    case "chart":
      if let id = element.attribute("id") { charts.append(id) }
    case "AlternateContent":
      // The same drawing in two notations: one is enough.
      let choices = element.all("Choice") + element.all("Fallback")
      return choices.first { !$0.descendants("t").isEmpty || !$0.descendants("chart").isEmpty }
    case "ruby": return element.first("rubyBase")
    case "pPr", "rPr", "del", "moveFrom", "delText", "instrText", "delInstrText", "sdtPr", "fldData", "rt":
      break
    default: return element
    }
    return nil
  }

  private mutating func noteBold(_ run: XMLElement) {
    guard run.all("t").contains(where: { !$0.text.allSatisfy(\.isWhitespace) }) else { return }
    let properties = run.first("rPr")
    guard let bold = properties?.first("b"), !["0", "false", "off"].contains(bold.attribute("val") ?? "true")
    else {
      hasPlain = true
      return
    }
    if boldSize == nil { boldSize = properties?.first("sz")?.attribute("val").flatMap { Int($0) } ?? 0 }
  }

  private static func isHidden(_ run: XMLElement) -> Bool {
    guard let vanish = run.first("rPr")?.first("vanish") else { return false }
    return !["0", "false", "off"].contains(vanish.attribute("val") ?? "true")
  }

  /// A character of a symbol font; those in the private use area mean nothing without the font.
  private static func symbol(_ element: XMLElement) -> String {
    guard let code = element.attribute("char").flatMap({ UInt32($0, radix: 16) }),
      let scalar = Unicode.Scalar(code), !(0xE000...0xF8FF).contains(code)
    else { return "" }
    return String(Character(scalar))
  }
}
