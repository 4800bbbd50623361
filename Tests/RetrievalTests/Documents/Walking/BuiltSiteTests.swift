import TestSupport
import Testing

@testable import Retrieval

/// Folders that a generator filled with a website: of what it made, only the pages are documents.
@Suite struct BuiltSiteTests {
  private func walk(_ files: [String: String]) throws -> (names: [String], generated: Int, failures: [String])
  {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    let (found, failures, passedOver) = SourceWalker().files(at: [folder.path])
    let start = FileName.lastComponent(folder.path).count + 1
    return (
      found.map { String($0.name.dropFirst(start)) }, passedOver.generated, failures.map(\.source)
    )
  }

  private func files(_ names: String...) -> [String: String] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, "words of \($0)") })
  }

  @Test func `of Sphinx's sites the sources, the scripts and the indexes are passed over`() throws {
    let found = try walk(
      files(
        "README.md", "html/index.html", "html/guide/install.html", "html/genindex.html",
        "html/genindex-A.html",
        "html/search.html", "html/py-modindex.html", "html/searchindex.js", "html/_sources/index.rst.txt",
        "html/_sources/guide/install.rst.txt", "html/_static/basic.css", "html/_static/macros.html",
        "html/_modules/app.html", "html/searchindex.json.gz",
        "html/_static/paper.pdf", "html/_downloads/example.txt", "html/guide/search.html"))
    #expect(
      found.names == [
        "README.md", "html/_downloads/example.txt", "html/_static/paper.pdf", "html/guide/install.html",
        "html/guide/search.html", "html/index.html",
      ])
    #expect(found.generated == 11)
  }

  @Test(arguments: [
    (["book.js", "print.html", "toc.html", "searchindex.json"], "mdBook"),
    (["doxygen.css", "menudata.js", "search/all_0.html", "search/search.js"], "Doxygen"),
    (["index-all.html", "search.html", "member-search-index.js", "resources/x.html"], "Javadoc"),
    (["search-index.js", "crates.js", "settings.html", "static.files/main.js"], "rustdoc"),
    (["sitemap.xml", "search/search_index.json", "assets/app.js", "assets/app.css"], "any other"),
  ])
  func `so are those of other generators`(made: [String], generator: String) throws {
    var site = files("index.html", "chapter/one.html", "manual.txt")
    for name in made { site[name] = "made" }
    let found = try walk(site)
    #expect(found.names == ["chapter/one.html", "index.html", "manual.txt"], "\(generator)")
    #expect(found.generated == made.count, "\(generator)")
  }

  @Test func `programs with a page of their own keep their scripts`() throws {
    let found = try walk(
      files("index.html", "src/app.js", "src/style.css", "package.json", "objects.inv.txt"))
    #expect(
      found.names == ["index.html", "objects.inv.txt", "package.json", "src/app.js", "src/style.css"])
    #expect(found.generated == 0)
  }

  @Test func `a site may lie in a site, and what is given by name is taken`() throws {
    let folder = try TemporaryFolder()
    for name in ["index.html", "objects.inv", "old/index.html", "old/objects.inv", "old/_sources/a.rst.txt"] {
      try folder.write(name, "words")
    }
    let sources = folder.path + "/old/_sources"
    #expect(SourceWalker().files(at: [folder.path]).files.count == 2)
    #expect(SourceWalker().files(at: [sources]).files.map(\.source) == [sources + "/a.rst.txt"])
    #expect(SourceWalker().files(at: [sources + "/a.rst.txt"]).files.count == 1)
  }

  @Test func `a rule takes back what a generator made`() throws {
    var site = files("index.html", "objects.inv", "_sources/a.rst.txt", "_sources/b.rst.txt")
    site[".footnoteignore"] = "!_sources/a*\n"
    let found = try walk(site)
    #expect(found.names == ["_sources/a.rst.txt", "index.html"] && found.generated == 2)
  }

  @Test func `packed scripts are passed over, and written ones are not`() throws {
    let written = String(repeating: "const x = call(1, 2);\n", count: 500)
    let packed = "/* licence */\n" + String(repeating: "const x=call(1,2);", count: 500)
    let found = try walk([
      "app.js": written, "bundle.js": packed, "style.min.css": "a { b: c }\n", "long.txt": packed,
    ])
    #expect(found.names == ["app.js", "long.txt"] && found.generated == 2)
  }

  @Test func `a link to nowhere is no loss where a packed script was to be`() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.md", "words")
    try folder.link("jquery.min.js", to: "/nowhere/jquery.js")
    try folder.link("b.md", to: "/nowhere/b.md")
    #expect(
      SourceWalker().files(at: [folder.path]).failures.map { FileName.lastComponent($0.name) } == ["b.md"])
  }

  @Test(arguments: [
    ("guide.rst.txt", DocumentFormat.reStructuredText), ("guide.md.txt", .markdown),
    ("guide.txt", .plainText),
    ("v1.2.txt", .plainText),
  ])
  func `copies of sources have the format of what was copied`(name: String, format: DocumentFormat) {
    #expect(DocumentFormat(name: name) == format)
  }
}
