/// Collects routes; `build()` makes the handler that a server runs.
///
/// ```swift
/// let router = Router(middleware: StandardMiddleware.make())
/// router.get("/health") { _ in try .json(["status": "ok"]) }
/// let api = router.group("/api", middleware: [Deadline(.seconds(30))])
/// api.get("/conversations/{id}") { request in try .json(load(request.parameter("id"))) }
/// ```
public final class Router {
  /// Runs around everything, also around "not found" and "method not allowed".
  let middleware: [any Middleware]
  /// What somebody who asks for a path that is none is told to do.
  let notFoundHint: String?
  var tree = RouteTree<[HTTPMethod: Route]>()

  /// The group of routes that has no prefix and no middleware of its own.
  public var root: RouteGroup { RouteGroup(router: self) }

  public init(middleware: [any Middleware] = [], notFoundHint: String? = nil) {
    self.middleware = middleware
    self.notFoundHint = notFoundHint
  }

  /// Routes whose paths begin with `prefix`.
  ///
  /// - Parameters:
  ///   - middleware: runs inside of the router's, around the routes of this group.
  ///   - bodyLimit: the most bytes of their bodies; nil for the server's default.
  public func group(
    _ prefix: String = "", middleware: [any Middleware] = [], bodyLimit: Int? = nil
  ) -> RouteGroup {
    root.group(prefix, middleware: middleware, bodyLimit: bodyLimit)
  }

  @discardableResult
  public func get(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup {
    root.get(path, handler)
  }

  @discardableResult
  public func post(_ path: String, _ handler: @escaping Endpoint) -> RouteGroup {
    root.post(path, handler)
  }

  /// Methods and templates of the routes added so far.
  public var routes: [(method: HTTPMethod, template: String)] {
    tree.leaves().flatMap { leaf in leaf.map { ($0.key, $0.value.template) } }
  }

  /// Freezes the routes added so far.
  public func build() -> RouterHandler {
    RouterHandler(tree: tree, middleware: middleware, notFoundHint: notFoundHint)
  }

  func add(
    _ method: HTTPMethod, _ pattern: PathPattern, bodyLimit: Int?, isImmediate: Bool,
    _ endpoint: @escaping Endpoint
  ) {
    tree.update(pattern.segments, default: [:]) { routes in
      precondition(routes[method] == nil, "route '\(method) \(pattern.template)' is added twice")
      routes[method] = Route(
        template: pattern.template, parameterNames: pattern.parameterNames, bodyLimit: bodyLimit,
        isImmediate: isImmediate, endpoint: endpoint)
    }
  }
}
