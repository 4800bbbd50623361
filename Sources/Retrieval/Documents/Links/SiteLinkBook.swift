import FoundationEssentials
import HTTPClient

/// What a corpus remembers of the websites of its folders, so that whoever reads a source again, or finds it, links to
/// the same page.
public struct SiteLinkBook: Sendable, Equatable, Codable {
  public struct Entry: Sendable, Equatable, Codable {
    public var collection: String
    /// The path that was added: a folder's ends with `/`.
    public var root: String
    public var links: SiteLinks
  }

  public private(set) var entries: [Entry] = []

  public init() {}

  /// Where a corpus keeps it.
  static let shelf = "site links"
  static let key = "roots"

  /// Links what lies at or below `roots` to a website; nil to none.
  public mutating func link(_ roots: [String], of collection: String, to links: SiteLinks?) {
    for root in roots {
      entries.removeAll {
        $0.collection == collection && ($0.root == root || Self.path(of: $0.root, below: root) != nil)
      }
      if let links { entries.append(Entry(collection: collection, root: root, links: links)) }
    }
  }

  /// Adds what another corpus remembers.
  mutating func add(_ other: SiteLinkBook) {
    for entry in other.entries { link([entry.root], of: entry.collection, to: entry.links) }
  }

  /// The address of the page that is made of a source; nil where it has none.
  public func address(of source: String, in collection: String) -> String? {
    var best: (entry: Entry, path: String)?
    for entry in entries where entry.collection == collection {
      guard let path = Self.path(of: source, below: entry.root) else { continue }
      if let best, best.entry.root.utf8.count >= entry.root.utf8.count { continue }
      best = (entry, path)
    }
    return best.map { $0.entry.links.address(of: $0.path) }
  }

  /// The path of `source` from `root`, or its name where it is the root; nil where it lies elsewhere.
  ///
  /// What is in an archive that was added itself is found by its path there, otherwise only the archive is.
  private static func path(of source: String, below root: String) -> String? {
    if source == root { return root.split(separator: "/").last.map(String.init) ?? root }
    if source.hasPrefix(root + "!/") { return String(source.dropFirst(root.count + 2)) }
    guard root.hasSuffix("/"), source.hasPrefix(root) else { return nil }
    return SourceFile.container(of: String(source.dropFirst(root.count)))
  }

  /// What is kept in a corpus as `text`; nothing where there is none, or none that can be read.
  init(stored text: String?) {
    self =
      text.flatMap { try? JSONDecoder().decode(SiteLinkBook.self, from: Data($0.utf8)) } ?? SiteLinkBook()
  }

  public static func load(from corpus: any CrawlMemory) async throws -> SiteLinkBook {
    SiteLinkBook(stored: try await corpus.value(key, of: shelf))
  }

  public func save(in corpus: any CrawlMemory) async throws {
    let text = entries.isEmpty ? nil : String(decoding: try JSONEncoder().encode(self), as: UTF8.self)
    try await corpus.set([Self.key: text], of: Self.shelf)
  }
}

/// Links into the originals of documents.
public enum DocumentLink {
  /// The address of a place in a document: of its page on the web, with the anchor of the heading or, in a PDF, the page.
  ///
  /// - Parameter page: the address of the document, where it is not its source; nil for none.
  /// - Returns: nil for a document that is nowhere on the web.
  public static func url(
    _ source: String, at address: String? = nil, anchor: String? = nil, page: Int? = nil
  ) -> String? {
    guard let address = address ?? (isWeb(source) ? source : nil) else { return nil }
    let whole = address.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)[0]
    if let anchor, !anchor.isEmpty { return "\(whole)#\(anchor)" }
    if let page, whole.lowercased().hasSuffix(".pdf") { return "\(whole)#page=\(page)" }
    return address
  }

  static func isWeb(_ source: String) -> Bool {
    let start = source.prefix(8).lowercased()
    return start.hasPrefix("http://") || start.hasPrefix("https://")
  }
}
