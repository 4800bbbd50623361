/// A folder that a documentation generator filled with a website. Its pages are the documents; what the generator put
/// beside them serves browsers, or says the same once more.
struct BuiltSite {
  private let generator: Generator

  private enum Generator: CaseIterable {
    case sphinx, doxygen, javadoc, rustdoc, mdBook
    /// One that only its scripts and styles tell from folders of pages.
    case other

    /// Whether a folder with these entries, a page among them, is the top of a site of this kind.
    func made(_ names: Set<String>) -> Bool {
      switch self {
      case .sphinx: names.contains("objects.inv") || names.isSuperset(of: ["_static", "genindex.html"])
      case .doxygen: names.contains("doxygen.css")
      case .javadoc: names.contains("index-all.html")
      case .rustdoc: names.contains("crates.js") || names.contains("search-index.js")
      case .mdBook: names.contains("book.js") && names.contains("print.html")
      case .other: !names.isDisjoint(with: ["404.html", "sitemap.xml"])
      }
    }

    /// Folders of the site's top that hold no page of its own.
    var folders: Set<String> {
      switch self {
      case .sphinx: ["_sources", "_static", "_modules"]
      case .doxygen: ["search"]
      case .rustdoc: ["static.files", "search.desc", "search.index"]
      case .javadoc: ["script-dir", "resources", "resource-files"]
      case .mdBook, .other: []
      }
    }

    /// Pages that list what the others say, search them, or hold them all again.
    func isListing(_ name: String) -> Bool {
      switch self {
      case .sphinx: name.hasPrefix("genindex") || ["py-modindex.html", "search.html"].contains(name)
      case .javadoc: name.hasPrefix("index-all") || name == "search.html"
      case .rustdoc: ["settings.html", "help.html"].contains(name)
      case .mdBook: ["print.html", "toc.html"].contains(name)
      case .doxygen, .other: false
      }
    }
  }

  /// What browsers load with a page.
  private static let assets: Set<String> = ["css", "js", "mjs", "map", "json", "xml", "inv"]

  /// Nil for a folder that is no site's top.
  ///
  /// - Parameter names: those of its entries.
  init?(_ names: Set<String>) {
    guard names.contains("index.html") || names.contains("genindex.html"),
      let generator = Generator.allCases.first(where: { $0.made(names) })
    else { return nil }
    self.generator = generator
  }

  /// Whether a file is none of the site's documents. What was put there to be downloaded, such as PDF, is one.
  ///
  /// - Parameter names: from the site's top on, not empty.
  func isByproduct(_ names: ArraySlice<PathComponent>) -> Bool {
    guard let name = names.last?.name, let first = names.first?.name else { return false }
    let kind = FileName.pathExtension(FileName.withoutGzip(name))
    if Self.assets.contains(kind) { return true }
    if names.count > 1, generator.folders.contains(first) { return kind == "html" || kind == "txt" }
    return names.count == 1 && generator.isListing(name)
  }

  /// Whether an address is that of a page's source, which Sphinx links to beside the page, or of its index.
  static func isByproduct(path: String) -> Bool {
    let name = FileName.lastComponent(path)
    return path.contains("/_sources/") && name.hasSuffix(".txt")
      || name == "genindex.html" || name == "py-modindex.html"
      || name.hasPrefix("genindex-") && name.hasSuffix(".html")
  }
}
