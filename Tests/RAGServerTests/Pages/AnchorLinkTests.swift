import HTTPClient
import Models
import Retrieval
import Synchronization
import TestSupport
import Testing

@testable import RAGServer

/// From a website through the crawler to a footnote that links to the heading.
@Suite(.serialized, .needsBrowser, .browser) struct AnchorLinkTests {
  private let site = """
    <!doctype html><html lang="en"><head><title>Robot handbook</title></head><body><main>
    <h1 id="handbook">Robot handbook</h1><p>All about robots and how to look after them.</p>
    <h2 id="changing-the-battery">Changing the battery</h2>
    <p>The battery of the robot is changed after 400 charging cycles.</p>
    <h2 id="oil">Oil</h2><p>The joints are oiled once a year.</p></main></body></html>
    """
  private let question = "After how many charging cycles is the battery changed?"

  /// A server whose corpus is a website of one page, which shows the widget.
  private func withSite(_ body: (RAGServerFixture, _ page: String) async throws -> Void) async throws {
    let text = site
    let shown = Shown()
    let host = try LocalServer { request, connection in
      guard request.target == "/handbook/" else { return connection.respond(LocalResponse("", status: 404)) }
      let page = text.replacing("</body>", with: shown.script + "</body>")
      connection.respond(LocalResponse(page, type: "text/html; charset=utf-8"))
    }
    try await withRAGServer(configure: setting(\.origins, .any)) { server in
      let page = host.url + "/handbook/"
      var options = CrawlOptions(starts: [try #require(WebURL(page))])
      options.rate = 1000
      let summary = try await SiteIndexer(
        corpus: try Corpus(path: server.database, access: .write), model: server.model,
        client: HTTPClient(), crawl: options
      ).run()
      #expect(summary.documents.added == 1 && summary.failures.isEmpty)
      shown.script = "<script src=\"http://127.0.0.1:\(server.port)/widget.js\" data-open></script>"
      try await body(server, page)
    }
  }

  @Test func `the chat page's footnote opens the heading that it cites`() async throws {
    let browser = try BrowserScope.browser
    try await withSite { server, page in
      try await browser.open("http://127.0.0.1:\(server.port)/")
      try await browser.type(question + Key.enter, into: "#question")
      try await browser.find(".answer button.cite")
      try await browser.click(".answer button.cite")
      try await browser.find("#passage mark")
      #expect(
        try await browser.text("document.querySelector('#passage-place a').href")
          == page + "#changing-the-battery")
      #expect(
        try await browser.text("document.querySelector('#passage-title').textContent") == "Robot handbook")
      try await browser.expectAccessible()
      #expect(try await browser.messages() == [])
      try await browser.go("about:blank")
    }
  }

  @Test func `the footnote of a folder that stands on a website opens its page there`() async throws {
    let browser = try BrowserScope.browser
    try await withRAGServer { server in
      var book = SiteLinkBook()
      let links = try #require(SiteLinks(base: "https://example.org/docs"))
      book.link([server.directory + "/docs/"], of: "default", to: links)
      try await book.save(in: try Corpus(path: server.database, access: .write))
      try await browser.open("http://127.0.0.1:\(server.port)/")
      try await browser.type("How far does the knee joint bend the leg?" + Key.enter, into: "#question")
      try await browser.find(".answer button.cite")
      try await browser.click(".answer button.cite")
      try await browser.find("#passage mark")
      #expect(
        try await browser.text("document.querySelector('#passage-place a').href")
          == "https://example.org/docs/leg#leg")
      try await browser.go("about:blank")
    }
  }

  @Test func `so does the widget's, and ChatKit's source is that address`() async throws {
    let browser = try BrowserScope.browser
    try await withSite { server, page in
      try await browser.open(page)
      let root = "document.querySelector('footnote-widget')?.shadowRoot"
      try await browser.wait(for: root)
      try await browser.run(
        """
        const root = \(root);
        root.querySelector('textarea').value = arguments[0];
        root.querySelector('form').requestSubmit();
        """, [.string(question)])
      try await browser.wait(for: "\(root).querySelector('.sources')")
      for selector in [".answer a.cite", ".sources a"] {
        #expect(
          try await browser.text("\(root).querySelector('\(selector)').href")
            == page + "#changing-the-battery", "\(selector)")
      }
      _ = try await browser.messages()
      try await browser.go("about:blank")

      let (_, events) = try await ChatKitClient(server).begin(question)
      let answer = events.last { $0["item"]?["type"] == "assistant_message" }?["item"]
      let source = answer?["content"]?.array?.first?["annotations"]?.array?.first?["source"]
      #expect(source?["type"] == "url" && source?["url"]?.string == page + "#changing-the-battery")
      #expect(source?["title"] == "Robot handbook")
    }
  }
}

/// What the site's page holds besides its text.
private final class Shown: Sendable {
  private let text = Mutex("")

  var script: String {
    get { text.withLock { $0 } }
    set { text.withLock { $0 = newValue } }
  }
}
