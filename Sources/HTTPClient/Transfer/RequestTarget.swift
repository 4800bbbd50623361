internal import CCurl

/// The parts of a URL that may be named in messages: no user, password or query.
struct RequestTarget: Sendable {
  let host: String
  /// `POST api.openai.com/v1/embeddings`
  let description: String

  /// Parses with libcurl's own parser, so that what is checked is what is connected to.
  init(method: HTTPMethod, url: String) throws(HTTPClientError) {
    guard !url.isEmpty, !url.utf8.contains(0), let handle = curl_url() else { throw Self.bad(url) }
    defer { curl_url_cleanup(handle) }
    guard curl_url_set(handle, CURLUPART_URL, url, 0) == CURLUE_OK,
      let scheme = Self.part(CURLUPART_SCHEME, of: handle), scheme == "http" || scheme == "https",
      let host = Self.part(CURLUPART_HOST, of: handle)
    else { throw Self.bad(url) }
    let port = Self.part(CURLUPART_PORT, of: handle).map { ":" + $0 } ?? ""
    let path = Self.part(CURLUPART_PATH, of: handle) ?? "/"
    self.host = host + port
    description = "\(method.rawValue) \(host)\(port)\(path)"
  }

  private static func part(_ part: CURLUPart, of handle: OpaquePointer) -> String? {
    var text: UnsafeMutablePointer<CChar>?
    guard curl_url_get(handle, part, &text, 0) == CURLUE_OK, let text else { return nil }
    defer { curl_free(text) }
    return String(cString: text)
  }

  /// Shows no query or fragment, and nothing at all of a URL that may hold a password.
  private static func bad(_ url: String) -> HTTPClientError {
    let shown = url.contains("@") ? "the given text" : "'\(url.prefix { $0 != "?" && $0 != "#" }.prefix(80))'"
    return HTTPClientError(
      .badURL, "\(shown) is not a URL to send a request to: it needs the form http://host:port/path.")
  }
}
