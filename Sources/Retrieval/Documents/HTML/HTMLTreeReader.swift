internal import CXML2

/// Reads a page with libxml2's HTML parser into an `HTMLTree`, through its SAX interface: no libxml2 tree is
/// built, nothing is fetched, external entities do not exist in HTML.
final class HTMLTreeReader {
  /// libxml2 looks through all open elements for the one that an end tag closes, so the depth is bounded; what
  /// is nested deeper is read by `HTMLTagStripper`.
  private static let maximumDepth = 256
  /// libxml2 compares each attribute of a tag with all the others.
  private static let maximumAttributes = 1000

  private var tree = HTMLTree()
  private var context: htmlParserCtxtPtr?
  /// Where the page was left because of its depth.
  private var stop: Int?
  /// What libxml2 holds open; nil for what the tree has closed already.
  private var open: [HTMLTag?] = []
  /// Names are unique strings within one libxml2 context.
  private var tags: [UnsafePointer<UInt8>: HTMLTag] = [:]
  private var names: [UnsafePointer<UInt8>: HTMLAttribute?] = [:]

  private init() {}

  /// - Parameter page: valid UTF-8 without NUL.
  /// - Returns: the tree and notes about what was read without structure.
  static func read(_ page: [UInt8]) throws -> (tree: HTMLTree, notes: [String]) {
    guard page.count <= 1 << 30 else {
      throw DocumentError(.tooLarge, "this page is larger than 1 GiB. Split it into several pages.")
    }
    let reader = HTMLTreeReader()
    var notes: [String] = []
    if HTMLTagStripper.hasTag(withMoreAttributesThan: maximumAttributes, in: page) {
      HTMLTagStripper.append(page[...], to: &reader.tree)
      notes.append("read without structure: a tag has more than \(maximumAttributes) attributes")
    } else {
      reader.parse(page)
      if let stop = reader.stop {
        HTMLTagStripper.append(page[stop...], to: &reader.tree)
        notes.append("read in part without structure: nested deeper than \(maximumDepth) elements")
      }
    }
    reader.tree.finish()
    return (reader.tree, notes)
  }

  private static let initialised: Void = xmlInitParser()

  private func parse(_ page: [UInt8]) {
    Self.initialised
    guard !page.isEmpty, let context = htmlNewParserCtxt() else { return }
    defer { htmlFreeParserCtxt(context) }
    guard let sax = context.pointee.sax else { return }
    self.context = context
    // Handlers left out stay nil, so that errors, comments and processing instructions are silent.
    sax.pointee = xmlSAXHandler()
    sax.pointee.startElement = { data, name, attributes in
      HTMLTreeReader.of(data)?.start(name, attributes)
    }
    sax.pointee.endElement = { data, _ in HTMLTreeReader.of(data)?.end() }
    sax.pointee.characters = { data, text, count in HTMLTreeReader.of(data)?.characters(text, count) }
    sax.pointee.ignorableWhitespace = { data, text, count in
      HTMLTreeReader.of(data)?.characters(text, count)
    }
    sax.pointee.cdataBlock = { data, text, count in HTMLTreeReader.of(data)?.characters(text, count) }
    context.pointee.userData = Unmanaged.passUnretained(self).toOpaque()
    let options =
      HTML_PARSE_RECOVER.rawValue | HTML_PARSE_NOERROR.rawValue | HTML_PARSE_NOWARNING.rawValue
      | HTML_PARSE_NONET.rawValue | HTML_PARSE_IGNORE_ENC.rawValue
    page.withUnsafeBytes { raw in
      let start = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
      let document = htmlCtxtReadMemory(context, start, Int32(raw.count), nil, "UTF-8", Int32(options))
      if document != nil { xmlFreeDoc(document) }
    }
    self.context = nil
  }

  private static func of(_ data: UnsafeMutableRawPointer?) -> HTMLTreeReader? {
    data.map { Unmanaged<HTMLTreeReader>.fromOpaque($0).takeUnretainedValue() }
  }

  private func start(
    _ name: UnsafePointer<UInt8>?, _ attributes: UnsafeMutablePointer<UnsafePointer<UInt8>?>?
  ) {
    guard let name, stop == nil else { return }
    let tag = tag(name)
    // libxml2 does not know that a term or definition ends the one before.
    if tag == .dt || tag == .dd, let last = open.last, last == .dt || last == .dd {
      tree.closeElement()
      open[open.count - 1] = nil
    }
    tree.openElement(tag)
    open.append(tag)
    var next = attributes
    while let pair = next, let name = pair[0] {
      if let attribute = attribute(name) {
        tree.addAttribute(
          attribute, UnsafeBufferPointer(start: pair[1], count: pair[1].map(Self.length) ?? 0))
      }
      next = pair + 2
    }
    if tree.depth > Self.maximumDepth { leave() }
  }

  private func end() {
    guard stop == nil, let last = open.popLast() else { return }
    if last != nil { tree.closeElement() }
  }

  private func characters(_ text: UnsafePointer<UInt8>?, _ count: Int32) {
    guard let text, count > 0, stop == nil else { return }
    tree.addText(UnsafeBufferPointer(start: text, count: Int(count)))
  }

  /// Remembers where libxml2 stands, which is before the `>` of a start tag, and makes it stop.
  private func leave() {
    guard let context, let input = context.pointee.input else { return }
    stop = Int(input.pointee.consumed) + (input.pointee.cur - input.pointee.base)
    xmlStopParser(context)
  }

  private func tag(_ name: UnsafePointer<UInt8>) -> HTMLTag {
    if let known = tags[name] { return known }
    let tag = HTMLTag(rawValue: String(cString: name)) ?? .other
    tags[name] = tag
    return tag
  }

  private func attribute(_ name: UnsafePointer<UInt8>) -> HTMLAttribute? {
    if let known = names[name] { return known }
    let attribute = HTMLAttribute(rawValue: String(cString: name))
    names[name] = .some(attribute)
    return attribute
  }

  private static func length(_ text: UnsafePointer<UInt8>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
  }
}
