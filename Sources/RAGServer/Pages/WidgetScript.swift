/// The widget as the one file that other sites load.
enum WidgetScript {
  static let file = PageFile(
    path: "widget.js",
    text: "(() => {\n\"use strict\";\n\(ScriptBundle.text(of: "widget/main.js"))})();\n")
}
