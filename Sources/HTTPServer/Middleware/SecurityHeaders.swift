/// Adds headers that keep browsers from guessing types, framing pages and running foreign scripts, and caches on the way
/// from giving one's reply to another. A header that the handler set stays.
public struct SecurityHeaders: Middleware {
  private let headers: [HTTPHeaders.Field]

  /// - Parameters:
  ///   - contentSecurityPolicy: for responses that set none of their own; the default suits an API. Pages
  ///     set their own.
  ///   - strictTransportSecurity: value of that header where the service is reached by HTTPS only.
  public init(
    contentSecurityPolicy: String = "default-src 'none'; frame-ancestors 'none'",
    strictTransportSecurity: String? = nil
  ) {
    var headers: HTTPHeaders = [
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": "no-store",
      "Referrer-Policy": "no-referrer",
      "Content-Security-Policy": contentSecurityPolicy,
    ]
    headers["Strict-Transport-Security"] = strictTransportSecurity
    self.headers = headers.fields
  }

  public func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    var response = try await next(request)
    for field in headers { response.headers.setDefault(field.name, field.value) }
    return response
  }
}
