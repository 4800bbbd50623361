import HTTPClient
import Models
import Synchronization
import TestSupport
import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(1))) struct SiteIndexerTests {
  let model = HashingEmbeddingModel()

  private func crawl(
    _ site: FakeSite, _ corpus: any CorpusStore, start: String = "/docs/",
    indexing: IndexingOptions = IndexingOptions(),
    model: (any EmbeddingModel)? = nil, _ change: (inout CrawlOptions) -> Void = { _ in }
  ) async throws -> IndexingSummary {
    var options = CrawlOptions(starts: [try #require(WebURL(site.url + start))])
    options.rate = 1000
    change(&options)
    return try await SiteIndexer(
      corpus: corpus, model: model ?? self.model, client: HTTPClient(), crawl: options, options: indexing
    ).run()
  }

  private func withCorpus(
    _ kind: StoreKind = .file, _ body: (any CorpusStore) async throws -> Void
  ) async throws {
    try await kind.withPlace { place in try await body(try await place.open(.create)) }
  }

  private static func page(_ title: String, _ text: String, links: String...) -> String {
    "<html><head><title>\(title)</title></head><body><main><h1 id=\"top\">\(title)</h1><p>\(text)</p>"
      + links.map { "<p><a href=\"\($0)\">more</a></p>" }.joined() + "</main></body></html>"
  }

  private func site() throws -> FakeSite {
    try FakeSite([
      "/docs/": Self.page(
        "Start", "Robots walk.", links: "arms.html", "/blog/", "https://elsewhere.example/"),
      "/docs/arms.html": Self.page("Arms", "Arms have elbows.", links: "legs.html#knee", "arms.html"),
      "/docs/legs.html": Self.page("Legs", "Legs have knees."),
      "/blog/": Self.page("Blog", "News of the day."),
      "/docs/hidden.html": Self.page("Hidden", "Nobody links here."),
    ])
  }

  @Test(arguments: StoreKind.testable)
  func `links within the start's folder are followed, and anchors are kept`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let site = try site()
      let summary = try await crawl(site, corpus)
      #expect(summary.documents == IndexingSummary.Documents(added: 3) && summary.failures.isEmpty)
      #expect(
        try await corpus.documents().map(\.source)
          == ["/docs/", "/docs/arms.html", "/docs/legs.html"].map { site.url + $0 })
      let found = try await Searcher(corpus: corpus, model: model).search(
        SearchQuery("knees", mode: .lexical))
      #expect(found.passages.first?.anchor == "top" && found.passages.first?.title == "Legs")
      #expect(site.visits.sorted() == ["/docs/", "/docs/arms.html", "/docs/legs.html"])
    }
  }

  @Test func `pages' sources and indexes, which say the same again, are not fetched`() async throws {
    try await withCorpus { corpus in
      let site = try site()
      site["/docs/"]?.body = Self.page(
        "Start", "Robots walk.", links: "arms.html", "_sources/arms.rst.txt", "genindex.html", "notes.txt")
      let text = FakeSite.Page(body: "Robots of old.", type: "text/plain")
      for name in ["_sources/arms.rst.txt", "genindex.html", "notes.txt"] { site["/docs/" + name] = text }
      _ = try await crawl(site, corpus)
      #expect(site.visits.sorted() == ["/docs/", "/docs/arms.html", "/docs/legs.html", "/docs/notes.txt"])
    }
  }

  @Test(arguments: StoreKind.testable)
  func `a second crawl asks only whether pages have changed, and embeds what has`(kind: StoreKind)
    async throws
  {
    try await withCorpus(kind) { corpus in
      let site = try site()
      _ = try await crawl(site, corpus)
      let again = try await crawl(site, corpus)
      #expect(again.documents == IndexingSummary.Documents(unchanged: 3) && again.embedded == 0)
      #expect(site.server.requests.suffix(3).allSatisfy { $0.header("If-None-Match") != nil })
      site["/docs/legs.html"]?.body = Self.page("Legs", "Legs have ankles too.")
      let changed = try await crawl(site, corpus)
      #expect(
        changed.documents == IndexingSummary.Documents(changed: 1, unchanged: 2) && changed.embedded == 1)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `a page that looks the same to readers is not embedded again, whatever its headers say`(
    kind: StoreKind
  ) async throws {
    try await withCorpus(kind) { corpus in
      let site = try site()
      for path in ["/docs/", "/docs/arms.html", "/docs/legs.html"] { site[path]?.hasValidator = false }
      _ = try await crawl(site, corpus)
      site["/docs/legs.html"]?.body =
        Self.page("Legs", "Legs have knees.") + "<!-- made at 12:01 --><script>1</script>"
      let generation = try await corpus.generation
      let again = try await crawl(site, corpus)
      #expect(again.documents == IndexingSummary.Documents(unchanged: 3) && again.embedded == 0)
      #expect(try await corpus.generation == generation)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `pages that have left the site are removed, and those that fail are kept`(kind: StoreKind) async throws
  {
    try await withCorpus(kind) { corpus in
      let site = try site()
      _ = try await crawl(site, corpus)
      site["/docs/"]?.body = Self.page("Start", "Robots walk.", links: "legs.html")
      site["/docs/legs.html"]?.status = 500
      let summary = try await crawl(site, corpus)
      #expect(summary.documents == IndexingSummary.Documents(changed: 1, removed: 1, failed: 1))
      #expect(summary.failures.first?.error.contains("500") == true)
      let documents = try await corpus.documents()
      #expect(documents.map(\.status) == [.ready, .outdated])
      site["/docs/legs.html"] = nil
      #expect(try await crawl(site, corpus).documents.removed == 1)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `a site that is down keeps all its pages`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let site = try site()
      _ = try await crawl(site, corpus)
      for path in ["/docs/", "/docs/arms.html", "/docs/legs.html"] { site[path]?.status = 403 }
      let summary = try await crawl(site, corpus)
      #expect(summary.documents.removed == 0 && summary.documents.failed > 0)
      #expect(try await corpus.documents().count == 3)
    }
  }

  @Test func `a page that only leads to another is followed and is no document`() async throws {
    try await withCorpus { corpus in
      let site = try site()
      func redirect(to target: String) -> String {
        "<meta http-equiv=refresh content=\"0; url=\(target)\"><p>The page has moved.</p>"
      }
      site["/docs/"] = FakeSite.Page(body: redirect(to: "arms.html"))
      site["/docs/legs.html"] = FakeSite.Page(body: redirect(to: site.url + "/blog/"))
      let summary = try await crawl(site, corpus)
      #expect(summary.documents == IndexingSummary.Documents(added: 1) && summary.failures.isEmpty)
      #expect(site.visits.sorted() == ["/docs/", "/docs/arms.html", "/docs/legs.html"])
      // What an earlier crawl held of the page goes.
      site["/docs/arms.html"] = FakeSite.Page(body: redirect(to: "feet.html"))
      site["/docs/feet.html"] = FakeSite.Page(body: Self.page("Feet", "Feet have toes."))
      #expect(
        try await crawl(site, corpus).documents == IndexingSummary.Documents(added: 1, removed: 1))
      #expect(try await corpus.documents().map(\.source) == [site.url + "/docs/feet.html"])
    }
  }

  @Test(arguments: StoreKind.testable)
  func `robots, sitemaps, canonical links, noindex and redirects are honoured`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let site = try site()
      site["/robots.txt"] = FakeSite.Page(
        body: "User-agent: *\nDisallow: /docs/legs.html\nSitemap: \(site.url)/map.xml", type: "text/plain")
      site["/map.xml"] = FakeSite.Page(
        body:
          "<urlset><url><loc>\(site.url)/docs/hidden.html</loc></url><url><loc>\(site.url)/blog/</loc></url></urlset>",
        type: "application/xml")
      site["/docs/"]?.body = Self.page(
        "Start", "Robots walk.", links: "arms.html", "old.html", "copy.html?ref=1", "quiet.html")
      site["/docs/old.html"] = FakeSite.Page(body: "", status: 301, headers: [("Location", "new.html")])
      site["/docs/new.html"] = FakeSite.Page(body: Self.page("New", "Moved here."))
      site["/docs/copy.html?ref=1"] = FakeSite.Page(
        body: "<link rel=canonical href=new.html>" + Self.page("New", "Moved here."))
      site["/docs/quiet.html"] = FakeSite.Page(
        body: "<meta name=robots content=noindex>" + Self.page("Quiet", "Not for searches."))
      let summary = try await crawl(site, corpus)
      #expect(
        try await corpus.documents().map(\.source)
          == ["/docs/", "/docs/arms.html", "/docs/hidden.html", "/docs/new.html"].map { site.url + $0 })
      #expect(summary.failures.isEmpty && !site.visits.contains("/docs/legs.html"))
      #expect(site.visits.filter { $0 == "/docs/new.html" }.count == 1)
    }
  }

  @Test func `packed sitemaps and those that an index names are followed`() async throws {
    try await withCorpus { corpus in
      let site = try site()
      site["/docs/"]?.body = Self.page("Start", "Robots walk.")
      func map(_ paths: String..., element: String) -> String {
        let entries = paths.map { "<\(element)><loc>\(site.url)\($0)</loc></\(element)>" }.joined()
        return element == "url" ? "<urlset>\(entries)</urlset>" : "<sitemapindex>\(entries)</sitemapindex>"
      }
      site["/sitemap.xml"] = FakeSite.Page(
        body: map("/maps/a.xml.gz", "/maps/b.xml", "/sitemap.xml", element: "sitemap"), type: "text/xml")
      site["/maps/a.xml.gz"] = FakeSite.Page(
        body: "", type: "application/gzip", bytes: gzip(map("/docs/hidden.html", element: "url")))
      site["/maps/b.xml"] = FakeSite.Page(body: map("/docs/legs.html", element: "url"), type: "text/xml")
      let summary = try await crawl(site, corpus)
      #expect(summary.failures.isEmpty)
      let paths = ["/docs/", "/docs/hidden.html", "/docs/legs.html"]
      #expect(try await corpus.documents().map(\.source) == paths.map { site.url + $0 })
      #expect(site.server.requests.count { $0.target == "/sitemap.xml" } == 1, "no circle is followed")
    }
  }

  @Test func `a sitemap that is cut off is reported, and its pages are kept`() async throws {
    try await withCorpus { corpus in
      let site = try site()
      let packed = gzip("<urlset><url><loc>\(site.url)/docs/hidden.html</loc></url></urlset>")
      site["/robots.txt"] = FakeSite.Page(body: "Sitemap: /map.gz", type: "text/plain")
      site["/map.gz"] = FakeSite.Page(body: "", bytes: packed)
      #expect(try await crawl(site, corpus).documents.added == 4)
      site["/map.gz"]?.bytes = packed.dropLast(20)
      let summary = try await crawl(site, corpus)
      #expect(summary.failures.map(\.source) == [site.url + "/map.gz"])
      #expect(summary.failures.first?.error.contains("cut off or damaged") == true)
      #expect(summary.documents.removed == 0)
      #expect(try await corpus.documents().count == 4)
      site["/map.gz"] = nil
      #expect(try await crawl(site, corpus).documents.removed == 1)
    }
  }

  @Test func `a page with a date alone is asked for by its date`() async throws {
    try await withCorpus { corpus in
      let date = "Sat, 21 Nov 2026 09:00:00 GMT"
      let server = try LocalServer { request, connection in
        guard request.target == "/" else { return connection.respond(LocalResponse("", status: 404)) }
        let isKnown = request.header("If-Modified-Since") == date
        connection.respond(
          isKnown
            ? LocalResponse(304)
            : LocalResponse(
              Self.page("Start", "Robots walk."), type: "text/html", headers: [("Last-Modified", date)]))
      }
      for expected in [
        IndexingSummary.Documents(added: 1), IndexingSummary.Documents(unchanged: 1),
      ] {
        var options = CrawlOptions(starts: [try #require(WebURL(server.url + "/"))])
        options.rate = 1000
        let summary = try await SiteIndexer(
          corpus: corpus, model: model, client: HTTPClient(), crawl: options
        ).run()
        #expect(summary.documents == expected)
      }
    }
  }

  @Test(arguments: StoreKind.testable)
  func `limits of depth and of pages hold, and neither removes what was known`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let site = try site()
      _ = try await crawl(site, corpus)
      let near = try await crawl(site, corpus, { $0.depth = 1 })
      #expect(near.documents == IndexingSummary.Documents(unchanged: 2))
      let few = try await crawl(site, corpus, { $0.pages = 1 })
      #expect(few.documents == IndexingSummary.Documents(unchanged: 1))
      #expect(few.failures.first?.error.contains("--max-pages") == true)
      #expect(try await corpus.documents().count == 3)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `an interrupted crawl goes on without fetching again what it has`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let site = try site()
      var links: [String] = []
      for number in 0..<40 {
        site["/docs/p\(number).html"] = FakeSite.Page(
          body: Self.page("Page \(number)", "Text of page \(number)."), hasValidator: false)
        links.append("<a href=p\(number).html>\(number)</a>")
      }
      site["/docs/"] = FakeSite.Page(
        body: Self.page("Start", links.joined(separator: " ")), hasValidator: false)
      let stopped = Task { [model] in
        try await crawl(site, corpus, model: StoppingModel(model: model, after: 20))
      }
      let part = try await stopped.value
      let stored = try await corpus.documents().count
      #expect(part.interrupted && part.documents.added == stored, "what was committed is counted")
      #expect(stored > 0 && stored < 41)
      let before = site.visits.count
      let rest = try await crawl(site, corpus)
      #expect(!rest.interrupted && rest.documents.added == 41 - stored)
      #expect(site.visits.count - before == 41 - stored, "committed pages are not fetched again")
    }
  }

  @Test(arguments: StoreKind.testable)
  func `an address without a page is an error`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let summary = try await crawl(try site(), corpus, start: "/nowhere/")
      #expect(summary.documents.failed == 1 && summary.failures.first?.error.contains("404") == true)
    }
  }

  @Test(arguments: StoreKind.testable)
  func `a host that asks to wait is waited for`(kind: StoreKind) async throws {
    try await withCorpus(kind) { corpus in
      let answers = Answers()
      let server = try LocalServer { request, connection in
        switch request.target {
        case "/":
          connection.respond(answers.next() ?? LocalResponse(Self.page("A", "Text."), type: "text/html"))
        default: connection.respond(LocalResponse("", status: 404))
        }
      }
      var options = CrawlOptions(starts: [try #require(WebURL(server.url + "/"))])
      options.rate = 1000
      let start = ContinuousClock.now
      let summary = try await SiteIndexer(corpus: corpus, model: model, client: HTTPClient(), crawl: options)
        .run()
      #expect(summary.documents.added == 1 && ContinuousClock.now - start >= .seconds(1))
    }
  }

  @Test func `links of a page never lead to this machine`() async throws {
    let scope = CrawlScope(CrawlOptions(starts: [try #require(WebURL("https://docs.example.org/"))]))
    #expect(scope.addresses(for: try #require(WebURL("https://docs.example.org/x"))) == .publicOnly)
    for outside in [
      "http://127.0.0.1/", "http://docs.example.org/", "https://example.org/",
      "https://docs.example.org:444/",
    ] {
      #expect(!scope.contains(try #require(WebURL(outside))))
    }
    let local = CrawlScope(CrawlOptions(starts: [try #require(WebURL("http://127.0.0.1:8000/"))]))
    #expect(local.addresses(for: try #require(WebURL("http://127.0.0.1:8000/x"))) == .any)
  }
}

/// One refusal, then nothing.
private final class Answers: Sendable {
  private let refused = Mutex(false)

  func next() -> LocalResponse? {
    refused.withLock { refused in
      defer { refused = true }
      return refused ? nil : LocalResponse("", status: 429, headers: [("Retry-After", "1")])
    }
  }
}

/// Cancels its task when it has embedded so many texts, as Ctrl-C does.
private struct StoppingModel: EmbeddingModel {
  let model: HashingEmbeddingModel
  let after: Int

  var fingerprint: EmbeddingFingerprint { model.fingerprint }
  var tokens: any TokenCounter { model.tokens }

  func embed(_ texts: [String], as role: EmbeddingRole) async throws -> EmbeddingMatrix {
    if model.embedded.count >= after { withUnsafeCurrentTask { $0?.cancel() } }
    try Task.checkCancellation()
    return try await model.embed(texts, as: role)
  }
}
