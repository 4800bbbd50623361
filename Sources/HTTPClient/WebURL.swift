internal import CCurl

/// An absolute http or https URL in normal form, parsed by libcurl, so that what is compared is what is connected to.
///
/// Scheme and host are in lower case, `.` and `..` are resolved, the scheme's own port is left out, and characters
/// that a URL may not hold are percent-encoded. User and password are refused.
public struct WebURL: Sendable, Hashable, CustomStringConvertible {
  public let scheme: String
  /// Without brackets, where it is an IPv6 address.
  public let host: String
  /// Nil for the scheme's own.
  public let port: Int?
  /// Begins with `/`.
  public let path: String
  /// Without `?`.
  public let query: String?
  /// Without `#`.
  public let fragment: String?

  /// Nil for what is no http or https URL.
  public init?(_ text: String) {
    self.init(text, base: nil)
  }

  /// The URL that a link with this text on this page leads to; nil if it is of another scheme or no URL.
  public func resolving(_ reference: String) -> WebURL? {
    let reference = reference.trimmingURLSpace
    // What has a scheme is absolute already; libcurl guesses a scheme for unknown ones.
    if let colon = reference.firstIndex(where: { ":/?#".contains($0) }), reference[colon] == ":" {
      return WebURL(reference, base: nil)
    }
    // libcurl 7.88 puts a query or fragment after the base's own.
    switch reference.first {
    case nil: return withoutFragment
    case "#": return WebURL(withoutFragment.description + reference, base: nil)
    case "?": return WebURL(origin + path + reference, base: nil)
    default: return WebURL(reference, base: withoutFragment)
    }
  }

  private init?(_ text: String, base: WebURL?) {
    let text = text.trimmingURLSpace
    guard !text.utf8.contains(0), let handle = curl_url() else { return nil }
    defer { curl_url_cleanup(handle) }
    let flags = UInt32(CURLU_URLENCODE | CURLU_DISALLOW_USER)
    if let base {
      guard curl_url_set(handle, CURLUPART_URL, base.description, flags) == CURLUE_OK else { return nil }
    }
    guard curl_url_set(handle, CURLUPART_URL, text, flags) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: handle), scheme == "http" || scheme == "https",
      let host = Self.part(CURLUPART_HOST, of: handle), !host.isEmpty,
      Self.part(CURLUPART_USER, of: handle) == nil
    else { return nil }
    self.scheme = scheme
    self.host = String(host.lowercased().drop { $0 == "[" }.prefix { $0 != "]" })
    port = Self.part(CURLUPART_PORT, of: handle, flags: UInt32(CURLU_NO_DEFAULT_PORT)).flatMap { Int($0) }
    path = Self.part(CURLUPART_PATH, of: handle) ?? "/"
    query = Self.part(CURLUPART_QUERY, of: handle)
    fragment = Self.part(CURLUPART_FRAGMENT, of: handle)
  }

  private init(_ url: WebURL, query: String?) {
    scheme = url.scheme
    host = url.host
    port = url.port
    path = url.path
    self.query = query
    fragment = nil
  }

  /// `https://example.org`, with the port where it is not the scheme's own.
  public var origin: String {
    "\(scheme)://\(host.contains(":") ? "[\(host)]" : host)" + (port.map { ":\($0)" } ?? "")
  }

  public var withoutFragment: WebURL { WebURL(self, query: query) }

  public var description: String {
    origin + path + (query.map { "?" + $0 } ?? "") + (fragment.map { "#" + $0 } ?? "")
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer, flags: UInt32 = 0) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }
}

extension String {
  /// Without white space at both ends and line breaks inside, as browsers read links.
  fileprivate var trimmingURLSpace: String {
    let kept = unicodeScalars.filter { $0 != "\n" && $0 != "\r" && $0 != "\t" }
    let start = kept.drop { $0.value <= 0x20 }
    return String(String.UnicodeScalarView(start.reversed().drop { $0.value <= 0x20 }.reversed()))
  }
}
