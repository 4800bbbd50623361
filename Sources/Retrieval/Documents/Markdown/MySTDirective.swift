/// A directive of MyST, the Markdown of Sphinx and Jupyter Book: a fence with a name in braces, an argument, options and a
/// body that is Markdown unless it is code.
struct MySTDirective {
  enum Content {
    case dropped
    case code
    /// Its body is reStructuredText.
    case reStructuredText
    /// Text of the argument and the body, with a word before it (`Note: `), which may be empty.
    case text(label: String)
    /// The argument is a title above the body.
    case titled
    /// Only the body is text.
    case container
  }

  let content: Content
  let argument: ArraySlice<UInt8>
  let body: ArraySlice<UInt8>
  /// Its `caption` or `alt`.
  let caption: ArraySlice<UInt8>?

  /// Nil for a fence that is no directive, or one that nothing is known of: `{r, echo=FALSE}` of R Markdown is code.
  ///
  /// - Parameter info: what stands behind the opening fence.
  init?(info: ArraySlice<UInt8>, _ literal: ArraySlice<UInt8>) {
    guard info.first == UInt8(ascii: "{"), let close = info.firstIndex(of: UInt8(ascii: "}")) else {
      return nil
    }
    let name = info[(info.startIndex + 1)..<close]
    guard !name.isEmpty, name.allSatisfy({ $0.isASCIIAlphanumeric || "-_:+.".utf8.contains($0) }) else {
      return nil
    }
    let words = info[(close + 1)...].trimmedSpace
    let (options, body) = Self.options(of: literal)
    caption = options["caption"] ?? options["alt"]
    self.body = body
    guard let (content, argument) = Self.content(named: name.lowercasedString, words) else { return nil }
    (self.content, self.argument) = (content, argument)
  }

  private static func content(
    named name: String, _ words: ArraySlice<UInt8>
  ) -> (Content, argument: ArraySlice<UInt8>)? {
    if name == "eval-rst" { return (.reStructuredText, []) }
    if name == "code-cell" { return (.code, []) }
    if titled.contains(name) { return (.titled, words) }
    guard let kind = RSTDirective.knownKind(name) else { return nil }
    switch kind {
    case .dropped, .module: return (.dropped, [])
    case .code, .csvTable: return (.code, [])
    case .labelled(let label): return (.text(label: label + ": "), words)
    case .versioned(let label):
      let version = words.prefix { !$0.isASCIISpace }
      return (.text(label: "\(label) \(version.string): "), words[version.endIndex...].trimmedSpace)
    case .titled, .listTable, .description: return (.titled, words)
    case .picture, .container, .glossary: return (.container, [])
    case .text, .quote, .formula: return (.text(label: ""), words)
    }
  }

  /// Boxes of MyST and of Sphinx's designs whose argument is their title.
  private static let titled: Set<String> = [
    "admonition", "dropdown", "card", "details", "margin", "sidebar", "tab-item", "topic",
  ]

  /// Lines such as `:name: value`, or such without colons between two of `---`, at the beginning.
  private static func options(
    of literal: ArraySlice<UInt8>
  ) -> (options: [String: ArraySlice<UInt8>], body: ArraySlice<UInt8>) {
    var options: [String: ArraySlice<UInt8>] = [:]
    var rest = literal
    var isBlock = false
    while !rest.isEmpty {
      let line = rest.prefix { $0 != .lineFeed }
      let words = line.trimmedSpace
      let after = rest[line.endIndex...].dropFirst()
      if words.elementsEqual("---".utf8) {
        guard isBlock || options.isEmpty else { break }
        rest = after
        if isBlock { break }
        isBlock = true
        continue
      }
      let text = isBlock ? words : words.first == UInt8(ascii: ":") ? words.dropFirst() : []
      let name = text.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "-") }
      guard !name.isEmpty, text[name.endIndex...].first == UInt8(ascii: ":") else { break }
      options[name.lowercasedString] = text[(name.endIndex + 1)...].trimmedSpace
      rest = after
    }
    return (options, rest)
  }
}
