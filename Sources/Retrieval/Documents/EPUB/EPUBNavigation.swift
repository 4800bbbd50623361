/// The titles that a book's table of contents gives to its files.
struct EPUBNavigation {
  struct Entry: Equatable {
    let title: String
    /// Depth in the table, from 1 to 6.
    let level: Int
  }

  private var entries: [String: Entry] = [:]

  /// Reads the navigation document, or else the NCX. A table that is missing or broken leaves the titles out:
  /// the chapters can be read without it.
  init(_ package: EPUBPackage, _ parts: ArchiveParts) {
    if let path = package.navigation, let root = Self.root(path, parts) {
      let tables = root.descendants("nav")
      let table = tables.first { $0.attribute("type")?.split(separator: " ").contains("toc") == true }
      if let list = (table ?? tables.first)?.first("ol") { readList(list, base: path) }
    }
    if entries.isEmpty, let path = package.ncx, let map = Self.root(path, parts)?.first("navMap") {
      readPoints(map, base: path)
    }
  }

  /// The first entry that leads into the file at `path`.
  func entry(for path: String) -> Entry? { entries[path] }

  private static func root(_ path: String, _ parts: ArchiveParts) -> XMLElement? {
    parts[path].flatMap { try? XMLTree($0, part: path, recovers: true).root }
  }

  private mutating func readList(_ list: XMLElement, base: String) {
    var waiting = list.all("li").reversed().map { (item: $0, level: 1) }
    while let (item, level) = waiting.popLast() {
      if let link = item.first("a") { add(link.text, link.attribute("href"), level: level, base: base) }
      waiting += (item.first("ol")?.all("li") ?? []).reversed().map { ($0, level + 1) }
    }
  }

  private mutating func readPoints(_ map: XMLElement, base: String) {
    var waiting = map.all("navPoint").reversed().map { (point: $0, level: 1) }
    while let (point, level) = waiting.popLast() {
      let title = point.first("navLabel")?.text ?? ""
      add(title, point.first("content")?.attribute("src"), level: level, base: base)
      waiting += point.all("navPoint").reversed().map { ($0, level + 1) }
    }
  }

  private mutating func add(_ title: String, _ reference: String?, level: Int, base: String) {
    let title = Whitespace.collapsed(title)
    guard let reference, !title.isEmpty else { return }
    let path = MemberPath.resolved(reference, against: base)
    if entries[path] == nil { entries[path] = Entry(title: title, level: min(level, 6)) }
  }
}
