import FoundationEssentials
import HTTPClient

/// Visits the pages of a site, each once, and follows their links.
struct Crawler: Sendable {
  let client: HTTPClient
  let options: CrawlOptions
  let scope: CrawlScope
  /// What earlier crawls know of an address, and whether the address was visited by this crawl before it was
  /// interrupted.
  let known: @Sendable (WebURL) async throws -> (page: KnownPage, isDone: Bool)?

  /// Requests in flight.
  private static let concurrency = 4
  /// Largest sitemap in bytes, packed or not: the protocol's own limit.
  private static let sitemapBytes = 50 << 20
  /// Sitemaps of one site that are read.
  private static let sitemaps = 100

  /// How a crawl ended.
  struct Outcome: Sendable {
    /// Addresses that were left out because of the limit on pages.
    var omitted = 0
    /// Whether any start could be fetched, or had been.
    var reachedStart = false
    /// Sitemaps that are there and cannot be read, each with the reason.
    var damagedSitemaps: [(url: WebURL, error: DocumentError)] = []
  }

  init(
    client: HTTPClient, options: CrawlOptions, scope: CrawlScope,
    known: @escaping @Sendable (WebURL) async throws -> (page: KnownPage, isDone: Bool)?
  ) {
    self.client = client
    self.options = options
    self.scope = scope
    self.known = known
  }

  /// - Parameter body: takes each visited page, in the order in which they are ready.
  func run(_ body: (CrawledPage) async throws -> Void) async throws -> Outcome {
    let politeness = Politeness(client: client, options: options, scope: scope)
    let visit = PageVisit(
      client: client, options: options, scope: scope, politeness: politeness, reader: PageReader())
    var outcome = Outcome()
    var queue: [(url: WebURL, depth: Int)] = []
    var next = 0
    var seen: Set<WebURL> = []
    func add(_ url: WebURL, depth: Int) {
      guard scope.contains(url), options.depth.map({ depth <= $0 }) ?? true, seen.insert(url).inserted else {
        return
      }
      if queue.count < options.pages { queue.append((url, depth)) } else { outcome.omitted += 1 }
    }
    for start in options.starts { add(start.withoutFragment, depth: 0) }
    let starts = Set(queue.map(\.url))
    if options.readsSitemaps {
      for page in try await sitemapPages(politeness, &outcome) { add(page, depth: 0) }
    }
    try await withThrowingTaskGroup(of: (PageVisit.Result, Int).self) { group in
      var running = 0
      while next < queue.count || running > 0 {
        while running < Self.concurrency, next < queue.count {
          let (url, depth) = queue[next]
          next += 1
          running += 1
          group.addTask { (try await self.result(url, visit), depth) }
        }
        guard let (visited, depth) = try await group.next() else { break }
        var result = visited
        running -= 1
        if starts.contains(result.page.url) {
          switch result.page.outcome {
          case .failed: break
          case .gone:
            result.page.outcome = .failed(
              DocumentError(.unreadable, "The server has no page at this address (404). Check the address."))
          default: outcome.reachedStart = true
          }
        }
        for link in result.links { add(link, depth: depth + 1) }
        try Task.checkCancellation()
        try await body(result.page)
      }
    }
    return outcome
  }

  private func result(_ url: WebURL, _ visit: PageVisit) async throws -> PageVisit.Result {
    let known = try await known(url)
    if let known, known.isDone {
      return PageVisit.Result(
        page: CrawledPage(url: url, outcome: known.page.isDocument ? .unchanged : .passed, known: known.page),
        links: known.page.links.compactMap(WebURL.init))
    }
    return try await visit.run(url, known: known?.page)
  }

  /// Addresses in the sitemaps that robots.txt names, else in `/sitemap.xml`, of each start's site.
  private func sitemapPages(_ politeness: Politeness, _ outcome: inout Outcome) async throws -> [WebURL] {
    var pages: [WebURL] = []
    for origin in Set(options.starts.map(\.origin)).sorted() {
      guard let root = WebURL(origin + "/") else { continue }
      let named = try await politeness.robots(for: root).sitemaps
      var queue = (named.isEmpty ? ["/sitemap.xml"] : named).prefix(Self.sitemaps).compactMap(root.resolving)
      var read = 0
      while read < queue.count, pages.count < options.pages {
        defer { read += 1 }
        let map: Sitemap
        do {
          guard let found = try await sitemap(queue[read], politeness) else { continue }
          map = found
        } catch let error as DocumentError {
          outcome.damagedSitemaps.append((queue[read], error))
          continue
        }
        pages += map.pages.compactMap(WebURL.init).map(\.withoutFragment)
        for named in map.sitemaps {
          guard queue.count < Self.sitemaps else { break }
          // A sitemap names sitemaps of its own host only.
          guard let url = WebURL(named), url.host == root.host, !queue.contains(url) else { continue }
          queue.append(url)
        }
      }
    }
    return pages
  }

  /// Nil where there is none: a site need not have one.
  ///
  /// - Throws: `DocumentError` where there is one that cannot be read.
  private func sitemap(_ url: WebURL, _ politeness: Politeness) async throws -> Sitemap? {
    try await politeness.turn(for: url)
    var request = HTTPRequest(.get, url.description)
    request.deadline = .now + .seconds(30)
    request.maximumResponseBytes = Self.sitemapBytes
    request.redirects = 5
    request.addresses = scope.addresses(for: url)
    let response: HTTPResponse
    do {
      response = try await client.send(request)
    } catch {
      if error.code == .cancelled { throw CancellationError() }
      guard error.code == .tooLarge else { return nil }
      throw DocumentError(.tooLarge, "It is larger than \(ByteCount(Self.sitemapBytes)).")
    }
    guard response.head.isSuccess else { return nil }
    let isPacked = GzipContent.isPacked(response.body)
    let bytes =
      isPacked ? try GzipContent.unpacked(response.body, limit: Self.sitemapBytes) : response.body
    // A site's answer to whatever is asked for is no sitemap, and no failure either.
    return try? Sitemap(bytes)
  }
}
