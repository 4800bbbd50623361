/// Routes requests to endpoints; made by `Router.build()`.
public struct RouterHandler: RequestHandler {
  fileprivate struct Leaf: Sendable {
    let routes: [HTTPMethod: Route]
    let optionsEndpoint: Endpoint
    let refusalEndpoint: Endpoint
  }

  private enum Match {
    case route(Route, values: [String])
    case other(Endpoint)
  }

  private let tree: RouteTree<Leaf>
  private let notFound: Endpoint
  private let undecodable: Endpoint
  private let serverOptions: Endpoint

  init(tree: RouteTree<[HTTPMethod: Route]>, middleware: [any Middleware], notFoundHint: String?) {
    self.tree = tree.map { Leaf(routes: $0, middleware: middleware) }
    notFound = middleware.wrapping(
      Self.refusing { HTTPError.notFound("There is nothing at '\($0.path)'.", hint: notFoundHint) })
    undecodable = middleware.wrapping(
      Self.refusing { _ in HTTPError.badRequest("The path is not one that can be decoded.") })
    let methods = Set(tree.leaves().flatMap { $0.keys }).union([.head, .options])
    let allow = methods.map(\.name).sorted().joined(separator: ", ")
    serverOptions = middleware.wrapping { _ in Response(status: .noContent, headers: ["Allow": allow]) }
  }

  public func bodyLimit(for head: RequestHead) -> Int? {
    guard case .route(let route, _) = match(head) else { return nil }
    return route.bodyLimit
  }

  public func isImmediate(_ head: RequestHead) -> Bool {
    guard case .route(let route, _) = match(head) else { return false }
    return route.isImmediate
  }

  /// Answers with the matching route, 404, 405 with `Allow`, or the methods of a path for OPTIONS. Errors
  /// that no middleware rendered are rendered here.
  public func respond(to request: Request) async -> Response {
    var request = request
    let endpoint: Endpoint
    switch match(request.head) {
    case .route(let route, let values):
      request.route = route.template
      if !values.isEmpty { request.parameters = PathParameters(names: route.parameterNames, values: values) }
      endpoint = route.endpoint
    case .other(let other):
      endpoint = other
    }
    do {
      return try await endpoint(request)
    } catch {
      return ErrorRendering.response(for: error, to: request)
    }
  }

  private func match(_ head: RequestHead) -> Match {
    if head.path == "*" { return .other(head.method == .options ? serverOptions : undecodable) }
    guard head.path.utf8.first == 0x2F, let path = PathSegments.decode(head.path) else {
      return .other(undecodable)
    }
    guard let (leaf, values) = tree.match(path) else { return .other(notFound) }
    if let route = leaf.routes[head.method] { return .route(route, values: values) }
    if head.method == .head, let route = leaf.routes[.get] { return .route(route, values: values) }
    return .other(head.method == .options ? leaf.optionsEndpoint : leaf.refusalEndpoint)
  }

  private static func refusing(_ error: @escaping @Sendable (Request) -> HTTPError) -> Endpoint {
    { request in throw request.rejection ?? error(request) }
  }
}

extension RouterHandler.Leaf {
  fileprivate init(routes: [HTTPMethod: Route], middleware: [any Middleware]) {
    var methods = Set(routes.keys)
    if methods.contains(.get) { methods.insert(.head) }
    methods.insert(.options)
    let allow = methods.map(\.name).sorted().joined(separator: ", ")
    self.routes = routes.mapValues { route in
      Route(
        template: route.template, parameterNames: route.parameterNames, bodyLimit: route.bodyLimit,
        isImmediate: route.isImmediate, endpoint: middleware.wrapping(route.endpoint))
    }
    optionsEndpoint = middleware.wrapping { _ in Response(status: .noContent, headers: ["Allow": allow]) }
    refusalEndpoint = middleware.wrapping { request in
      if let rejection = request.rejection { throw rejection }
      throw HTTPError(
        .methodNotAllowed, code: "method_not_allowed",
        message: "'\(request.path)' does not take \(request.method).", hint: "It takes \(allow).",
        headers: ["Allow": allow])
    }
  }
}
