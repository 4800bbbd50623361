import TestSupport
import Testing

@testable import Retrieval

@Suite struct HTMLRedirectTests {
  private static func page(_ refresh: String, _ body: String = "<p>See <a href=b.html>there</a>.</p>")
    -> String
  {
    "<html><head><title>Moved</title><meta http-equiv=\"Refresh\" content=\"\(refresh)\"></head><body>\(body)</body></html>"
  }

  @Test(arguments: [
    ("0; url=b.html#x", "b.html#x"), ("0;URL='b.html'", "b.html"), ("3.5 , url = b.html", "b.html"),
    ("0; b.html", "b.html"), ("0", nil), ("0;", nil), ("60; url=b.html", nil), ("soon; url=b.html", nil),
    ("0; url=\"b c.html", "b"),
  ])
  func `an address is read as browsers read it`(content: String, target: String?) {
    #expect(HTMLRedirect.target(content) == target)
  }

  @Test func `a page that leads to another at once is no document`() throws {
    let error = try #require(throws: DocumentError.self) {
      try HTMLParser().parse(Array(Self.page("0; url=b.html#x").utf8), name: "docs/a.html")
    }
    #expect(
      error
        == DocumentError(
          .redirect, "It only sends its readers on to 'b.html#x'. Add that page in its place."))
  }

  @Test(arguments: [
    page("60; url=b.html"), page("0; url=a.html?again"), page("0; url=#top"), page("5"),
    page("0; url=b.html", String(repeating: "<p>A page that says something itself.</p>", count: 20)),
    "<noscript><meta http-equiv=refresh content='0; url=plain.html'></noscript><p>Shown.</p>",
  ])
  func `pages that stay, come again, or have a text are documents`(page: String) throws {
    #expect(try !HTMLParser().parse(Array(page.utf8), name: "docs/a.html").blocks.isEmpty)
  }

  @Test func `chapters of books stay`() throws {
    let page = Array(Self.page("0; url=b.html").utf8)
    #expect(try HTMLParser(scope: .wholePage).parse(page, name: "a.html").text == "See there.\n")
  }

  @Test func `such pages of a folder are counted, and go where they were documents`() async throws {
    try await withTemporaryDirectory { directory in
      let corpus = try Corpus(path: directory + "/test.db", access: .create)
      let folder = directory + "/docs"
      try write("<p>The robot walks.</p>", to: folder + "/a.html")
      try write("<p>Arms have elbows.</p>", to: folder + "/b.html")
      try write(Self.page("0; url=a.html"), to: folder + "/c.html")
      let indexer = Indexer(corpus: corpus, model: HashingEmbeddingModel(), loader: DocumentReader())
      let first = try await indexer.run(.walk([folder]))
      #expect(first.documents == IndexingSummary.Documents(added: 2) && first.redirects == 1)
      #expect(try await indexer.estimate(.walk([folder])).redirects == 1)
      try write(Self.page("0; url=a.html"), to: folder + "/b.html")
      let second = try await indexer.run(.walk([folder]))
      #expect(second.documents == IndexingSummary.Documents(unchanged: 1, removed: 1))
      #expect(second.redirects == 2 && second.failures.isEmpty)
      #expect(try await corpus.documents().map(\.name) == ["docs/a.html"])
      try write(Self.page("0; url=b.html"), to: folder + "/a.html")
      let options = IndexingOptions(keepsMissing: true)
      let keeping = Indexer(
        corpus: corpus, model: HashingEmbeddingModel(), loader: DocumentReader(), options: options)
      #expect(try await keeping.run(.walk([folder])).documents == IndexingSummary.Documents())
      #expect(try await corpus.documents().count == 1)
    }
  }
}
