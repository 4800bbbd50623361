import HTTPServer

/// Counts the streams that are being sent.
struct StreamCount: Middleware {
  let metrics: Metrics

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    var response = try await next(request)
    guard case .stream = response.body else { return response }
    metrics.streamBegan()
    response.onCompletion { [metrics] _ in metrics.streamEnded() }
    return response
  }
}
