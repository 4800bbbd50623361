import HTTPServer

/// Refuses requests that change something, carry cookies, and come from a page of another site (cross-site request
/// forgery): browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`, which no page can change.
struct CrossSiteRequests: Middleware {
  /// Sites that may send cookies nevertheless.
  let origins: CORS.Origins?

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    let isSafe = [.get, .head, .options].contains(request.method)
    guard isSafe || !request.headers.contains("Cookie") || isTrusted(request) else {
      throw HTTPError(
        .forbidden, code: "cross_site_request",
        message: "A page of another site sent this request with cookies.",
        hint: "Add the site to CORS_ORIGINS, or send no cookies: API keys and tokens need none.")
    }
    return try await next(request)
  }

  private func isTrusted(_ request: Request) -> Bool {
    let origin = request.headers["Origin"]
    if case .only(let allowed) = origins, let origin, allowed.contains(origin) { return true }
    // `none` is a person who typed the address or opened a bookmark.
    if let site = request.headers["Sec-Fetch-Site"] { return site == "same-origin" || site == "none" }
    // Programs send neither. A proxy may hide the scheme from us, but older browsers need it to keep the host.
    guard let origin else { return true }
    return request.headers["Host"].map { origin == "http://\($0)" || origin == "https://\($0)" } ?? false
  }
}
