import HTTPClient

/// Decides whether an address belongs to a crawl.
struct CrawlScope: Sendable {
  private let folders: [(origin: String, path: String)]
  private let hosts: Set<String>
  private let include: [GlobPattern]
  private let exclude: [GlobPattern]
  private let starts: Set<WebURL>
  private let givenPrivateHosts: Set<String>
  private let allowsPrivateAddresses: Bool

  init(_ options: CrawlOptions) {
    starts = Set(options.starts.map(\.withoutFragment))
    folders = starts.map { start in
      (
        start.origin,
        String(start.path.prefix(through: start.path.lastIndex(of: "/") ?? start.path.startIndex))
      )
    }
    hosts = options.hosts
    include = options.include.compactMap { GlobPattern(Self.anchored($0)) }
    exclude = options.exclude.compactMap { GlobPattern(Self.anchored($0)) }
    givenPrivateHosts = Set(
      (options.starts.map(\.host) + options.hosts).filter { AddressPolicy.isPrivate(host: $0) })
    allowsPrivateAddresses = options.allowsPrivateAddresses
  }

  /// Starts of addresses below which everything belongs to the crawl.
  var prefixes: [String] { folders.map { $0.origin + $0.path } }

  func contains(_ url: WebURL) -> Bool {
    if starts.contains(url) { return true }
    if BuiltSite.isByproduct(path: url.path) { return false }
    guard
      hosts.contains(url.host)
        || folders.contains(where: { $0.origin == url.origin && url.path.hasPrefix($0.path) })
    else { return false }
    let path = PathComponent.all(url.path)
    if !include.isEmpty, !include.contains(where: { $0.matches(path[...]) }) { return false }
    return !exclude.contains { $0.matches(path[...]) }
  }

  /// Where requests to this host may connect to: to private addresses only if the person named the host so.
  func addresses(for url: WebURL) -> AddressPolicy {
    allowsPrivateAddresses || givenPrivateHosts.contains(url.host) ? .any : .publicOnly
  }

  /// A pattern without a slash inside is looked for at any depth, as in .gitignore.
  private static func anchored(_ pattern: String) -> String {
    let pattern = pattern.hasPrefix("/") ? String(pattern.dropFirst()) : pattern
    return pattern.dropLast().contains("/") ? pattern : "**/" + pattern
  }
}
