/// What lies beside pages and says the same once more: the sources that they were made of (`git-add.txt` beside
/// `git-add.html`), or the same for programs (`fs.json`).
enum PageSources {
  /// Fewest pages with such a file; of fewer, files may be called alike for another reason.
  private static let fewest = 5
  private static let kinds: Set<String> = [
    "md", "markdown", "txt", "rst", "adoc", "asciidoc", "asc", "json", "xml",
  ]

  /// Those among the files of a folder; none unless at least half of its pages have one.
  static func names(among names: Set<String>) -> Set<String> {
    let pages = Set(names.filter { ["html", "htm"].contains(FileName.pathExtension($0)) }.map(stem))
    guard pages.count >= fewest else { return [] }
    let sources = names.filter { name in
      kinds.contains(FileName.pathExtension(FileName.withoutGzip(name))) && pages.contains(stem(name))
    }
    let described = Set(sources.map(stem)).count
    return described >= fewest && described * 2 >= pages.count ? sources : []
  }

  /// A name without its extensions: `fs` of `fs.json.gz`.
  private static func stem(_ name: String) -> String {
    let name = FileName.withoutGzip(name)
    return String(name.dropLast(FileName.pathExtension(name).count + 1))
  }
}
