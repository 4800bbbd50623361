import Testing

@testable import Retrieval

@Suite struct RobotsFileTests {
  @Test(arguments: [
    // Rules of RFC 9309, section 5: the longest match decides.
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/x", false),
    ("User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true),
    ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", true),
    ("User-agent: *\nDisallow:", "/a", true),
    ("User-agent: *\nDisallow: /*.gif$", "/pictures/x.gif", false),
    ("User-agent: *\nDisallow: /*.gif$", "/pictures/x.gif?y", true),
    ("User-agent: *\nDisallow: /a*b*c", "/axxbyyc/z", false),
    ("User-agent: *\nDisallow: /a*b*c", "/axxcyyb", true),
    // A group of our own wins over the one for all.
    ("User-agent: *\nDisallow: /\n\nUser-agent: Footnote\nDisallow: /private", "/x", true),
    ("User-agent: *\nDisallow: /\n\nUser-agent: Footnote\nDisallow: /private", "/private/x", false),
    ("User-agent: other\nUser-agent: footnote\nDisallow: /x # why", "/x", false),
    ("User-agent: other\nDisallow: /", "/x", true),
    ("Disallow: /", "/x", true),
    ("\u{FEFF}USER-AGENT : *\r\nDISALLOW : /x\r\n", "/x", false),
    ("User-agent: *\nDisallow: /", "/robots.txt", true),
  ])
  func `the longest rule of the right group decides`(file: String, path: String, allowed: Bool) {
    #expect(RobotsFile(file, agent: "footnote").allows(path) == allowed)
  }

  @Test func `sitemaps and the delay are read`() {
    let file = RobotsFile(
      "Sitemap: https://e.org/a.xml\nUser-agent: *\nCrawl-delay: 2.5\nSitemap: https://e.org/b.xml",
      agent: "footnote")
    #expect(file.sitemaps == ["https://e.org/a.xml", "https://e.org/b.xml"] && file.delay == 2.5)
  }

  @Test func `a site whose file cannot be had allows nothing`() {
    #expect(!RobotsFile.unreachable.allows("/x") && RobotsFile.none.allows("/x"))
  }

  @Test func `many stars do not make matching slow`() {
    let file = RobotsFile(
      "User-agent: *\nDisallow: /" + String(repeating: "*a", count: 500) + "b", agent: "footnote")
    #expect(file.allows("/" + String(repeating: "a", count: 2000)))
  }
}
