import Commands
import Glibc
import HTTPClient
import Models
import Retrieval

/// The part of `ingest add` that is about websites.
enum SiteOptions {
  static let depth = Option(
    "depth", .integer(in: 0...1000), shownDefault: "any", "Links between the given page and others at most.")
  static let pages = Option(
    "max-pages", .integer(in: 1...10_000_000), default: 10_000, "Pages of a website at most.")
  static let rate = Option(
    "rate", .number(in: 0.01...1000), default: 4, "Requests a second to one host at most.")
  static let hosts = Option(
    repeated: "host", .text.named("HOST"), "Another host whose pages belong to the website.")
  static let robots = Flag("robots", default: true, "Honour robots.txt.")
  static let sitemap = Flag("sitemap", default: true, "Take pages from the site's sitemap too.")
  static let privateAddresses = Flag(
    "allow-private", "Follow names to addresses of this machine's own network.")

  static var parameters: [any Parameter] {
    [depth, pages, rate, hosts, robots, sitemap, privateAddresses]
  }

  static func isAddress(_ path: String) -> Bool {
    let start = path.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }

  /// Whether a text is an address of another scheme, and no path of anything.
  private static func isOtherAddress(_ path: String) -> Bool {
    guard let colon = path.firstRange(of: "://"), !isAddress(path), access(path, F_OK) != 0 else {
      return false
    }
    let scheme = path[..<colon.lowerBound]
    return !scheme.isEmpty
      && scheme.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) }
  }

  /// What is to be crawled; nil where no address was given.
  static func crawl(_ invocation: Invocation) throws(UsageError) -> CrawlOptions? {
    if let other = invocation[AddCommand.paths].first(where: isOtherAddress) {
      throw UsageError(
        "'\(other)' cannot be fetched: only http:// and https:// are spoken.",
        hint: "Fetch it yourself and add the file; 'ingest add -' takes a document from a pipe.")
    }
    var starts: [WebURL] = []
    for text in invocation[AddCommand.paths] where isAddress(text) {
      guard let url = WebURL(text) else {
        throw UsageError("'\(text)' is no address of a page: it needs the form https://host/path.")
      }
      starts.append(url)
    }
    guard !starts.isEmpty else { return nil }
    var options = CrawlOptions(starts: starts)
    options.hosts = Set(invocation[hosts].map { $0.lowercased() })
    options.include = invocation[AddCommand.include]
    options.exclude = invocation[AddCommand.exclude]
    options.depth = invocation[depth]
    options.pages = invocation[pages]
    options.rate = invocation[rate]
    options.honoursRobots = invocation[robots]
    options.readsSitemaps = invocation[sitemap]
    options.allowsPrivateAddresses = invocation[privateAddresses]
    if let largest = invocation[AddCommand.maximumSize] { options.pageBytes = largest }
    return options
  }

  static func take(
    _ crawl: CrawlOptions, _ corpus: any CorpusStore, _ model: any EmbeddingModel,
    _ options: IndexingOptions, _ invocation: Invocation
  ) async throws -> IndexingSummary {
    let bar = ProgressBar("Crawling", unit: "pages", log: invocation.log)
    defer { bar.finish() }
    return try await SiteIndexer(
      corpus: corpus, model: model, client: HTTPClient(), crawl: crawl,
      options: options
    ) { visited, address in
      bar.update(done: visited, total: nil, note: address)
    }.run()
  }
}
