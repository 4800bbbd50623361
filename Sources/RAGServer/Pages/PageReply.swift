import HTTPServer

/// A file as it is sent: whole, or as "not modified" to whoever has this version of it.
struct PageReply: Sendable {
  private var response: Response
  private let tag: String

  /// - Parameters:
  ///   - policy: the Content-Security-Policy of a page; nil for what pages are made of.
  ///   - isFinal: whether the address never stands for anything else.
  init(_ file: PageFile, policy: String? = nil, isFinal: Bool = false) {
    tag = "\"\(file.digest)\""
    // A page of another version than its scripts would not work: browsers ask each time, and are told 304.
    let caching = isFinal ? "public, max-age=31536000, immutable" : "no-cache"
    var headers: HTTPHeaders = [
      "Content-Type": file.contentType, "ETag": tag, "Cache-Control": caching,
      "Cross-Origin-Resource-Policy": "same-origin",
    ]
    headers["Content-Security-Policy"] = policy
    response = Response(headers: headers, body: .bytes(file.bytes))
  }

  /// Lets pages of other sites load the file too.
  func forEverySite() -> PageReply {
    var copy = self
    copy.response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return copy
  }

  func respond(to request: Request) -> Response {
    let known = request.headers.list(of: "If-None-Match")
    guard known.contains("*") || known.contains(where: { $0 == tag || $0 == "W/" + tag }) else {
      return response
    }
    var unchanged = Response(status: .notModified, headers: response.headers)
    unchanged.headers["Content-Type"] = nil
    return unchanged
  }
}
