/// Handlers of a group without a context take the request alone.
extension RouteGroup where Context == Void {
  init(router: Router) {
    self.init(router: router, resolve: { _ in })
  }

  @discardableResult
  public func on(
    _ method: HTTPMethod, _ path: String, bodyLimit: Int? = nil, isImmediate: Bool = false,
    _ handler: @escaping Endpoint
  ) -> RouteGroup {
    on(method, path, bodyLimit: bodyLimit, isImmediate: isImmediate) { request, _ in
      try await handler(request)
    }
  }

  @discardableResult
  public func get(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup { on(.get, path, handler) }

  @discardableResult
  public func post(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup { on(.post, path, handler) }

  @discardableResult
  public func put(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup { on(.put, path, handler) }

  @discardableResult
  public func patch(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup { on(.patch, path, handler) }

  @discardableResult
  public func delete(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup {
    on(.delete, path, handler)
  }
}
