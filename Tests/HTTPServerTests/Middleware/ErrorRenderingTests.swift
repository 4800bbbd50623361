import HTTPServer
import Testing

@Suite struct ErrorRenderingTests {
  private struct Private: Error { let secret = "sk-123" }

  private struct Convertible: HTTPErrorConvertible {
    var httpError: HTTPError { HTTPError(.conflict, code: "busy", message: "It is busy.") }
  }

  /// The response to an error thrown by a handler, and how often it was reported.
  private func render(_ error: any Error) async throws -> (response: Response, body: String, reports: Int) {
    let counter = Collector<String>()
    let router = Router(
      middleware: [RequestID(), ErrorRendering(report: { _, request in counter.add(request.id) })])
    router.get("/") { _ in throw error }
    let head = RequestHead(target: "/", headers: ["X-Request-Id": "id-1"])
    let response = await router.build().respond(to: Request(head: head))
    let body = String(decoding: try await response.body.collect(), as: UTF8.self)
    #expect(counter.values.allSatisfy { $0 == "id-1" })
    return (response, body, counter.values.count)
  }

  @Test func `an HTTP error is shown with code, message, hint and request id`() async throws {
    let error = HTTPError(
      .tooManyRequests, code: "rate_limited", message: "Too \"many\" requests.", hint: "Wait.",
      headers: ["Retry-After": "5"])
    let (response, body, reports) = try await render(error)
    #expect(response.status == .tooManyRequests)
    #expect(response.headers["Retry-After"] == "5")
    #expect(response.headers["Content-Type"] == "application/json")
    #expect(
      body
        == #"{"error":{"code":"rate_limited","message":"Too \"many\" requests.","hint":"Wait.","request_id":"id-1"}}"#
    )
    #expect(reports == 0)
  }

  @Test func `an error without a hint has null for it`() async throws {
    let (_, body, _) = try await render(HTTPError.notFound("Gone."))
    #expect(body == #"{"error":{"code":"not_found","message":"Gone.","hint":null,"request_id":"id-1"}}"#)
  }

  @Test func `an error that knows how it is shown is shown so`() async throws {
    let (response, body, reports) = try await render(Convertible())
    #expect(response.status == .conflict)
    #expect(body.contains(#""code":"busy""#))
    #expect(reports == 0)
  }

  @Test func `any other error is a bare 500 and is reported under its request id`() async throws {
    let (response, body, reports) = try await render(Private())
    #expect(response.status == .internalServerError)
    #expect(body.contains(#""code":"internal_error""#))
    #expect(!body.contains("sk-123") && !body.contains("Private"))
    #expect(reports == 1)
  }

  @Test func `a cancelled request is no fault of the server`() async throws {
    let (response, _, reports) = try await render(CancellationError())
    #expect(response.status == .clientClosedRequest)
    #expect(reports == 0)
  }

  @Test func `a group can have an error shape of its own`() async throws {
    let router = Router(middleware: [ErrorRendering(report: { _, _ in })])
    let group = router.group(
      "/v1",
      middleware: [
        ErrorRendering(
          render: { error, _ in .text("custom \(error.code)", status: error.status) }, report: { _, _ in })
      ])
    group.get("/x") { _ in throw HTTPError.badRequest("no") }
    let response = await router.build().respond(to: Request(head: RequestHead(target: "/v1/x")))
    #expect(try await response.body.collect() == Array("custom invalid_request".utf8))
    #expect(response.status == .badRequest)
  }
}
