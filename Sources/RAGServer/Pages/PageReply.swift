import HTTPServer

/// A file as it is sent: whole, or as "not modified" to whoever has this version of it.
struct PageReply: Sendable {
  private var response: Response
  private let tag: String

  /// - Parameter policy: the Content-Security-Policy of a page; nil for what pages are made of.
  init(_ file: PageFile, policy: String? = nil) {
    tag = "\"\(Self.digest(file.bytes))\""
    // A page of another version than its scripts would not work: browsers ask each time, and are told 304.
    var headers: HTTPHeaders = [
      "Content-Type": file.contentType, "ETag": tag, "Cache-Control": "no-cache",
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

  /// FNV-1a with 64 bits (RFC 9923), in hexadecimal: tells versions of one file apart.
  private static func digest(_ bytes: [UInt8]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(hash, radix: 16)
  }
}
