import Retrieval
import Testing

struct HTMLContentTests {
  private static let words = String(repeating: "Words of the article that matter. ", count: 12)
    .trimmingSuffix(while: { $0 == " " })
  private static let links =
    "<ul>" + (1...8).map { "<li><a href=\(String($0))>Page \(String($0))</a>" }.joined() + "</ul>"

  struct Sample: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var page: String

    init(_ name: String, _ page: String) {
      testDescription = name
      self.page = page
    }
  }

  /// Pages whose content is the one paragraph of words.
  static let samples = [
    Sample("navigation and footer", "<nav>\(links)</nav><p>\(words)</p><footer>© Us</footer>"),
    Sample(
      "roles",
      "<div role=banner>B</div><div role=navigation>\(links)</div><p>\(words)</p><div role=contentinfo>c</div>"
    ),
    Sample("main element", "<div>Before</div><main><p>\(words)</p></main><div>After</div>"),
    Sample(
      "article in a page of rubbish",
      "<div>\(links)</div><article><p>\(words)</p></article><div>Share this</div>"),
    Sample(
      "article within main",
      "<main><div class=breadcrumbs>You are here</div><article><p>\(words)</p></article></main>"),
    Sample(
      "classes",
      "<div class='md-sidebar'>side</div><p>\(words)</p><div id=toc>\(links)</div><div class=pagination-nav>Next</div>"
    ),
    Sample(
      "cookie banner",
      "<p>\(words)</p><div class='cookie-consent'>We use cookies to make this site better.</div>"),
    Sample("header with navigation", "<header><a href=/>Site</a></header><p>\(words)</p>"),
    Sample(
      "forms and buttons", "<form><label>Search</label><input></form><p>\(words)</p><button>Go</button>"),
    Sample("asides", "<aside>Related</aside><p>\(words)</p>"),
    Sample("a list of links without a name", "<div>\(links)</div><p>\(words)</p>"),
    Sample("a page within a form", "<form><nav>\(links)</nav><p>\(words)</p></form>"),
    Sample(
      "a body with a misleading class", "<body class=with-sidebar><div class=has-toc><p>\(words)</p></div>"),
    Sample(
      "Texinfo's links",
      "<div class=header><p>Next: <a href=b accesskey=n rel=next>Profiling</a>, Previous: <a href=c rel=prev>Errors and "
        + "warnings</a>, Up: <a href=d rel=up>Debugging</a> &nbsp; [<a href=e rel=contents>Contents</a>][<a href=f "
        + "rel=index>Index</a>]</p></div><hr><p>\(words)</p><p><a href=b rel=next>On</a></p>"
        + "<div><p>Next: <a href=b>Profiling</a>, Up: <a href=d>Debugging</a> [<a href=e rel=contents>Contents</a>]</p></div>"
    ),
    Sample(
      "texi2html's links",
      "<table class=header><tr><td>[<a href=a> &lt; </a>]</td><td>[ &gt; ]</td><td>[<a href=u>Up</a>]</td></tr></table>"
        + "<p>\(words)</p>"),
    Sample(
      "a quarter of links in the page's footer",
      "<main><article><p>\(words)</p><footer><a href=e>Edit this page</a></footer></article></main>"),
  ]

  @Test(arguments: samples)
  func `Only the content of a page is kept`(sample: Sample) throws {
    #expect(try outline(HTMLParser(), sample.page) == ["p \(Self.words)"])
  }

  static let kept: [(String, [String])] = [
    ("<header><h1>Title</h1><p>By me</p></header><p>\(words)</p>", ["h1 Title", "p By me", "p \(words)"]),
    (
      "<main><p>\(words)</p><aside class='note'>Mind this.</aside><section id=pagination><h2>Pagination</h2><p>How.</p></section></main>",
      ["p \(words)", "p Mind this.", "h2 Pagination #pagination", "p How."]
    ),
    (
      "<div class=section><p>\(words)</p><div class=sidebar><div class=titlepage><p class=title>In short</p></div><p>A box.</p></div>"
        + "<aside class=sidebar><p class=sidebar-title>Also</p><p>Another.</p></aside></div>",
      ["p \(words)", "p In short", "p A box.", "p Also", "p Another."]
    ),
    (
      "<p>\(words)</p><div class=sidebar><p class=title>Pages</p>\(links)</div><div class=sidebar>About me</div>",
      ["p \(words)"]
    ),
    (
      "<p>\(words)</p><p>Read <a href=b rel=next>the next part</a> after <a href=c>this one</a>.</p>"
        + "<p>What the committee decided in the end is <a href=c rel=next>here</a>.</p>",
      [
        "p \(words)", "p Read the next part after this one.",
        "p What the committee decided in the end is here.",
      ]
    ),
    (
      "<div><div class=header><p>Next: <a href=b rel=next>Two</a>, Up: <a href=c rel=up>Zero</a></p></div><h3>One</h3>"
        + "<p>Short.</p></div>",
      ["h3 One", "p Short."]
    ),
    ("<p><a href=b rel=next>Nothing else</a></p>", ["p Nothing else"]),
    ("<nav><p>Only navigation</p></nav>", ["p Only navigation"]),
    ("<body><div class=sidebar>Only this</div>", ["p Only this"]),
    ("<body><div hidden>Shown by script</div>", ["p Shown by script"]),
    ("<main></main><div>Outside main</div>", ["p Outside main"]),
    (links, (1...8).map { "li - Page \($0)" }),
    (
      "<article><p>First post of a blog.</p></article><article><p>Second post of it.</p></article><article><p>Third one here.</p></article>",
      ["p First post of a blog.", "p Second post of it.", "p Third one here."]
    ),
  ]

  @Test(arguments: kept)
  func `What may be content stays, and text is never lost altogether`(
    page: String, outline expected: [String]
  ) throws {
    #expect(try outline(HTMLParser(), page) == expected)
  }
}

extension String {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> String {
    var result = self
    while let last = result.last, predicate(last) { result.removeLast() }
    return result
  }
}
