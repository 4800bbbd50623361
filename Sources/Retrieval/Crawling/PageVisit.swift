import FoundationEssentials
import HTTPClient

/// Fetches one address and says what is there.
struct PageVisit: Sendable {
  let client: HTTPClient
  let options: CrawlOptions
  let scope: CrawlScope
  let politeness: Politeness
  let reader: PageReader

  /// What is there, and where it leads.
  struct Result: Sendable {
    var page: CrawledPage
    var links: [WebURL] = []
  }

  /// - Parameter known: what an earlier crawl remembered; nil sends an unconditional request.
  /// - Throws: `CancellationError` alone; everything else is an outcome.
  func run(_ url: WebURL, known: KnownPage?) async throws -> Result {
    func passed(_ links: [WebURL] = []) -> Result {
      Result(page: CrawledPage(url: url, outcome: .passed, known: nil), links: links)
    }
    guard try await politeness.robots(for: url).allows(url.path + (url.query.map { "?" + $0 } ?? "")) else {
      return passed()
    }
    let response: HTTPResponse
    switch try await fetch(url, known: known) {
    case .failure(let error): return failed(url, known, error)
    case .success(let answer): response = answer
    }
    let now = Date().timeIntervalSince1970
    switch response.status {
    case 304:
      guard var known else { return failed(url, known, Self.status(response)) }
      known.fetchedAt = now
      return Result(
        page: CrawledPage(url: url, outcome: known.isDocument ? .unchanged : .passed, known: known),
        links: known.links.compactMap(WebURL.init))
    case 300..<400:
      let target = response.headers["Location"].flatMap(url.resolving)?.withoutFragment
      return passed(target.map { [$0] } ?? [])
    case 404, 410:
      return Result(page: CrawledPage(url: url, outcome: .gone, known: nil))
    case 200..<300:
      return await read(response, at: url, now: now)
    default:
      return failed(url, known, Self.status(response))
    }
  }

  private func read(_ response: HTTPResponse, at url: WebURL, now: Double) async -> Result {
    let page = await reader.read(response, at: url)
    var links = page.links?.links ?? []
    var known = KnownPage(
      url: url.description, etag: response.headers["ETag"], lastModified: response.headers["Last-Modified"],
      fetchedAt: now, isDocument: false)
    if let canonical = page.links?.canonical, canonical != url, scope.contains(canonical) {
      links.append(canonical)
      known.links = links.map(\.description)
      return Result(page: CrawledPage(url: url, outcome: .passed, known: known), links: links)
    }
    if let target = page.links?.redirect {
      links.append(target)
      known.links = links.filter(scope.contains).map(\.description)
      return Result(page: CrawledPage(url: url, outcome: .passed, known: known), links: links)
    }
    known.links = links.filter(scope.contains).map(\.description)
    let outcome: CrawlOutcome
    switch page.document {
    case .success(let document):
      known.isDocument = true
      outcome = .document(document, name: Self.name(url), parser: page.parser)
    case .failure(let error):
      return Result(page: CrawledPage(url: url, outcome: .failed(error), known: nil), links: links)
    case nil: outcome = .passed
    }
    return Result(page: CrawledPage(url: url, outcome: outcome, known: known), links: links)
  }

  /// A page that cannot be had now keeps its place, and its links of last time are followed.
  private func failed(_ url: WebURL, _ known: KnownPage?, _ error: DocumentError) -> Result {
    Result(
      page: CrawledPage(url: url, outcome: .failed(error), known: nil),
      links: known?.links.compactMap(WebURL.init) ?? [])
  }

  private func fetch(_ url: WebURL, known: KnownPage?) async throws
    -> Swift.Result<HTTPResponse, DocumentError>
  {
    var request = HTTPRequest(.get, url.description)
    request.headers["Accept"] =
      "text/html, application/xhtml+xml, text/markdown, text/plain, application/pdf;q=0.9, */*;q=0.1"
    request.headers["User-Agent"] = "\(CrawlOptions.agent)/0.1 (documentation indexer)"
    if let etag = known?.etag { request.headers["If-None-Match"] = etag }
    if let modified = known?.lastModified { request.headers["If-Modified-Since"] = modified }
    request.maximumResponseBytes = options.pageBytes
    request.addresses = scope.addresses(for: url)
    var waited = 0.0
    var failures = 0
    while true {
      try await politeness.turn(for: url)
      request.deadline = .now + .seconds(60)
      var delay: Duration
      do {
        let response = try await client.send(request)
        guard [429, 502, 503, 504].contains(response.status), failures < 4 else { return .success(response) }
        delay = response.headers.retryAfter(now: Date().timeIntervalSince1970) ?? .seconds(1 << failures)
        if waited + delay / .seconds(1) > options.longestWait { return .success(response) }
      } catch {
        if error.code == .cancelled { throw CancellationError() }
        let isPassing = error.code == .timeout || error.code == .cutOff
        guard isPassing, failures < 2 else { return .failure(Self.unreadable(error)) }
        delay = .seconds(1 << failures)
      }
      failures += 1
      waited += delay / .seconds(1)
      await politeness.pause(url, for: delay)
    }
  }

  private static func unreadable(_ error: HTTPClientError) -> DocumentError {
    let hint =
      switch error.code {
      case .forbiddenAddress: " Add --allow-private if it may be fetched."
      case .dns, .cannotConnect:
        " Check the address and this machine's network; a proxy is named by https_proxy and http_proxy."
      case .tls:
        " Check the address, this machine's clock and its certificates (apt-get install ca-certificates)."
      case .timeout, .cutOff: " Run the same command again later; it goes on where it stopped."
      default: ""
      }
    return DocumentError(error.code == .tooLarge ? .tooLarge : .unreadable, error.description + hint)
  }

  private static func status(_ response: HTTPResponse) -> DocumentError {
    let meaning =
      switch response.status {
      case 401, 403: "it is not open to everybody"
      case 429: "it asks for fewer requests; lower --rate"
      case 500...: "the server failed; try again later"
      default: "no page comes with this status"
      }
    return DocumentError(.unreadable, "The server answers \(response.status): \(meaning).")
  }

  /// Host and path, without the scheme.
  static func name(_ url: WebURL) -> String {
    let text = url.description
    return String(text.dropFirst(url.scheme.count + 3))
  }
}
