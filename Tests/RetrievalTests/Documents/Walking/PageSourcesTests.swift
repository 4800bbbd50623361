import Testing

@testable import Retrieval

/// What lies beside pages and says the same once more.
@Suite struct PageSourcesTests {
  private let pages = Set((1...6).map { "page-\($0).html" })

  @Test func `sources of most pages are told, packed or not`() {
    let sources = Set((1...4).map { "page-\($0).txt" } + ["page-5.json.gz", "page-5.md"])
    let others: Set = ["notes.txt", "page-1.pdf", "page-2.css", "page-7.txt", "README"]
    #expect(PageSources.names(among: pages.union(sources).union(others)) == sources)
  }

  @Test func `a few files that are called alike are documents`() {
    let few = Set((1...4).map { "page-\($0).txt" })
    #expect(PageSources.names(among: pages.union(few)).isEmpty)
    let many = Set((1...20).map { "chapter-\($0).html" })
    let some = Set((1...6).map { "chapter-\($0).txt" })
    #expect(PageSources.names(among: many.union(some)).isEmpty)
    #expect(PageSources.names(among: ["a.txt", "b.md"]).isEmpty)
  }

  @Test func `those in archives are told folder by folder`() {
    let paths = (1...5).flatMap { ["docs/p\($0).html", "docs/p\($0).md", "src/p\($0).md"] }
    #expect(BuiltSite.byproducts(of: paths) == Set((1...5).map { "docs/p\($0).md" }))
  }
}
