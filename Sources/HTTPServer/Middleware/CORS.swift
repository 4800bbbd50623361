/// Tells browsers which other sites may call (WHATWG Fetch, section 3.3), and answers preflights.
public struct CORS: Middleware {
  public enum Origins: Sendable, Equatable {
    /// Any site, without cookies: answered with `*`, never with the asking site's name.
    case any
    /// These sites, such as `https://example.com`: scheme, host and port exactly as browsers write them.
    case only(Set<String>)
  }

  private let origins: Origins
  private let allowsCredentials: Bool
  private let maxAge: Duration
  private let exposedHeaders: String
  private let hint: String?
  private let allows: (@Sendable (String, Request) async -> Bool)?

  /// - Parameters:
  ///   - allowsCredentials: whether the listed sites may send cookies; has no effect with `.any`.
  ///   - exposedHeaders: response headers that scripts of other sites may read.
  ///   - maxAge: how long browsers may keep a preflight's answer.
  ///   - allows: decides about other sites' requests and preflights, for sites that only some requests may come from;
  ///     it never allows cookies.
  ///   - hint: what to do about a site that is not allowed, for the error's `hint`.
  public init(
    origins: Origins, allowsCredentials: Bool = false,
    exposedHeaders: [String] = [RequestID.header, "Retry-After"],
    maxAge: Duration = .seconds(600), hint: String? = nil,
    allows: (@Sendable (String, Request) async -> Bool)? = nil
  ) {
    self.origins = origins
    self.allowsCredentials = allowsCredentials && origins != .any
    self.maxAge = maxAge
    self.exposedHeaders = exposedHeaders.joined(separator: ", ")
    self.hint = hint
    self.allows = allows
  }

  public func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    guard let origin = request.headers["Origin"] else { return vary(try await next(request)) }
    let isPreflight = request.method == .options && request.headers.contains("Access-Control-Request-Method")
    let isListed = isAllowed(origin)
    guard await mayCall(origin, request, isListed: isListed) else {
      if isPreflight {
        throw HTTPError(
          .forbidden, code: "origin_not_allowed",
          message: "Pages of '\(origin)' may not call this service.", hint: hint, headers: ["Vary": "Origin"])
      }
      return vary(try await next(request))
    }
    var response = isPreflight ? preflight(request) : try await next(request)
    response.headers["Access-Control-Allow-Origin"] = origins == .any ? "*" : origin
    if allowsCredentials, isListed { response.headers["Access-Control-Allow-Credentials"] = "true" }
    if !isPreflight, !exposedHeaders.isEmpty {
      response.headers["Access-Control-Expose-Headers"] = exposedHeaders
    }
    return vary(response)
  }

  private func isAllowed(_ origin: String) -> Bool {
    switch origins {
    case .any: true
    // "null" is the origin of sandboxed and local pages, and anyone can make one.
    case .only(let allowed): origin != "null" && allowed.contains(origin)
    }
  }

  private func mayCall(_ origin: String, _ request: Request, isListed: Bool) async -> Bool {
    if isListed { return true }
    guard let allows, origin != "null" else { return false }
    return await allows(origin, request)
  }

  private func preflight(_ request: Request) -> Response {
    var headers: HTTPHeaders = [
      "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS",
      "Access-Control-Max-Age": "\(maxAge.components.seconds)",
    ]
    let asked = request.headers.list(of: "Access-Control-Request-Headers").filter { ASCII.isToken($0) }
    if !asked.isEmpty { headers["Access-Control-Allow-Headers"] = asked.joined(separator: ", ") }
    headers["Vary"] = "Access-Control-Request-Headers"
    return Response(status: .noContent, headers: headers)
  }

  /// Caches must not give one site's answer to another.
  private func vary(_ response: Response) -> Response {
    guard origins != .any else { return response }
    var response = response
    response.headers.append("Vary", "Origin")
    return response
  }
}
