/// The package document (OPF) of an EPUB: what the book is and which files it is read from, in which order.
struct EPUBPackage {
  struct Chapter {
    /// Path in the archive.
    let path: String
    /// Path relative to the package document, as links into the book are written.
    let link: String
  }

  let title: String?
  /// Authors' names, divided by commas.
  let creators: String?
  let language: String?
  /// The reading order, without the table of contents.
  let chapters: [Chapter]
  /// Path of the EPUB 3 navigation document.
  let navigation: String?
  /// Path of the EPUB 2 table of contents.
  let ncx: String?

  /// - Throws: `.damaged`, saying which piece is missing or cannot be parsed.
  init(_ parts: ArchiveParts) throws {
    let packagePath = try Self.packagePath(parts)
    let content = try parts.required(packagePath, is: "its package document")
    guard let root = try XMLTree(content, part: packagePath, recovers: true).root, root.name == "package",
      let manifest = root.first("manifest"), let spine = root.first("spine")
    else {
      throw DocumentError(
        .damaged,
        "'\(packagePath)', its package document, has no manifest or spine. Fetch or export the book again.")
    }
    let metadata = root.first("metadata")
    // EPUB 2 files made from Open eBook keep the elements one level deeper.
    let described = [metadata, metadata?.first("dc-metadata")].compactMap { $0 }
    func values(_ name: String) -> [String] {
      described.flatMap { $0.all(name) }.map { Whitespace.collapsed($0.text) }.filter { !$0.isEmpty }
    }
    title = values("title").first
    let names = values("creator")
    creators = names.isEmpty ? nil : names.joined(separator: ", ")
    language = values("language").first

    let folder = packagePath.split(separator: "/").dropLast().joined(separator: "/")
    var items: [String: (path: String, type: String)] = [:]
    var navigation: String?
    for item in manifest.all("item") {
      guard let id = item.attribute("id"), let reference = item.attribute("href") else { continue }
      let path = MemberPath.resolved(reference, against: packagePath)
      items[id] = (path, item.attribute("media-type") ?? "")
      if item.attribute("properties")?.split(separator: " ").contains("nav") == true { navigation = path }
    }
    self.navigation = navigation
    ncx =
      spine.attribute("toc").flatMap { items[$0]?.path }
      ?? items.values.filter { $0.type == "application/x-dtbncx+xml" }.map(\.path).min()

    let tables = Set(
      (root.first("guide")?.all("reference") ?? [])
        .filter { $0.attribute("type") == "toc" }
        .compactMap { $0.attribute("href") }
        .map { MemberPath.resolved($0, against: packagePath) })
    // Each file once (EPUB 3.3, section 5.7.3): a small book that names one again and again would have any length.
    var seen: Set<String> = []
    chapters = spine.all("itemref").compactMap { reference in
      guard let item = reference.attribute("idref").flatMap({ items[$0] }), item.path != navigation,
        !tables.contains(item.path), Self.isText(item.type, item.path), seen.insert(item.path).inserted
      else { return nil }
      let isInside = !folder.isEmpty && item.path.hasPrefix(folder + "/")
      return Chapter(
        path: item.path, link: isInside ? String(item.path.dropFirst(folder.count + 1)) : item.path)
    }
    guard !chapters.isEmpty else {
      throw DocumentError(
        .damaged, "The spine of '\(packagePath)' names no chapter. Fetch or export the book again.")
    }
  }

  private static func packagePath(_ parts: ArchiveParts) throws -> String {
    let container = "META-INF/container.xml"
    let content = try parts.required(container, is: "which says where the book is")
    let files = try XMLTree(content, part: container, recovers: true).root?.descendants("rootfile") ?? []
    let package =
      files.first { $0.attribute("media-type") == "application/oebps-package+xml" } ?? files.first
    guard let path = package?.attribute("full-path"), !path.isEmpty else {
      throw DocumentError(
        .damaged, "'\(container)' names no package document. Fetch or export the book again.")
    }
    return MemberPath.resolved(path, against: "")
  }

  private static func isText(_ type: String, _ path: String) -> Bool {
    ["application/xhtml+xml", "text/html", "text/x-oeb1-document", "application/x-dtbook+xml"].contains(type)
      || ["xhtml", "html", "htm"].contains(FileName.pathExtension(path))
  }
}
