/// The addresses in a sitemap (sitemaps.org), or in a plain list of addresses.
struct Sitemap: Sendable, Equatable {
  var pages: [String] = []
  /// Further sitemaps that an index names.
  var sitemaps: [String] = []

  /// - Throws: `DocumentError` where it is neither XML nor a list of addresses.
  init(_ bytes: [UInt8]) throws {
    if bytes.trimmedSpace.first != UInt8(ascii: "<") {
      pages = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
        .filter { $0.hasPrefix("http://") || $0.hasPrefix("https://") }
      return
    }
    guard let root = try XMLTree(bytes, part: "the sitemap", recovers: true).root else { return }
    for element in root.children {
      guard let location = element.first("loc")?.text else { continue }
      let address = location.filter { !$0.isWhitespace }
      switch element.name {
      case "url": pages.append(address)
      case "sitemap": sitemaps.append(address)
      default: continue
      }
    }
  }
}
