/// The middleware that every service wants, in the only order in which all of it works: errors become
/// responses inside of what adds headers, and the log sees what the client saw.
public enum StandardMiddleware {
  /// - Parameters:
  ///   - accessLog: see `AccessLog`; nil for none.
  ///   - reportError: see `ErrorRendering`.
  ///   - additional: runs inside of the rest, outside of the routes.
  public static func make(
    cors: CORS? = nil, security: SecurityHeaders = SecurityHeaders(),
    accessLog: (@Sendable (AccessLog.Entry) -> Void)? = nil,
    reportError: @escaping @Sendable (any Error, Request) -> Void, additional: [any Middleware] = []
  ) -> [any Middleware] {
    var middleware: [any Middleware] = [RequestID()]
    if let accessLog { middleware.append(AccessLog(accessLog)) }
    middleware.append(security)
    // The preflight's refusal is an error of its own, so errors are rendered on both sides of CORS.
    let rendering = ErrorRendering(report: reportError)
    middleware.append(rendering)
    if let cors { middleware += [cors, rendering] as [any Middleware] }
    return middleware + additional
  }
}
