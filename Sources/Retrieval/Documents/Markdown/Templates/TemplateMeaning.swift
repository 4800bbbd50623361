/// What a tag of a template shows its readers, as far as its name and arguments tell.
enum TemplateMeaning {
  /// Nothing; what it encloses stays.
  case nothing
  /// Nothing, and neither does what it encloses.
  case comment
  /// What it encloses is no template.
  case verbatim
  /// It guides the template and stands for no block of text: `{% if %}`.
  case control
  /// A box with a title, or with the label of its kind.
  case note(label: String, title: String?)
  /// A tab or a fold: what it encloses stands under a title.
  case titled(String?)
  /// What it encloses is code.
  case code(language: String, caption: String?)
  /// Words in its place.
  case text(String)
  /// The address of a page, which links have.
  case address

  init(_ tag: TemplateTag) {
    let arguments = TemplateArguments(tag.content)
    let name = tag.name
    if tag.language == .liquid, let meaning = Self.liquid(name, arguments) {
      self = meaning
    } else if Self.addresses.contains(name) {
      self = .address
    } else if name == "comment" {
      self = .comment
    } else if Self.boxes.contains(name) {
      self = Self.box(arguments)
    } else if let label = AdmonitionLabel.label(of: name) {
      self = .note(label: label, title: Self.title(arguments) ?? arguments.positional.first)
    } else if Self.code.contains(name) {
      let language = name == "highlight" ? arguments.positional.first : arguments.first(["lang", "language"])
      self = .code(
        language: language ?? "", caption: arguments.first(["file", "filename", "title", "caption", "name"]))
    } else if let language = arguments.named["codelang"] {
      self = .code(language: language, caption: Self.title(arguments))
    } else if Self.folds.contains(name) {
      self = .titled(Self.title(arguments) ?? arguments.positional.first)
    } else if Self.keys.contains(name) {
      self = .text(arguments.positional.joined(separator: " "))
    } else if name == "new-in" || name == "newin", let version = arguments.positional.first {
      self = .text("New in \(version)")
    } else if let field = arguments.named["name"], let type = arguments.named["type"] {
      self = .titled("`\(field)` (\(type))")
    } else if let text = arguments.first([
      "text", "content", "caption", "title", "heading", "label", "summary", "description", "alt",
    ]) {
      self = .text(text)
    } else if tag.language == .shortcode, let words = arguments.positional.first(where: { $0.contains(" ") })
    {
      self = .text(words)
    } else {
      self = .nothing
    }
  }

  private static func liquid(_ name: String, _ arguments: TemplateArguments) -> TemplateMeaning? {
    if name == "raw" || name == "verbatim" { return .verbatim }
    if guides.contains(name) { return .control }
    guard name == "include" || name == "include_relative" || name == "render" else { return nil }
    guard let text = arguments.first(["content", "text", "caption", "title", "alt"]) else { return .control }
    // A partial template named after a kind of note: `{% include note.html content="..." %}`.
    let file = arguments.positional.first?.split(separator: "/").last?.split(separator: ".").first
    if let file, let label = AdmonitionLabel.label(of: file.lowercased()) {
      return .text("\(label): \(text)")
    }
    return .text(text)
  }

  private static func title(_ arguments: TemplateArguments) -> String? {
    arguments.first(["title", "header", "heading", "summary", "label", "name", "tabname"])
  }

  /// A box whose kind is an argument: `{{< hint warning >}}`, `{% hint style="info" %}`, `{{< alert color="warning" >}}`.
  private static func box(_ arguments: TemplateArguments) -> TemplateMeaning {
    var words = arguments.positional
    let kind = arguments.first(["type", "style", "kind", "color", "level", "variant"]) ?? words.first ?? ""
    let label = AdmonitionLabel.label(of: kind.lowercased())
    if label != nil, words.first == kind { words.removeFirst() }
    return .note(label: label ?? "Note", title: title(arguments) ?? words.first)
  }

  private static let addresses: Set<String> = ["ref", "relref", "link", "post_url", "url"]
  private static let boxes: Set<String> = [
    "hint", "alert", "notice", "admonition", "callout", "aside", "message",
  ]
  private static let folds: Set<String> = [
    "tab", "tabitem", "tab-item", "expand", "details", "accordion", "accordion-item", "collapse",
    "collapsible",
    "card", "step", "spoiler", "dropdown", "fold", "toggle",
  ]
  private static let code: Set<String> = [
    "highlight", "code", "code-toggle", "codeblock", "code-block", "output", "cmd", "command", "console",
    "terminal", "shell", "mermaid", "plantuml",
  ]
  private static let keys: Set<String> = ["kbd", "key", "keys", "heading"]
  private static let guides: Set<String> = [
    "if", "elsif", "elseif", "else", "unless", "case", "when", "for", "tablerow", "assign", "capture",
    "cycle",
    "increment", "decrement", "set", "macro", "block", "extends", "import", "from", "with", "break",
    "continue",
    "liquid", "gist", "seo", "feed_meta",
  ]
}
