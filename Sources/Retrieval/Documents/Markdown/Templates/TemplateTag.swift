/// A tag of a template language in a Markdown text: a shortcode of Hugo or Quarto (`{{< name >}}`, `{{% name %}}`), a tag
/// of Liquid or GitBook (`{% name %}`), or an expression (`{{ site.url }}`).
struct TemplateTag {
  enum Language { case shortcode, liquid, expression }

  let language: Language
  /// In lower case and without what closes it (`/` or `end`); empty for expressions.
  let name: String
  let isClosing: Bool
  /// What stands behind the name; the whole of an expression.
  let content: ArraySlice<UInt8>
  let range: Range<Int>

  init(_ language: Language, _ content: ArraySlice<UInt8>, _ range: Range<Int>) {
    self.language = language
    self.range = range
    var rest = content
    // White space around is trimmed by hyphens: `{%- if x -%}`.
    if language != .shortcode {
      if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
      if rest.last == UInt8(ascii: "-") { rest = rest.dropLast() }
    }
    rest = rest.trimmedSpace
    guard language != .expression else {
      (name, isClosing, self.content) = ("", false, rest)
      return
    }
    let hasSlash = rest.first == UInt8(ascii: "/")
    if hasSlash { rest = rest.dropFirst().trimmedSpace }
    let word = rest.prefix { $0.isASCIIAlphanumeric || "_-./@".utf8.contains($0) }
    let spelled = word.lowercasedString
    let isEnd = language == .liquid && spelled.count > 3 && spelled.hasPrefix("end")
    name = isEnd ? String(spelled.dropFirst(3)) : spelled
    isClosing = hasSlash || isEnd
    self.content = rest[word.endIndex...].trimmedSpace
  }
}

/// Finds the tags of template languages; the ends that were found are remembered, so that time stays linear.
struct TemplateScanner {
  private static let maximumLength = 4000
  private let text: [UInt8]
  /// For each kind of tag, where its next end was found, and from where that was looked for.
  private var ends: [(from: Int, end: Int)] = Array(repeating: (0, -1), count: Sign.allCases.count)

  init(_ text: [UInt8]) { self.text = text }

  private enum Sign: Int, CaseIterable {
    case angle, percent, liquid, expression

    var end: [UInt8] {
      switch self {
      case .angle: Array(">}}".utf8)
      case .percent: Array("%}}".utf8)
      case .liquid: Array("%}".utf8)
      case .expression: Array("}}".utf8)
      }
    }
  }

  static func mayContain(_ text: [UInt8]) -> Bool {
    zip(text, text.dropFirst()).contains {
      $0 == UInt8(ascii: "{") && ($1 == UInt8(ascii: "{") || $1 == UInt8(ascii: "%"))
    }
  }

  /// The tag that begins with the brace at `index`; nil where none does.
  mutating func tag(at index: Int) -> TemplateTag? {
    guard index + 3 < text.count else { return nil }
    let (second, third) = (text[index + 1], text[index + 2])
    let sign: Sign
    if second == UInt8(ascii: "%") {
      sign = .liquid
    } else if second != UInt8(ascii: "{") {
      return nil
    } else {
      sign = third == UInt8(ascii: "<") ? .angle : third == UInt8(ascii: "%") ? .percent : .expression
    }
    let start = index + (sign == .liquid || sign == .expression ? 2 : 3)
    guard let end = end(of: sign, from: start), end - index <= Self.maximumLength else { return nil }
    let content = text[start..<(end - sign.end.count)]
    switch sign {
    case .angle, .percent:
      guard let first = content.first(where: { $0 != UInt8(ascii: "/") && !$0.isASCIISpace }),
        first.isASCIIAlphanumeric || first == UInt8(ascii: "_")
      else { return nil }
      return TemplateTag(.shortcode, content, index..<end)
    case .liquid:
      let tag = TemplateTag(.liquid, content, index..<end)
      // Names of GitBook's extensions begin with `@`.
      return tag.name.utf8.first.map { $0.isASCIILetter || $0 == UInt8(ascii: "@") } == true ? tag : nil
    case .expression:
      // Expressions stay on their line, and braces within are no end.
      guard !content.contains(.lineFeed), !content.isEmpty else { return nil }
      return TemplateTag(.expression, content, index..<end)
    }
  }

  /// Where the body of `tag` ends, and where its closing tag does; nil if nothing closes it.
  mutating func body(of tag: TemplateTag) -> (end: Int, close: Int)? {
    let opening = text[tag.range.lowerBound..<min(tag.range.lowerBound + 2, text.count)]
    var index = tag.range.upperBound
    while let next = text[index...].firstIndex(of: UInt8(ascii: "{")) {
      if text[next...].prefix(2).elementsEqual(opening), let found = self.tag(at: next), found.isClosing,
        found.language == tag.language, found.name == tag.name
      {
        return (next, found.range.upperBound)
      }
      index = next + 1
    }
    return nil
  }

  private mutating func end(of sign: Sign, from index: Int) -> Int? {
    let known = ends[sign.rawValue]
    if known.end >= 0, index >= known.from, index + sign.end.count <= known.end {
      return known.end == Int.max ? nil : known.end
    }
    let mark = sign.end
    var next = index
    while next + mark.count <= text.count {
      if text[next] == mark[0], text[next + 1] == mark[1], mark.count == 2 || text[next + 2] == mark[2] {
        ends[sign.rawValue] = (index, next + mark.count)
        return next + mark.count
      }
      next += 1
    }
    ends[sign.rawValue] = (index, Int.max)
    return nil
  }
}
