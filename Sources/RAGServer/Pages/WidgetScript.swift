/// The widget as the one file that other sites load: its modules in one function, without what joins them and
/// without indentation.
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
      for line in module.text.split(separator: "\n") where !line.hasPrefix("import ") {
        let code = line.hasPrefix("export ") ? line.dropFirst(7) : line.drop { $0 == " " }
        lines.append(String(code))
      }
    }
    lines.append("})();\n")
    return PageFile(path: "widget.js", text: lines.joined(separator: "\n"))
  }()
}
