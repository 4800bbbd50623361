import HTTPServer
import Testing

@Suite struct RequestIDTests {
  private func id(for inbound: String?) async -> String? {
    let router = Router(middleware: [RequestID()])
    router.get("/") { request in .text(request.id) }
    var headers = HTTPHeaders()
    headers["x-request-id"] = inbound
    let response = await router.build().respond(to: Request(head: RequestHead(target: "/", headers: headers)))
    guard case .bytes(let body) = response.body else { return nil }
    #expect(String(decoding: body, as: UTF8.self) == response.headers["X-Request-Id"])
    return response.headers["X-Request-Id"]
  }

  @Test(arguments: ["a", "7f3c-09_A.b", String(repeating: "x", count: 128)])
  func `a sane id of the client is kept`(inbound: String) async {
    #expect(await id(for: inbound) == inbound)
  }

  @Test(arguments: [nil, "", "a b", "a\"b", "a/b", "é", String(repeating: "x", count: 129)])
  func `without one, or with another, one is made`(inbound: String?) async throws {
    let made = try #require(await id(for: inbound))
    #expect(made.utf8.count == 32)
    #expect(made.allSatisfy { $0.isHexDigit })
    #expect(await id(for: inbound) != made)
  }
}
