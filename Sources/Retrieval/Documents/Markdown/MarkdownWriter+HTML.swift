extension MarkdownWriter {
  /// A tag within a paragraph: only line breaks, pictures' texts and anchors say something.
  mutating func addInlineHTML(_ tag: UnsafeBufferPointer<UInt8>) {
    guard tag.count > 2, tag.count < 4000, tag[1].isASCIILetter else { return }
    let name = tag.dropFirst().prefix { $0.isASCIIAlphanumeric }
    switch Array(name).lowercasedString {
    case "br": line.lineBreak()
    case "img":
      if let text = HTMLTagScanner.attribute("alt", of: Array(tag)) {
        line.space()
        line.add(HTMLEntities.decoded(text))
        line.space()
      }
    case "a", "span":
      if line.isEmpty {
        let id =
          HTMLTagScanner.attribute("id", of: Array(tag)) ?? HTMLTagScanner.attribute("name", of: Array(tag))
        if let id { anchor = id.string }
      }
    default:
      if isPlaceholder(tag) {
        let start = line.bytes.count
        line.addVerbatim(tag)
        placeholders?.append(start..<line.bytes.count)
      } else if tag[1].isASCIIUppercase, let text = HTMLTagScanner.attribute("text", of: Array(tag)) {
        // Components, such as VitePress's badges.
        line.add(HTMLEntities.decoded(text))
      }
    }
  }

  mutating func addHTML(_ html: UnsafeBufferPointer<UInt8>, into builder: inout DocumentBuilder)
    throws
  {
    // Many of these blocks are lone tags or comments, which are not worth a parser.
    guard HTMLTagScanner.holdsMore(thanTags: html) else { return }
    marker = nil
    try HTMLParser(scope: .wholePage).append(scrap: Array(html), anchor: &anchor, into: &builder)
  }

  /// Whether a tag is a name in angle brackets that readers are to see, which nothing closes: the type in `List<String>`, or
  /// what they are to put in (`<file>`).
  private func isPlaceholder(_ tag: UnsafeBufferPointer<UInt8>) -> Bool {
    let name = tag.dropFirst().dropLast()
    return name.allSatisfy { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
      && !Self.openElements.contains(name.lowercasedString) && !closed.contains(name)
  }

  /// Elements of HTML that may be left open, or that careless authors leave open.
  private static let openElements: Set<String> = [
    "a", "b", "big", "blockquote", "body", "br", "caption", "center", "cite", "code", "col", "colgroup", "dd",
    "del",
    "details", "dfn", "div", "dl", "dt", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6", "head", "hr",
    "html", "i",
    "ins", "kbd", "li", "mark", "nobr", "ol", "p", "pre", "q", "rb", "rp", "rt", "rtc", "s", "samp", "small",
    "span",
    "strike", "strong", "sub", "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "tt",
    "u",
    "ul", "var", "wbr",
  ]
}
