extension MarkdownWriter {
  /// Directives within each other that are read; what lies deeper is code.
  static let deepestDirective = 8

  /// Writes a fence that is a directive of MyST; false if it is none.
  mutating func addDirective(_ node: MarkdownNode, into builder: inout DocumentBuilder) throws -> Bool {
    let info = node.fenceInfo
    guard depth < Self.deepestDirective, info.first == UInt8(ascii: "{"),
      let directive = MySTDirective(info: info[...], Array(node.literal)[...])
    else { return false }
    switch directive.content {
    case .dropped: break
    case .code:
      if let caption = directive.caption { builder.append(.paragraph, utf8: caption) }
      builder.append(.code, utf8: CodeMargin.added(to: directive.body), anchor: takeAnchor())
    case .reStructuredText:
      ReStructuredTextParser.append(Array(directive.body), into: &builder)
    case .text(let label):
      let text = directive.argument + (directive.argument.isEmpty ? [] : [.lineFeed]) + directive.body
      try addMarkdown(text, label: label, into: &builder)
    case .titled:
      if !directive.argument.isEmpty {
        builder.append(.paragraph, utf8: directive.argument, anchor: takeAnchor())
      }
      try addMarkdown(directive.body, into: &builder)
    case .container:
      if let caption = directive.caption { builder.append(.paragraph, utf8: caption) }
      try addMarkdown(directive.body, into: &builder)
    }
    return true
  }

  /// - Parameter label: what stands before the first words, or alone where something else than words comes first.
  private mutating func addMarkdown(
    _ body: ArraySlice<UInt8>, label: String = "", into builder: inout DocumentBuilder
  ) throws {
    let text = body.trimmedSpace
    let begins = text.first.map { $0 >= 0x80 || $0.isASCIILetter || "`*_[\"'({".utf8.contains($0) } ?? false
    let isFence = text.starts(with: "```".utf8)
    var source = Array(body)
    if !label.isEmpty {
      if begins, !isFence {
        source = Array(label.utf8) + text
      } else {
        source = Array(label.utf8.dropLast(text.isEmpty ? 2 : 1)) + [.lineFeed, .lineFeed] + body
      }
    }
    try MarkdownParser().append(source, slugs: &slugs, depth: depth + 1, into: &builder)
  }

  /// Adds code within a line: what MyST's role before it (`{func}`) shows for it, or the code as it is.
  mutating func addCode(_ literal: UnsafeBufferPointer<UInt8>) {
    guard let role = line.takeRole() else { return line.addVerbatim(literal) }
    line.addVerbatim(RSTInline.shown(role, Array(literal)[...]))
  }

  /// Takes a target of MyST, `(name)=` on a line of its own, for the anchor of what comes next.
  mutating func takeTarget() {
    let text = line.bytes
    guard lists.isEmpty, text.count > 3, text.first == UInt8(ascii: "("),
      text.suffix(2).elementsEqual(")=".utf8)
    else { return }
    let name = text[1..<(text.count - 2)]
    guard name.allSatisfy({ $0.isASCIIAlphanumeric || "-_:. ".utf8.contains($0) }) else { return }
    anchor = name.string
    _ = line.take()
  }
}
