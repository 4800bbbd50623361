/// Finds the tags of template languages; the ends that were found are remembered, so that time stays linear.
struct TemplateScanner {
  private static let maximumLength = 4000
  private let text: [UInt8]
  /// For each kind of tag, where its next end was found, and from where that was looked for.
  private var ends: [(from: Int, end: Int)] = Array(repeating: (0, -1), count: Sign.allCases.count)
  /// The closing tags that lie ahead, by what they close, the nearest last; nil until one is asked for.
  private var closings: [String: [Range<Int>]]?

  init(_ text: [UInt8]) { self.text = text }

  private enum Sign: Int, CaseIterable {
    case angle, percent, liquid, expression

    var start: StaticString {
      switch self {
      case .angle: "{{<"
      case .percent: "{{%"
      case .liquid: "{%"
      case .expression: "{{"
      }
    }

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
    guard !Self.isText(content, in: sign) else { return nil }
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

  /// Whether what looks like the content of a tag is text: another tag begins in it, or a paragraph ends.
  private static func isText(_ content: ArraySlice<UInt8>, in sign: Sign) -> Bool {
    content.indices.contains { index in
      switch content[index] {
      case UInt8(ascii: "{"): content[index...].starts(with: sign.start)
      case .lineFeed: content[(index + 1)...].first { $0 != .space && $0 != 0x09 } == .lineFeed
      default: false
      }
    }
  }

  /// Where the body of `tag` ends, and where its closing tag does; nil if nothing closes it.
  ///
  /// Tags are to be asked for in their order.
  mutating func body(of tag: TemplateTag) -> (end: Int, close: Int)? {
    if closings == nil { closings = allClosings() }
    while let next = closings?[tag.key]?.last {
      if next.lowerBound >= tag.range.upperBound { return (next.lowerBound, next.upperBound) }
      closings?[tag.key]?.removeLast()
    }
    return nil
  }

  private mutating func allClosings() -> [String: [Range<Int>]] {
    var found: [String: [Range<Int>]] = [:]
    var index = 0
    while let next = text[index...].firstIndex(of: UInt8(ascii: "{")) {
      if let tag = tag(at: next), tag.isClosing { found[tag.key, default: []].append(tag.range) }
      index = next + 1
    }
    return found.mapValues { $0.reversed() }
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
