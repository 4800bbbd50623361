/// Where a Qdrant server is and how to get in.
public struct QdrantEndpoint: Sendable {
  /// Such as `http://localhost:6333`, without a slash at its end.
  public let url: String
  /// The API key as it is now; nil for a server without one.
  public let key: @Sendable () -> String?

  /// - Parameter url: an address without a scheme is taken as `http`.
  public init(url: String, key: @escaping @Sendable () -> String? = { nil }) {
    var url = url.filter { !$0.isWhitespace }
    while url.hasSuffix("/") { url.removeLast() }
    self.url = url.contains("://") ? url : "http://\(url)"
    self.key = key
  }

  /// The address without user and password, for messages.
  public var shownURL: String {
    guard let scheme = url.range(of: "://"), let at = url[scheme.upperBound...].lastIndex(of: "@") else {
      return url
    }
    return String(url[..<scheme.upperBound] + url[url.index(after: at)...])
  }

  /// The present key without the white space of a pasted line; nil if there is none.
  var usableKey: String? {
    guard let key = key() else { return nil }
    let trimmed = key.drop { $0.isWhitespace }
    guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    return String(trimmed[...last])
  }
}

extension String {
  /// The first place of `text`.
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
