import HTTPServer
import State

/// Keeps one address from filling the state through routes that anybody may call.
struct PublicLimit: Middleware {
  let limits: Limits

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    _ = try await limits.spend(request, Admission.admitted?.caller ?? Caller(), .open)
    return try await next(request)
  }
}
