/// Routes that share a prefix and middleware.
public struct RouteGroup {
  let router: Router
  var prefix = ""
  var middleware: [any Middleware] = []
  var bodyLimit: Int?

  /// A group inside of this one.
  public func group(
    _ prefix: String = "", middleware: [any Middleware] = [], bodyLimit: Int? = nil
  ) -> RouteGroup {
    RouteGroup(
      router: router, prefix: self.prefix + prefix, middleware: self.middleware + middleware,
      bodyLimit: bodyLimit ?? self.bodyLimit)
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
    _ handler: @escaping Endpoint
  ) -> RouteGroup {
    let innermost: Endpoint = { request in
      if let rejection = request.rejection { throw rejection }
      return try await handler(request)
    }
    router.add(
      method, PathPattern(prefix + path), bodyLimit: bodyLimit ?? self.bodyLimit, isImmediate: isImmediate,
      middleware.wrapping(innermost))
    return self
  }

  @discardableResult
  public func get(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup { on(.get, path, handler) }

  @discardableResult
  public func post(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup { on(.post, path, handler) }

  @discardableResult
  public func delete(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup {
    on(.delete, path, handler)
  }
}
