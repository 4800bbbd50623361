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

  /// What tells which closing tag belongs to it.
  var key: String { "\(language) \(name)" }

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
