/// Writes a document in XML as the HTML page that readers would see, for the reader of HTML.
struct XMLPageWriter {
  private let root: XMLElement
  private let vocabulary: XMLVocabulary
  /// Titles of elements by their ids, where others mention them.
  private let titles: [String: String]
  /// UTF-8.
  private(set) var page: [UInt8] = []
  /// The document's title, on one line.
  private(set) var title: String?
  /// How many parts stand around what is written.
  private var level = 0
  /// How many elements do.
  private var depth = 0
  /// Within a line no block begins.
  private var isInline = false
  private var isTableHead = false
  private var columns = XMLTableColumns()
  /// Bytes that references to entities may still become.
  private var budget: Int

  /// Most levels of elements that mean something; of what is nested deeper the text counts alone.
  private static let deepest = 40
  /// Longest text of one entity in bytes.
  private static let longestEntity = 200

  /// - Parameter longest: bytes that all references to entities may become.
  init(_ root: XMLElement, _ vocabulary: XMLVocabulary, longest: Int) {
    (self.root, self.vocabulary, budget) = (root, vocabulary, longest)
    titles = XMLTitles.byID(below: root, vocabulary)
  }

  mutating func write() { write(root, in: "") }

  private mutating func write(_ element: XMLElement, in parent: String) {
    guard depth < Self.deepest else { return add(element.text) }
    depth += 1
    defer { depth -= 1 }
    let name = element.name
    switch vocabulary.role(of: name, in: parent) {
    case .hidden: break
    case .part(let title): writePart(element, title: title)
    case .title: writeCaption(element)
    case .heading: writeHeading(element, level: level + 1)
    case .metadata(let shown): writeMetadata(element, shown)
    case .block(let tag): writeBlock(element, tag)
    case .preformatted: writePreformatted(element)
    case .inline("br"): page += "<br>".utf8
    case .inline(let tag): writeWrapped(element, "<\(tag)>", "</\(tag)>")
    case .note(let label): writeNote(element, label)
    case .definition: writeDefinition(element)
    case .line: writeWrapped(element, "", "<br>")
    case .joined(let separator): writeJoined(element, separator, in: parent)
    case .wrapped(let before, let after): writeInline(element, before, after)
    case .link(let attribute): writeLink(element, element.attribute(attribute) ?? element.attribute("href"))
    case .reference: writeReference(element)
    case .pageBreak: writePageBreak(element)
    case .markup where element.children.contains { _ in true }: writeContent(element)
    case .markup: page += "<div>\(element.text)</div>".utf8
    case .through, nil: writeContent(element)
    }
  }

  /// Writes what is within an element, but for the nodes that were written before.
  private mutating func writeContent(_ element: XMLElement, without written: [XMLElement] = []) {
    let name = element.name
    let nodes = Set(written.map(\.node))
    let holdsText = element.content.contains { child in
      if case .text(let text) = child { text.utf8.contains { !$0.isASCIISpace } } else { false }
    }
    for child in element.content {
      switch child {
      case .text(let text): add(text)
      case .reference(let entity, let declared): add(entity: entity, declared: declared, isAlone: !holdsText)
      case .element(let child):
        guard !nodes.contains(child.node) else { continue }
        write(child, in: name)
        if !holdsText { page += " ".utf8 }
      }
    }
  }

  // MARK: Blocks

  private mutating func writePart(_ element: XMLElement, title given: String?) {
    let wasInline = isInline
    isInline = false
    defer { isInline = wasInline }
    let titles = XMLTitles.title(of: element, vocabulary).map { [$0] } ?? []
    let isTitled = !titles.isEmpty || given != nil
    if isTitled { level += 1 }
    if let title = titles.first {
      writeHeading(title, level: level)
    } else if let given {
      page += "<h\(min(level, 6))>\(given)</h\(min(level, 6))>".utf8
      title = title ?? given
    }
    writeContent(element, without: titles)
    if isTitled { level -= 1 }
  }

  private mutating func writeHeading(_ element: XMLElement, level: Int) {
    let words = inline { $0.writeContent(element) }
    let level = min(level, 6)
    if title == nil {
      let text = Whitespace.collapsed(element.text)
      if !text.isEmpty { title = text }
    }
    page += "<h\(level)>".utf8 + words + "</h\(level)>\n".utf8
  }

  private mutating func writeCaption(_ element: XMLElement) {
    guard !isInline else { return writeContent(element) }
    page += "<p><strong>".utf8 + inline { $0.writeContent(element) } + "</strong></p>\n".utf8
  }

  private mutating func writeMetadata(_ element: XMLElement, _ shown: Set<String>) {
    let name = element.name
    for child in element.children where shown.contains(child.name) {
      if case .title = vocabulary.role(of: child.name, in: name) { continue }
      write(child, in: name)
    }
  }

  private mutating func writeBlock(_ element: XMLElement, _ tag: String) {
    guard !isInline else {
      page += " ".utf8
      writeContent(element)
      page += " ".utf8
      return
    }
    let captions =
      ["ul", "ol", "dl", "table"].contains(tag) ? XMLTitles.captions(of: element, vocabulary) : []
    for caption in captions { writeCaption(caption) }
    let (outer, wasHead) = (columns, isTableHead)
    defer { (columns, isTableHead) = (outer, wasHead) }
    var tag = tag
    switch tag {
    case "table": (columns, isTableHead) = (XMLTableColumns(element), false)
    case "thead": isTableHead = true
    case "td" where isTableHead: tag = "th"
    default: break
    }
    let spans = tag == "td" || tag == "th" ? columns.spans(of: element) : ""
    page += "<\(tag)\(spans)>".utf8
    writeContent(element, without: captions)
    page += "</\(tag)>\n".utf8
  }

