import HTTPClient

/// Where a page leads, and what it asks of crawlers.
struct PageLinks: Sendable, Equatable {
  /// Targets of its links in the order of the page, without fragments, each once.
  var links: [WebURL] = []
  /// The address that the page calls its own.
  var canonical: WebURL?
  /// Where a page leads at once that is nothing else.
  var redirect: WebURL?
  /// The page asks not to be shown in searches.
  var forbidsIndexing = false

  /// - Parameter page: valid UTF-8.
  init(of page: [UInt8], at address: WebURL) throws {
    let (tree, _) = try HTMLTreeReader.read(page)
    var base = address
    var seen: Set<WebURL> = []
    var forbidsFollowing = false
    for index in tree.nodes.indices {
      func value(_ name: HTMLAttribute) -> String? { tree.attribute(name, of: index)?.string }
      func says(_ name: HTMLAttribute, _ word: String) -> Bool {
        (value(name) ?? "").lowercased().split { $0 == " " || $0 == "," }.contains { $0 == word }
      }
      switch tree.nodes[index].tag {
      case .base:
        if base == address, let target = value(.href).flatMap(address.resolving) { base = target }
      case .link where says(.rel, "canonical"):
        canonical = value(.href).flatMap(base.resolving)?.withoutFragment
      case .meta where ["robots", "footnote"].contains(value(.name)?.lowercased() ?? ""):
        if says(.content, "noindex") || says(.content, "none") { forbidsIndexing = true }
        if says(.content, "nofollow") || says(.content, "none") { forbidsFollowing = true }
      case .a where !says(.rel, "nofollow"):
        guard let target = value(.href).flatMap(base.resolving)?.withoutFragment else { continue }
        if seen.insert(target).inserted { links.append(target) }
      default: continue
      }
    }
    redirect = HTMLRedirect.target(of: tree).flatMap(base.resolving)?.withoutFragment
    if redirect == address.withoutFragment { redirect = nil }
    if forbidsFollowing { links = [] }
  }
}
