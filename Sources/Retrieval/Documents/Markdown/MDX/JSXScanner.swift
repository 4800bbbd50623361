/// Finds the ends of JSX tags, comments and expressions in an MDX text.
struct JSXScanner {
  struct Component {
    var isClosing: Bool
    var isSelfClosing: Bool
    var name: ArraySlice<UInt8> = []
    /// What stands between the name and the end of an opening tag.
    var attributes: ArraySlice<UInt8> = []
    /// The index after `>`.
    var end: Int
  }

  private static let maximumTagLength = 4000
  private let text: [UInt8]
  private let closed: ClosedElements
  /// Searches that found no end; after many of them nothing more is looked for, so that time stays linear.
  private var failures = 0
  private var hasNoCommentEndFrom = Int.max

  init(_ text: [UInt8]) {
    self.text = text
    closed = ClosedElements(text)
  }

  /// The tag of a component (`<Tabs>`, `</Tabs>`, `<Card.Title/>`, `<>`), or an HTML tag with values that are
  /// code, at the `<` at `index`; nil for plain HTML and for what is no tag.
  mutating func component(at index: Int) -> Component? {
    var next = index + 1
    let isClosing = next < text.count && text[next] == UInt8(ascii: "/")
    if isClosing { next += 1 }
    let start = next
    while next < text.count, text[next].isASCIIAlphanumeric || "._-:".utf8.contains(text[next]) { next += 1 }
    guard next < text.count else { return nil }
    let name = text[start..<next]
    if name.isEmpty {
      guard text[next] == UInt8(ascii: ">") else { return nil }
      return Component(isClosing: isClosing, isSelfClosing: false, end: next + 1)
    }
    guard name.first?.isASCIILetter == true, text[next].isASCIISpace || ">/".utf8.contains(text[next]),
      let (end, hasCode) = endOfTag(from: next)
    else { return nil }
    let isComponent = name.first?.isASCIIUppercase == true || name.contains(UInt8(ascii: "."))
    guard isComponent || hasCode else { return nil }
    let isSelfClosing = text[end - 2] == UInt8(ascii: "/")
    // A lone name in angle brackets is the type in `List<String>`, a host, or what a reader is to put in: `<NAME>`.
    guard isClosing || isSelfClosing || !text[next..<(end - 1)].isBlank || closed.contains(name) else {
      return nil
    }
    // An HTML tag goes alone, its closing tag stays and is dropped by the Markdown parser.
    return Component(
      isClosing: isClosing, isSelfClosing: isSelfClosing || !isComponent,
      name: name, attributes: isClosing ? [] : text[next..<(end - 1)], end: end)
  }

  /// `{/* ... */}` at `index`.
  mutating func comment(at index: Int) -> (content: ArraySlice<UInt8>, end: Int)? {
    guard index < hasNoCommentEndFrom, text[index...].starts(with: "{/*") else { return nil }
    var next = index + 3
    while next + 2 < text.count {
      if text[next] == UInt8(ascii: "*"), text[next + 1] == UInt8(ascii: "/"),
        text[next + 2] == UInt8(ascii: "}")
      {
        return (text[(index + 3)..<next], next + 3)
      }
      next += 1
    }
    hasNoCommentEndFrom = index
    return nil
  }

  /// The end of an expression in braces at `index`; nil if it has none near.
  mutating func endOfExpression(at index: Int) -> Int? {
    guard failures < 1000 else { return nil }
    var depth = 0
    var quote: UInt8?
    for next in index..<min(text.count, index + Self.maximumTagLength) {
      let byte = text[next]
      if let open = quote {
        if byte == open || byte == .lineFeed && open != UInt8(ascii: "`") { quote = nil }
      } else if "\"'`".utf8.contains(byte) {
        quote = byte
      } else if byte == UInt8(ascii: "{") {
        depth += 1
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
        if depth == 0 { return next + 1 }
      }
    }
    failures += 1
    return nil
  }

  private mutating func endOfTag(from index: Int) -> (end: Int, hasCode: Bool)? {
    guard failures < 1000 else { return nil }
    var next = index
    var depth = 0
    var quote: UInt8?
    var hasCode = false
    let limit = min(text.count, index + Self.maximumTagLength)
    while next < limit {
      let byte = text[next]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
        || (byte == UInt8(ascii: "`") && depth > 0)
      {
        quote = byte
      } else if byte == UInt8(ascii: "{") {
        depth += 1
        hasCode = true
      } else if byte == UInt8(ascii: "}") {
        depth -= 1
      } else if byte == UInt8(ascii: ">"), depth <= 0 {
        return (next + 1, hasCode)
      } else if byte == UInt8(ascii: "<"), depth <= 0 {
        break
      }
      next += 1
    }
    failures += 1
    return nil
  }
}
