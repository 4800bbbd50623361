/// Something that runs around the handlers of a router or of a group.
public protocol Middleware: Sendable {
  /// Answers `request`, usually by calling `next` and changing the request before or the response after.
  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response
}

extension [any Middleware] {
  /// `endpoint` inside of these, the first outermost. Composed once, when routes are added.
  func wrapping(_ endpoint: @escaping Endpoint) -> Endpoint {
    reversed().reduce(endpoint) { next, middleware in
      { request in try await middleware.respond(to: request, next: next) }
    }
  }
}
