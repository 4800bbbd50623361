/// What a JSX component shows besides what it encloses, as far as its name and attributes tell.
struct JSXMeaning {
  /// The label of a box: `Note`.
  private(set) var label: String?
  /// A title above what the component encloses, and what describes it.
  private(set) var title: String?
  private(set) var description: String?
  /// Words in the place of a component within a line.
  private(set) var words: String?

  init(_ tag: JSXScanner.Component) {
    let attributes = JSXAttributes(tag.attributes)
    let name = tag.name.string
    let lowered = tag.name.lowercasedString
    title = attributes.first(["title", "label", "summary", "header", "heading", "caption", "question"])
    words = attributes.first(["text", "label", "title", "alt"])
    // Those of HTML describe what is shown; a `title` there is a hint.
    guard tag.name.first?.isASCIIUppercase == true else {
      (title, words) = (nil, attributes.first(["alt"]))
      return
    }
    description = attributes.first(["description", "subtitle"])
    if title == nil, name == "TabItem" || name == "Tab" { title = attributes.first(["value", "name"]) }
    if title == nil, let field = attributes.first(["path", "query", "body", "param", "name"]),
      let type = attributes.first(["type"])
    {
      title = "`\(field)` (\(type)\(attributes.values["required"] != nil ? ", required" : ""))"
    }
    if Self.boxes.contains(lowered) {
      let kind = attributes.first(["type", "kind", "variant", "intent", "color", "theme"]) ?? ""
      label = AdmonitionLabel.label(of: kind.lowercased()) ?? (title == nil ? "Note" : nil)
    } else {
      label =
        lowered == "check"
        ? "Check" : Self.titles.contains(lowered) ? nil : AdmonitionLabel.label(of: lowered)
    }
  }

  private static let boxes: Set<String> = ["callout", "aside", "admonition", "alert", "hint", "notice"]
  /// Kinds of boxes that are parts of other things where they are components.
  private static let titles: Set<String> = ["summary", "quote", "example", "question", "error", "abstract"]
}
