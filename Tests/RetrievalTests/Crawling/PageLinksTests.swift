import HTTPClient
import Testing

@testable import Retrieval

@Suite struct PageLinksTests {
  private func links(_ page: String, at address: String = "https://e.org/docs/a.html") throws -> PageLinks {
    try PageLinks(of: Array(page.utf8), at: #require(WebURL(address)))
  }

  @Test func `links are resolved and named once, without fragments`() throws {
    let page = """
      <base href="/docs/v2/"><a href="b.html#x">b</a> <a href="b.html">again</a> <a href=mailto:x@e.org>mail</a>
      <a href="//o.org/c">c</a> <a rel="nofollow" href="d">d</a> <a>none</a> <area href="e"><a href="?p=2">f</a>
      """
    #expect(
      try links(page).links.map(\.description) == [
        "https://e.org/docs/v2/b.html", "https://o.org/c", "https://e.org/docs/v2/?p=2",
      ])
  }

  @Test func `what a page says about itself is read`() throws {
    let page = """
      <link rel="Canonical" href="/docs/a"><meta name="ROBOTS" content="noindex, nofollow"><a href="b">b</a>
      """
    let links = try links(page)
    #expect(
      links.canonical?.description == "https://e.org/docs/a" && links.forbidsIndexing && links.links.isEmpty)
  }
}

@Suite struct SitemapTests {
  @Test func `pages and further sitemaps are found`() throws {
    let pages = """
      <?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      <url><loc> https://e.org/a?x=1&amp;y=2 </loc><lastmod>2026-01-01</lastmod></url><url><loc>https://e.org/b</loc></url>
      </urlset>
      """
    #expect(try Sitemap(Array(pages.utf8)).pages == ["https://e.org/a?x=1&y=2", "https://e.org/b"])
    let index = "<sitemapindex><sitemap><loc>https://e.org/s1.xml</loc></sitemap></sitemapindex>"
    #expect(try Sitemap(Array(index.utf8)).sitemaps == ["https://e.org/s1.xml"])
    #expect(try Sitemap(Array("https://e.org/a\nnoise\nhttps://e.org/b\n".utf8)).pages.count == 2)
  }
}
