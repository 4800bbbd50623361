import HTTPServer

/// Lets in who may use a route, counts the request, and tells what is inside who it was.
struct Admission: Middleware {
  /// A request that was let in.
  struct Admitted: Sendable {
    var caller: Caller
    var access: Access
  }

  @TaskLocal static var admitted: Admitted?

  let callers: Callers
  let limits: Limits
  /// Whether a search costs a call of somebody's model.
  let embedsRemotely: Bool

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    guard let access = Access.of(request, embedsRemotely: embedsRemotely) else {
      return try await next(request)
    }
    let caller = try await callers.caller(of: request)
    try callers.check(caller, access)
    let headers =
      if let meter = access.meter { try await limits.spend(request, caller, meter) } else { HTTPHeaders() }
    do {
      var response = try await Self.$admitted.withValue(Admitted(caller: caller, access: access)) {
        try await next(request)
      }
      for field in headers.fields { response.headers.setDefault(field.name, field.value) }
      return response
    } catch var error as HTTPError {
      for field in headers.fields { error.headers.setDefault(field.name, field.value) }
      throw error
    }
  }
}
