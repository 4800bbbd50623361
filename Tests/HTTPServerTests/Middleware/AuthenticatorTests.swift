import HTTPServer
import Testing

@Suite struct AuthenticatorTests {
  private struct Named: Authenticator {
    struct User: Sendable { let name: String }

    func identity(for request: Request) async throws -> User? {
      guard let name = request.headers["X-User"] else { return nil }
      guard name != "mallory" else { throw HTTPError(.forbidden, code: "forbidden", message: "Not you.") }
      return User(name: name)
    }
  }

  private func answer(_ user: String?) async throws -> (Response, String) {
    let router = Router(middleware: [ErrorRendering(report: { _, _ in })])
    router.group("/me").authenticated(by: Named()).get("") { _, user in .text("hello \(user.name)") }
    var headers = HTTPHeaders()
    headers["X-User"] = user
    let response = await router.build().respond(
      to: Request(head: RequestHead(target: "/me", headers: headers)))
    return (response, String(decoding: try await response.body.collect(), as: UTF8.self))
  }

  @Test func `a handler is given who sends the request`() async throws {
    #expect(try await answer("ada").1 == "hello ada")
  }

  @Test func `a request that does not say who sends it is 401 with a challenge`() async throws {
    let (response, body) = try await answer(nil)
    #expect(response.status == .unauthorized)
    #expect(response.headers["WWW-Authenticate"] == "Bearer")
    #expect(body.contains(#""code":"authentication""#))
  }

  @Test func `the authenticator's own refusal is shown`() async throws {
    #expect(try await answer("mallory").0.status == .forbidden)
  }
}
