/// A page with one script and one style sheet in place of all that it names, each under an address made of its content:
/// a browser that has loaded them once needs nothing but the page itself, which names them.
struct PageBundle {
  let page: PageFile
  let parts: [PageFile]

  /// - Parameter path: of the page's HTML, in which each file that it loads has a line of its own.
  init(_ path: String) {
    let file = PageFile.named(path)
    let name = path.split(separator: "/").first.map(String.init) ?? path
    var lines: [String] = []
    var styles: [Substring] = []
    var parts: [PageFile] = []
    var styleLine: Int?
    for line in file.text.split(separator: "\n", omittingEmptySubsequences: false) {
      let loaded = line.split(separator: "\"").first { $0.hasPrefix("/pages/") }?.dropFirst("/pages/".count)
      if let loaded, line.contains("rel=\"stylesheet\"") {
        styles += ScriptBundle.compact(PageFile.named(String(loaded)).text)
        if styleLine != nil { continue }
        styleLine = lines.count
      } else if let loaded, line.contains("<script") {
        let script = Self.named(name, "js", ScriptBundle.text(of: String(loaded)))
        parts.append(script)
        lines.append(String(line.replacing("/pages/\(loaded)", with: "/pages/\(script.path)")))
        continue
      }
      lines.append(String(line))
    }
    if let styleLine {
      let style = Self.named(name, "css", styles.joined(separator: "\n"))
      parts.append(style)
      lines[styleLine] = "  <link rel=\"stylesheet\" href=\"/pages/\(style.path)\">"
    }
    page = PageFile(path: path, text: lines.joined(separator: "\n"))
    self.parts = parts
  }

  private static func named(_ name: String, _ kind: String, _ text: String) -> PageFile {
    let file = PageFile(path: "", text: text)
    return PageFile(path: "\(name)-\(file.digest).\(kind)", text: text)
  }
}
