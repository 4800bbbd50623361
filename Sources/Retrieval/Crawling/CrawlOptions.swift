import HTTPClient

/// Which pages of a site are taken, and how fast.
public struct CrawlOptions: Sendable {
  /// Where it starts. Links are followed within the folder of each start and its host; a start whose path ends
  /// without `/` counts as a page of its folder.
  public var starts: [WebURL]
  /// Further hosts that may be visited, whole.
  public var hosts: Set<String> = []
  /// Patterns in gitignore(5)'s language that a page's path must match; none for every page.
  public var include: [String] = []
  public var exclude: [String] = []
  /// Links between a start and a page at most; nil for any number.
  public var depth: Int?
  /// Pages that are fetched at most.
  public var pages = 10_000
  /// Requests a second to one host at most.
  public var rate = 4.0
  /// Longest wait that a host may ask for with Retry-After before the page counts as failed, in seconds.
  public var longestWait = 120.0
  public var honoursRobots = true
  /// Also pages that the site's sitemaps name.
  public var readsSitemaps = true
  /// Follow to addresses of this machine's network, whichever hosts they belong to.
  public var allowsPrivateAddresses = false
  /// Largest page in bytes.
  public var pageBytes = 50 << 20
  /// An interrupted crawl of the same start that is younger goes on where it stopped, in seconds.
  public var resumesWithin = 86_400.0

  public init(starts: [WebURL]) {
    self.starts = starts
  }

  /// The product token in User-Agent and robots.txt.
  static let agent = "footnote"
}
