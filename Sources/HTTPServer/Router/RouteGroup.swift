/// Routes that share a prefix, middleware and what their handlers are given besides the request: nothing
/// (`Void`), or the identity that an authenticator found.
public struct RouteGroup<Context: Sendable> {
  let router: Router
  var prefix = ""
  var middleware: [any Middleware] = []
  var bodyLimit: Int?
  let resolve: @Sendable (Request) async throws -> Context

  init(
    router: Router, prefix: String = "", middleware: [any Middleware] = [], bodyLimit: Int? = nil,
    resolve: @escaping @Sendable (Request) async throws -> Context
  ) {
    self.router = router
    self.prefix = prefix
    self.middleware = middleware
    self.bodyLimit = bodyLimit
    self.resolve = resolve
  }

  /// A group inside of this one.
  public func group(
    _ prefix: String = "", middleware: [any Middleware] = [], bodyLimit: Int? = nil
  ) -> RouteGroup {
    RouteGroup(
      router: router, prefix: self.prefix + prefix, middleware: self.middleware + middleware,
      bodyLimit: bodyLimit ?? self.bodyLimit, resolve: resolve)
  }

  /// A group whose handlers are given what `authenticator` finds, and run only if it finds something.
  public func authenticated<Auth: Authenticator>(by authenticator: Auth) -> RouteGroup<Auth.Identity> {
    RouteGroup<Auth.Identity>(
      router: router, prefix: prefix, middleware: middleware, bodyLimit: bodyLimit,
      resolve: { try await authenticator.requireIdentity(for: $0) })
  }

  /// Adds a route. GET routes answer HEAD as well.
  ///
  /// - Parameters:
  ///   - path: what follows the group's prefix: `/conversations/{id}`, or empty for the prefix itself.
  ///   - bodyLimit: the most bytes of its body; nil for the group's.
  ///   - isImmediate: runs the handler on the thread that serves the connection, until it first waits. Only
  ///     for handlers that take microseconds: other connections wait for them.
  @discardableResult
  public func on(
    _ method: HTTPMethod, _ path: String, bodyLimit: Int? = nil, isImmediate: Bool = false,
    _ handler: @escaping @Sendable (Request, Context) async throws -> Response
  ) -> RouteGroup {
    let resolve = resolve
    let innermost: Endpoint = { request in
      if let rejection = request.rejection { throw rejection }
      return try await handler(request, resolve(request))
    }
    router.add(
      method, PathPattern(prefix + path), bodyLimit: bodyLimit ?? self.bodyLimit, isImmediate: isImmediate,
      middleware.wrapping(innermost))
    return self
  }

  @discardableResult
  public func get(
    _ path: String, _ handler: @escaping @Sendable (Request, Context) async throws -> Response
  ) -> RouteGroup {
    on(.get, path, handler)
  }

  @discardableResult
  public func post(
    _ path: String, _ handler: @escaping @Sendable (Request, Context) async throws -> Response
  ) -> RouteGroup {
    on(.post, path, handler)
  }

  @discardableResult
  public func put(
    _ path: String, _ handler: @escaping @Sendable (Request, Context) async throws -> Response
  ) -> RouteGroup {
    on(.put, path, handler)
  }

  @discardableResult
  public func patch(
    _ path: String, _ handler: @escaping @Sendable (Request, Context) async throws -> Response
  ) -> RouteGroup {
    on(.patch, path, handler)
  }

  @discardableResult
  public func delete(
    _ path: String, _ handler: @escaping @Sendable (Request, Context) async throws -> Response
  ) -> RouteGroup {
    on(.delete, path, handler)
  }
}
