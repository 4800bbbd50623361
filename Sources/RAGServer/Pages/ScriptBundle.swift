/// Modules as one script: each in a function of its own, after those that it imports, without comments and indentation.
/// One file is loaded faster than twenty that name each other.
enum ScriptBundle {
  /// The module at `root` with everything that it needs, as statements of any script.
  static func text(of root: String) -> String {
    var order: [String] = []
    visit(root, &order)
    let names = Dictionary(order.enumerated().map { ($1, "m\($0)") }) { first, _ in first }
    return order.map { module($0, names) }.joined()
  }

  private static func visit(_ path: String, _ order: inout [String]) {
    guard !order.contains(path) else { return }
    for line in PageFile.named(path).text.split(separator: "\n") {
      if let (_, target) = imported(line, by: path) { visit(target, &order) }
    }
    order.append(path)
  }

  /// A module as a constant that holds what it exports.
  private static func module(_ path: String, _ names: [String: String]) -> String {
    var lines: [String] = []
    var exports: [Substring] = []
    for line in compact(PageFile.named(path).text) {
      if let (what, target) = imported(line, by: path) {
        lines.append("const \(what) = \(names[target] ?? "");")
      } else if line.hasPrefix("export ") {
        let code = line.dropFirst("export ".count)
        exports.append(declared(by: code))
        lines.append(String(code))
      } else {
        lines.append(String(line))
      }
    }
    lines.append("return { \(exports.joined(separator: ", ")) };")
    return "const \(names[path] ?? "") = (() => {\n\(lines.joined(separator: "\n"))\n})();\n"
  }

  /// The lines of a script or a style sheet without indentation, empty ones and comments, which have lines of their own.
  static func compact(_ text: String) -> [Substring] {
    var lines: [Substring] = []
    var isComment = false
    for line in text.split(separator: "\n") {
      let code = line.drop { $0 == " " }
      if code.hasPrefix("/*") { isComment = true }
      if !isComment, !code.isEmpty, !code.hasPrefix("// ") { lines.append(code) }
      if isComment, code.hasSuffix("*/") { isComment = false }
    }
    return lines
  }

  /// What `import { a, b } from "./x.js";` takes, and from which file; nil for any other line.
  private static func imported(_ line: Substring, by path: String) -> (names: Substring, path: String)? {
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    guard line.hasPrefix("import {"), parts.count == 3, let end = parts[0].lastIndex(of: "}") else {
      return nil
    }
    let names = parts[0][parts[0].index(parts[0].startIndex, offsetBy: "import ".count)...end]
    let folder = path.split(separator: "/").dropLast().joined(separator: "/")
    let file = parts[1]
    return (names, file.hasPrefix("../") ? String(file.dropFirst(3)) : "\(folder)/\(file.dropFirst(2))")
  }

  /// The name that `const x = ...`, `function x(...)`, `async function* x(...)` or `class X ...` declares.
  private static func declared(by code: Substring) -> Substring {
    let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "$") }
    return words.first { !["async", "function", "class", "const", "let"].contains($0) } ?? ""
  }
}
