import Testing

@testable import Retrieval

/// Where the files of a folder stand on its website.
@Suite struct SiteLinksTests {
  private static let base = "https://example.org/docs"

  @Test(arguments: [
    ("guide/install.md", "guide/install", "guide/install/", "guide/install.html", "guide/install.md"),
    ("intro.MDX", "intro", "intro/", "intro.html", "intro.MDX"),
    ("guide/index.md", "guide/", "guide/", "guide/", "guide/index.md"),
    ("index.rst", "", "", "", "index.rst"),
    ("README.md", "", "", "", "README.md"),
    ("api/README.rst", "api/README", "api/README/", "api/README.html", "api/README.rst"),
    ("built/index.html", "built/", "built/", "built/", "built/index.html"),
    ("built/page.html", "built/page.html", "built/page.html", "built/page.html", "built/page.html"),
    (
      "papers/v1.2 final.pdf", "papers/v1.2%20final.pdf", "papers/v1.2%20final.pdf",
      "papers/v1.2%20final.pdf",
      "papers/v1.2%20final.pdf"
    ),
    (
      "über/a#b?.md", "%C3%BCber/a%23b%3F", "%C3%BCber/a%23b%3F/", "%C3%BCber/a%23b%3F.html",
      "%C3%BCber/a%23b%3F.md"
    ),
    ("release 1.0.md", "release%201.0", "release%201.0/", "release%201.0.html", "release%201.0.md"),
    (".hidden", ".hidden", ".hidden", ".hidden", ".hidden"),
  ])
  func `a file's address follows the style of its site`(
    path: String, plain: String, folder: String, html: String, file: String
  ) throws {
    for (style, expected) in [
      (SiteLinks.Style.plain, plain), (.folder, folder), (.html, html), (.file, file),
    ] {
      let links = try #require(SiteLinks(base: Self.base, style: style))
      #expect(links.address(of: path) == Self.base + "/" + expected, "\(style)")
    }
  }

  @Test(arguments: ["", "docs", "ftp://example.org/", "https://example.org/?a=b", "https://example.org/#top"])
  func `what is no address of a folder is refused`(base: String) {
    #expect(SiteLinks(base: base) == nil)
  }

  @Test func `the nearest folder of the source's own collection decides`() throws {
    let site = try #require(SiteLinks(base: "https://a.example/"))
    let guide = try #require(SiteLinks(base: "https://b.example/guide", style: .html))
    var book = SiteLinkBook()
    book.link(["/x/docs/", "/x/book.zip"], of: "c", to: site)
    book.link(["/x/docs/guide/"], of: "c", to: guide)
    #expect(book.address(of: "/x/docs/a.md", in: "c") == "https://a.example/a")
    #expect(book.address(of: "/x/docs/guide/a.md", in: "c") == "https://b.example/guide/a.html")
    #expect(book.address(of: "/x/docs/guide.md", in: "c") == "https://a.example/guide")
    #expect(book.address(of: "/x/docs/a.md", in: "other") == nil)
    #expect(book.address(of: "/x/docs2/a.md", in: "c") == nil)
    #expect(book.address(of: "/x/book.zip!/part/one.md", in: "c") == "https://a.example/part/one")
    #expect(book.address(of: "/x/docs/all.zip!/one.md", in: "c") == "https://a.example/all.zip")
    #expect(book.address(of: "https://c.example/page", in: "c") == nil)
    // A folder that is added again speaks for all below it, and one without a site takes its own away.
    book.link(["/x/docs/"], of: "c", to: site)
    #expect(book.address(of: "/x/docs/guide/a.md", in: "c") == "https://a.example/guide/a")
    book.link(["/x/docs/"], of: "c", to: nil)
    #expect(book.address(of: "/x/docs/a.md", in: "c") == nil)
    #expect(book.address(of: "/x/book.zip!/one.md", in: "c") != nil)
  }

  @Test(
    arguments: [
      ("/x/a.md", nil, "top", nil, nil),
      ("/x/a.md", "https://e.org/a", "top", nil, "https://e.org/a#top"),
      ("/x/a.md", "https://e.org/a", nil, 3, "https://e.org/a"),
      ("/x/a.pdf", "https://e.org/a.pdf", nil, 3, "https://e.org/a.pdf#page=3"),
      ("https://e.org/a#old", nil, "new", nil, "https://e.org/a#new"),
      ("https://e.org/a#old", nil, nil, nil, "https://e.org/a#old"),
      ("upload:///a.md", nil, nil, nil, nil),
    ] as [(String, String?, String?, Int?, String?)])
  func `a link leads to the heading, or to the page of a PDF`(
    source: String, address: String?, anchor: String?, page: Int?, expected: String?
  ) {
    #expect(DocumentLink.url(source, at: address, anchor: anchor, page: page) == expected)
  }
}