  private mutating func writePreformatted(_ element: XMLElement) {
    guard !isInline else { return writeWrapped(element, " <code>", "</code> ") }
    page += "<pre>".utf8
    addPreformatted(element)
    page += "</pre>\n".utf8
  }

  private mutating func addPreformatted(_ element: XMLElement) {
    guard depth < Self.deepest else { return add(element.text) }
    depth += 1
    defer { depth -= 1 }
    let name = element.name
    for child in element.content {
      switch child {
      case .text(let text): add(text)
      case .reference(let entity, let declared): add(entity: entity, declared: declared, isAlone: false)
      case .element(let child):
        if case .hidden = vocabulary.role(of: child.name, in: name) { continue }
        addPreformatted(child)
      }
    }
  }

  private mutating func writeNote(_ element: XMLElement, _ label: String) {
    guard !isInline else { return writeContent(element) }
    let captions = XMLTitles.captions(of: element, vocabulary)
    let kind = element.attribute("style") ?? element.attribute("type") ?? label
    page += "<div class=\"admonition\"><p class=\"title\">".utf8
    if let caption = captions.first {
      page += inline { $0.writeContent(caption) }
    } else {
      add(kind.prefix(1).uppercased() + kind.dropFirst().prefix(40))
    }
    page += "</p>\n".utf8
    writeContent(element, without: captions)
    page += "</div>\n".utf8
  }

  private mutating func writeDefinition(_ element: XMLElement) {
    let terms = XMLTitles.captions(of: element, vocabulary)
    for term in terms { page += "<dt>".utf8 + inline { $0.writeContent(term) } + "</dt>".utf8 }
    page += "<dd>".utf8
    writeContent(element, without: terms)
    page += "</dd>\n".utf8
  }

  private mutating func writePageBreak(_ element: XMLElement) {
    let number = (element.attribute("n") ?? "").filter { $0.isASCII && $0.isNumber }
    if !number.isEmpty { page += "<span role=\"doc-pagebreak\" title=\"\(number)\"></span>".utf8 }
  }

  // MARK: Within a line

  /// What `body` writes, in one line.
  private mutating func inline(_ body: (inout Self) -> Void) -> [UInt8] {
    let (before, wasInline) = (page, isInline)
    (page, isInline) = ([], true)
    body(&self)
    defer { (page, isInline) = (before, wasInline) }
    return page
  }

  private mutating func writeWrapped(_ element: XMLElement, _ before: String, _ after: String) {
    page += before.utf8
    writeContent(element)
    page += after.utf8
  }

  private mutating func writeInline(_ element: XMLElement, _ before: String, _ after: String) {
    let words = inline { $0.writeContent(element) }.trimmedSpace
    guard !words.isEmpty else { return }
    page += before.utf8 + words + after.utf8
  }

  private mutating func writeJoined(_ element: XMLElement, _ separator: String, in parent: String) {
    let name = element.name
    var parts: [[UInt8]] = []
    for child in element.content {
      let part = inline { writer in
        switch child {
        case .text(let text): writer.add(text)
        case .reference(let entity, let declared):
          writer.add(entity: entity, declared: declared, isAlone: false)
        case .element(let child): writer.write(child, in: name)
        }
      }
      if !part.trimmedSpace.isEmpty { parts.append(Array(part.trimmedSpace)) }
    }
    guard !parts.isEmpty else { return }
    // What is told about a part are lines of their own.
    var isBlock = false
    if !isInline, case .metadata = vocabulary.role(of: parent, in: "") { isBlock = true }
    page +=
      (isBlock ? "<p>" : "").utf8 + Array(parts.joined(separator: Array(separator.utf8)))
      + (isBlock ? "</p>\n" : "").utf8
  }

  private mutating func writeLink(_ element: XMLElement, _ target: String?) {
    let words = inline { $0.writeContent(element) }
    guard let target, !target.isEmpty else {
      page += words
      return
    }
    guard !words.trimmedSpace.isEmpty else { return add(titles[String(target.drop { $0 == "#" })] ?? target) }
    page += "<a href=\"".utf8
    add(target.replacing("\"", with: "%22"))
    page += "\">".utf8 + words + "</a>".utf8
  }

  private mutating func writeReference(_ element: XMLElement) {
    let words = inline { $0.writeContent(element) }
    guard words.trimmedSpace.isEmpty else {
      page += words
      return
    }
    let target = element.attribute("endterm") ?? element.attribute("linkend") ?? ""
    if let title = titles[target] { add("“\(title)”") }
  }

  private mutating func add(_ text: some StringProtocol) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): page += "&amp;".utf8
      case UInt8(ascii: "<"): page += "&lt;".utf8
      case UInt8(ascii: ">"): page += "&gt;".utf8
      default: page.append(byte)
      }
    }
  }

  /// An entity as the text that it stands for: a character of HTML's, what the document declares, or its name, which
  /// mostly says the same ("&firefox;"), unless it stands for whole parts.
  private mutating func add(entity name: String, declared: String?, isAlone: Bool) {
    if let declared {
      guard declared.utf8.count <= min(Self.longestEntity, budget) else { return }
      budget -= declared.utf8.count
      if !declared.contains("&") { return add(declared.replacing(#/<[^>]*>/#, with: "")) }
    }
    let known = HTMLEntities.decoded("&\(name);".utf8.map { $0 }[...])
    if known.first != UInt8(ascii: "&") || known.count == 1 {
      add(known.string)
    } else if !isAlone {
      add(name)
    }
  }
}
