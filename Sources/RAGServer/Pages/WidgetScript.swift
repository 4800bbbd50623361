/// The widget as the one file that other sites load: its modules in one function, without what joins them, without
/// comments and indentation.
enum WidgetScript {
  /// In the order in which each finds what it uses.
  private static let modules = [
    "parts/dom.js", "parts/inline.js", "parts/markdown.js", "parts/events.js", "parts/api.js",
    "parts/places.js", "parts/identifiers.js", "widget/style.js", "widget/turn.js", "widget/main.js",
  ]

  static let file: PageFile = {
    var lines = ["(() => {", "\"use strict\";"]
    for path in modules {
      guard let module = PageFile.all[path] else { preconditionFailure("there is no module '\(path)'") }
      var isComment = false
      for line in module.text.split(separator: "\n") where !line.hasPrefix("import ") {
        let code = line.hasPrefix("export ") ? line.dropFirst(7) : line.drop { $0 == " " }
        // Comments have lines of their own.
        if code.hasPrefix("/**") { isComment = true }
        if !isComment, !code.hasPrefix("// ") { lines.append(String(code)) }
        if isComment, code.hasSuffix("*/") { isComment = false }
      }
    }
    lines.append("})();\n")
    return PageFile(path: "widget.js", text: lines.joined(separator: "\n"))
  }()
}
