import HTTPServer

/// Which pages may speak to `/mcp`: those of CORS_ORIGINS, and the server's own, where its name cannot be forged.
///
/// A page can have its own name resolved to this machine (DNS rebinding), and its `Origin` and `Host` are the same
/// then. Only local names and addresses in digits are proof that the page came from here.
struct MCPOrigin: Middleware {
  let allowed: CORS.Origins?

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    if let origin = request.headers["Origin"], !isAllowed(origin, host: request.headers["Host"] ?? "") {
      throw HTTPError(
        .forbidden, code: "origin_not_allowed", message: "Pages of '\(origin)' may not call this service.",
        hint: "Add the site to CORS_ORIGINS and restart the server.")
    }
    return try await next(request)
  }

  private func isAllowed(_ origin: String, host: String) -> Bool {
    switch allowed {
    case .any?: return true
    case .only(let origins)? where origin != "null" && origins.contains(origin): return true
    default: break
    }
    let host = host.lowercased()
    return ["http://\(host)", "https://\(host)"].contains(origin.lowercased()) && Self.isUnforgeable(host)
  }

  /// Whether no name service decides what `host` means: `localhost`, or an address in digits.
  static func isUnforgeable(_ host: String) -> Bool {
    if host.hasPrefix("[") { return host.contains("]") }
    let name = host.prefix { $0 != ":" }
    if name == "localhost" { return true }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts.allSatisfy { UInt8($0) != nil }
  }
}
