import HTTPClient
import TestSupport
import Testing

@Suite struct HTTPMeasurementTests {
  @Test func theStepsOfARequestAreMeasured() async throws {
    let server = try LocalServer { $1.respond(LocalResponse($0.path)) }
    let client = HTTPClientTests.client()
    let (first, result) = await client.measure(HTTPRequest(.get, server.url))
    #expect(try result.get().status == 200)
    #expect(first.connect ?? .zero > .zero && first.answer ?? .zero > .zero && first.tls == nil)
    #expect(first.total >= (first.connect ?? .zero) + (first.answer ?? .zero))
  }

  @Test func aRequestThatFailsSaysHowFarItCame() async {
    let (timings, result) = await HTTPClientTests.client().measure(HTTPRequest(.get, "http://127.0.0.1:1/"))
    #expect(throws: HTTPClientError.self) { try result.get() }
    #expect(timings.answer == nil)
  }
}
