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
  /// Whether an embedding costs a call of somebody's model.
  let embedsRemotely: Bool
  /// Whether putting passages in order does.
  let reranksRemotely: Bool

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    guard let access = Access.of(request, embedsRemotely: embedsRemotely, reranksRemotely: reranksRemotely)
    else {
      return try await next(request)
    }
    let caller = try await callers.caller(of: request)
    try callers.check(caller, access)
    let headers =
      if let meter = access.meter { try await limits.spend(request, caller, meter) } else { HTTPHeaders() }
    let admitted = Admitted(caller: caller, access: access)
    do {
      var response = try await Self.$admitted.withValue(admitted) { try await next(request) }
      // A stream is written after this returns.
      if case .stream(let produce) = response.body {
        response.body = .stream { writer in
          try await Self.$admitted.withValue(admitted) { try await produce(writer) }
        }
      }
      for field in headers.fields { response.headers.setDefault(field.name, field.value) }
      return response
    } catch var error as HTTPError {
      for field in headers.fields { error.headers.setDefault(field.name, field.value) }
      throw error
    }
  }
}
