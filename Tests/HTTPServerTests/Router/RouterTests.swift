import HTTPServer
import Testing

@Suite struct RouterTests {
  private func makeHandler() -> RouterHandler {
    let router = Router()
    for path in ["/", "/health", "/api/chat", "/api/chat/chat", "/a/{x}/c", "/a/b/{y}", "/files/{rest...}"] {
      router.get(path) { request in
        let values = ["x", "y", "rest"].compactMap { name in request.parameters[name].map { "\(name)=\($0)" }
        }
        return .text(([request.route ?? "none"] + values).joined(separator: " "))
      }
    }
    router.post("/api/chat") { _ in .text("posted") }
    router.root.delete("/only/{id}") { _ in .text("deleted") }
    return router.build()
  }

  private func answer(_ method: HTTPMethod, _ target: String) async throws -> (Response, String) {
    let response = await makeHandler().respond(to: Request(head: RequestHead(method: method, target: target)))
    return (response, String(decoding: try await response.body.collect(), as: UTF8.self))
  }

  @Test func `a router is gone with those who use it`() async throws {
    final class Resource: Sendable {}
    weak var resource: Resource?
    do {
      let held = Resource()
      resource = held
      let router = Router()
      router.get("/") { _ in
        withExtendedLifetime(held) {}
        return .text("hello")
      }
      _ = router.build()
    }
    #expect(resource == nil)
  }

  @Test(arguments: [
    ("/", "/"), ("/health", "/health"), ("/health/", "/health"), ("/health?x=/", "/health"),
    ("/api/chat", "/api/chat"), ("/api/chat/chat", "/api/chat/chat"), ("/%68ealth", "/health"),
    ("/a/b/c", "/a/b/{y} y=c"), ("/a/z/c", "/a/{x}/c x=z"), ("/a/b%2Fc/c", "/a/{x}/c x=b/c"),
    ("/a/b/caf%C3%A9", "/a/b/{y} y=café"), ("/a/b/%2e%2e", "/a/b/{y} y=.."),
    ("/files/x", "/files/{rest...} rest=x"), ("/files/x/y/z", "/files/{rest...} rest=x/y/z"),
  ])
  func `a path finds its most specific route`(target: String, found: String) async throws {
    #expect(try await answer(.get, target).1 == found)
  }

  @Test(arguments: [
    "/nothing", "/api", "/api/chat/chat/x", "//", "//health", "/a//c", "/Health", "/files", "/a/z/d",
  ])
  func `an unknown path is 404`(target: String) async throws {
    let (response, body) = try await answer(.get, target)
    #expect(response.status == .notFound)
    #expect(body.contains(#""code":"not_found""#))
  }

  @Test(arguments: ["/%", "/%zz", "/a/%00/c", "/%FF", "relative", ""])
  func `a path that cannot be decoded is 400`(target: String) async throws {
    #expect(try await answer(.get, target).0.status == .badRequest)
  }

  @Test(arguments: [
    ("/health", HTTPMethod.post, "GET, HEAD, OPTIONS"), ("/api/chat", .delete, "GET, HEAD, OPTIONS, POST"),
    ("/only/7", .get, "DELETE, OPTIONS"), ("/only/7", .head, "DELETE, OPTIONS"),
    ("/health", "BREW", "GET, HEAD, OPTIONS"),
  ])
  func `a known path with another method is 405 and says which it takes`(
    target: String, method: HTTPMethod, allow: String
  ) async throws {
    let (response, body) = try await answer(method, target)
    #expect(response.status == .methodNotAllowed)
    #expect(response.headers["Allow"] == allow)
    #expect(body.contains("It takes \(allow)."))
  }

  @Test func `HEAD is answered by GET`() async throws {
    #expect(try await answer(.head, "/health").0.status == .ok)
  }

  @Test(arguments: [("/api/chat", "GET, HEAD, OPTIONS, POST"), ("*", "DELETE, GET, HEAD, OPTIONS, POST")])
  func `OPTIONS names the methods`(target: String, allow: String) async throws {
    let (response, _) = try await answer(.options, target)
    #expect(response.status == .noContent)
    #expect(response.headers["Allow"] == allow)
  }

  @Test func `middleware runs from the router inwards through its groups`() async throws {
    let router = Router(middleware: [Tag("a")])
    let outer = router.group("/x", middleware: [Tag("b")])
    outer.group("/y", middleware: [Tag("c")]).get("/z") { _ in .text("end") }
    outer.get("") { _ in .text("end") }
    let handler = router.build()
    func trace(_ path: String) async -> [String] {
      await handler.respond(to: Request(head: RequestHead(target: path))).headers.values(of: "Trace")
    }
    #expect(await trace("/x/y/z") == ["c", "b", "a"])
    #expect(await trace("/x") == ["b", "a"])
    #expect(await trace("/x/nothing") == ["a"])
  }

  @Test func `a route's own body limit wins over its group's`() {
    let router = Router()
    let group = router.group("/g", bodyLimit: 10)
    group.post("/a") { _ in .text("") }
    group.on(.post, "/b", bodyLimit: 20) { _ in .text("") }
    router.post("/c") { _ in .text("") }
    let handler = router.build()
    let limits = ["/g/a", "/g/b", "/c", "/d"].map {
      handler.bodyLimit(for: RequestHead(method: .post, target: $0))
    }
    #expect(limits == [10, 20, nil, nil])
  }

  @Test func `a handler that asks for a parameter its route lacks fails as an internal error`() async throws {
    let router = Router()
    router.get("/x") { request in .text(try request.parameter("id")) }
    let response = await router.build().respond(to: Request(head: RequestHead(target: "/x")))
    #expect(response.status == .internalServerError)
  }
}

/// Adds its name to the response's `Trace`.
private struct Tag: Middleware {
  let name: String
  init(_ name: String) { self.name = name }

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    var response: Response
    do {
      response = try await next(request)
    } catch {
      response = Response(status: .notFound)
    }
    response.headers.append("Trace", name)
    return response
  }
}
