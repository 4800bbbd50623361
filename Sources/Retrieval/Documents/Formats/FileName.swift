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

  /// Words of a file's name that say what it is about: `Price list 2026` of `sales/Price_list_2026.xlsx`; nil for names that
  /// programs make up.
  static func title(_ name: String) -> String? {
    let last = String(lastComponent(withoutGzip(name)))
    let stem = last.lastIndex(of: ".").map { last[..<$0] } ?? last[...]
    let words = Whitespace.collapsed(String(stem.map { $0 == "_" ? " " : $0 }))
    let letters = words.filter(\.isLetter)
    guard letters.count >= 4, letters.count >= words.count(where: \.isNumber), words.count <= 100,
      !madeUp.contains(letters.lowercased())
    else { return nil }
    return words
  }

  private static let madeUp: Set<String> = [
    "data", "daten", "export", "download", "output", "table", "tables", "tabelle", "book", "mappe",
    "classeur",
    "workbook", "document", "dokument", "untitled", "unbenannt", "sheet", "presentation", "präsentation",
    "file", "temp",
    "test", "scan", "copy", "index", "upload", "attachment",
  ]

  static func lastComponent(_ name: String) -> Substring {
    guard let slash = name.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name[...] }
    return name[name.utf8.index(after: slash)...]
  }
}
