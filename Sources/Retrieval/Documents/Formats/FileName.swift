/// What a file's name says.
enum FileName {
  /// The part after the last dot of the last component, in lower case; empty for `.hidden` and `README`.
  static func pathExtension(_ name: String) -> String {
    let last = lastComponent(name)
    guard let dot = last.lastIndex(of: "."), dot != last.startIndex else { return "" }
    return last[last.index(after: dot)...].lowercased()
  }

  /// The name of what a file packed with gzip holds: `faq.txt` for `faq.txt.gz`; any other name as it is.
  static func withoutGzip(_ name: String) -> String {
    pathExtension(name) == "gz" ? String(name.dropLast(3)) : name
  }

  /// `guide.rst` for `guide.rst.txt`, as Sphinx names the copies of a site's sources; any other name as it is.
  static func withoutCopyExtension(_ name: String) -> String {
    guard pathExtension(name) == "txt" else { return name }
    let source = String(name.dropLast(4))
    return ["rst", "md", "ipynb"].contains(pathExtension(source)) ? source : name
  }

  static func lastComponent(_ name: String) -> Substring {
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name[...] }
    return name[name.utf8.index(after: slash)...]
  }
}
