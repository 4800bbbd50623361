/// Checks a request's head against the grammar and the limits.
struct HeadCheck {
  /// Path and query; of an absolute target (`http://host/path`) what follows the host.
  let target: String
  let error: HTTPError?

  /// - Parameter isOld: true for HTTP/1.0, which needs no Host.
  init(method: String, target: String, headers: HTTPHeaders, isOld: Bool, limits: ServerLimits) {
    let origin = Self.originForm(target)
    self.target = origin ?? "/"
    error =
      Self.requestLineError(method, target, origin, limits) ?? Self.fieldError(headers, isOld, limits)
  }

  private static func requestLineError(
    _ method: String, _ target: String, _ origin: String?, _ limits: ServerLimits
  ) -> HTTPError? {
    guard ASCII.isToken(method) else { return malformed("The request's method is malformed.") }
    guard target.utf8.count <= limits.targetBytes else {
      return HTTPError(
        .uriTooLong, code: "uri_too_long",
        message: "The request's target is longer than \(limits.targetBytes) bytes.",
        hint: "Send long values in the body.")
    }
    guard origin != nil, target.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return malformed("The request's target is malformed.")
    }
    return nil
  }

  private static func fieldError(
    _ headers: HTTPHeaders, _ isOld: Bool, _ limits: ServerLimits
  ) -> HTTPError? {
    guard headers.fields.count <= limits.headerFields else {
      return HTTPError(
        .headersTooLarge, code: "headers_too_large",
        message: "The request has more than \(limits.headerFields) header fields.")
    }
    guard
      headers.fields.allSatisfy({ ASCII.isToken($0.name) && !$0.value.utf8.contains(where: ASCII.isControl) })
    else { return malformed("A header field of the request is malformed.") }
    let hosts = headers.values(of: "Host").count
    guard hosts == 1 || (isOld && hosts == 0) else {
      return malformed("The request has \(hosts == 0 ? "no Host field" : "several Host fields").")
    }
    return nil
  }

  private static func malformed(_ message: String) -> HTTPError {
    HTTPError(.badRequest, code: "malformed_request", message: message)
  }

  /// RFC 9112, section 3.2: a path, `*`, or an absolute URI; nil for anything else.
  private static func originForm(_ target: String) -> String? {
    if target.utf8.first == 0x2F || target == "*" { return target }
    let scheme = target.prefix { $0 != ":" }.lowercased()
    guard scheme == "http" || scheme == "https", target.dropFirst(scheme.utf8.count).hasPrefix("://") else {
      return nil
    }
    let rest = target.utf8.dropFirst(scheme.utf8.count + 3)
    guard let start = rest.firstIndex(where: { $0 == 0x2F || $0 == 0x3F }) else { return "/" }
    let path = String(target[start...])
    return path.hasPrefix("/") ? path : "/" + path
  }
}
