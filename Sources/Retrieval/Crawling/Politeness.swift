import HTTPClient

/// Spaces the requests to each host, and knows what its robots.txt asks for.
actor Politeness {
  private let client: HTTPClient
  private let options: CrawlOptions
  private let scope: CrawlScope
  private var next: [String: ContinuousClock.Instant] = [:]
  private var files: [String: Task<RobotsFile, any Error>] = [:]

  init(client: HTTPClient, options: CrawlOptions, scope: CrawlScope) {
    self.client = client
    self.options = options
    self.scope = scope
  }

  /// The rules of the site that `url` belongs to, fetched once.
  func robots(for url: WebURL) async throws -> RobotsFile {
    guard options.honoursRobots else { return .none }
    let task = files[url.origin] ?? Task { try await fetchRobots(url) }
    files[url.origin] = task
    // Whoever is cancelled belongs to the one crawl that all of them are for.
    return try await withTaskCancellationHandler {
      try await task.value
    } onCancel: {
      task.cancel()
    }
  }

  private func fetchRobots(_ url: WebURL) async throws -> RobotsFile {
    guard let address = WebURL(url.origin + "/robots.txt") else { return .none }
    var request = HTTPRequest(.get, address.description)
    request.deadline = .now + .seconds(30)
    request.maximumResponseBytes = 1 << 20
    // Redirects are followed five times (RFC 9309, section 2.3.1.2).
    request.redirects = 5
    request.addresses = scope.addresses(for: address)
    do {
      let response = try await client.send(request)
      switch response.status {
      case 200..<300: return RobotsFile(response.text, agent: CrawlOptions.agent)
      case 500...: return .unreachable
      default: return .none
      }
    } catch {
      if error.code == .cancelled { throw CancellationError() }
      // A site that cannot be reached at all fails with its first page, which says why.
      return .none
    }
  }

  /// Waits until a request to the host of `url` may be sent.
  func turn(for url: WebURL) async throws {
    let delay = try await robots(for: url).delay ?? 0
    let interval = Duration.seconds(max(1 / options.rate, min(delay, 60)))
    let start = max(.now, next[url.host] ?? .now)
    next[url.host] = start + interval
    try await Task.sleep(until: start, clock: .continuous)
  }

  /// Sends nothing more to the host of `url` for a while, as it has asked.
  func pause(_ url: WebURL, for wait: Duration) {
    next[url.host] = max(next[url.host] ?? .now, .now + wait)
  }
}
