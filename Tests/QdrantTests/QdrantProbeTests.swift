import HTTPClient
import TestSupport
import Testing

@testable import Qdrant

@Suite(.timeLimit(.minutes(2))) struct QdrantProbeTests {
  private func steps(_ url: String, key: String? = nil, collection: String = "footnote") async -> [QdrantProbe
    .Step]
  {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    return await QdrantProbe(
      QdrantEndpoint(url: url) { key }, collection: collection,
      http: HTTPClient(configuration: configuration),
      timeout: .seconds(5)
    ).run()
  }

  private func outcomes(_ steps: [QdrantProbe.Step]) -> String {
    steps.map { "\($0.name) \($0.outcome.rawValue)" }.joined(separator: ", ")
  }

  @Test func aNameThatIsNotKnownFailsAtItsLookup() async {
    let steps = await steps("http://no-such-host.invalid:6333")
    #expect(steps.map(\.name) == ["dns", "tcp", "tls", "http", "ready", "auth", "collection"])
    #expect(steps[0].outcome == .failed && steps[0].hint?.contains("QDRANT_URL") == true)
    #expect(steps.dropFirst().allSatisfy { $0.outcome == .skipped })
  }

  @Test func aPortThatNobodyListensAtFailsAtTheConnection() async {
    let steps = await steps("http://127.0.0.1:1")
    #expect(outcomes(Array(steps.prefix(2))) == "dns passed, tcp failed")
    #expect(steps[1].hint?.contains("6333") == true)
  }

  @Test func aServerWithoutTLSFailsAtTheHandshake() async throws {
    let server = try LocalServer { $1.respond(LocalResponse($0.path)) }
    let steps = await steps(server.url.replacing("http://", with: "https://"))
    #expect(outcomes(Array(steps.prefix(3))) == "dns passed, tcp passed, tls failed")
  }

  @Test func somethingElseFailsAtItsAnswer() async throws {
    let server = try LocalServer { $1.respond(LocalResponse($0.path)) }
    let steps = await steps(server.url)
    #expect(outcomes(Array(steps.prefix(4))) == "dns passed, tcp passed, tls passed, http failed")
    #expect(steps[3].hint?.contains("6333") == true)
  }

  @Test(.enabled(if: QdrantStandIn.hasStandIn, "\(QdrantStandIn.reason)"))
  func aServerIsLookedAtToTheCollection() async throws {
    let server = try await QdrantStandIn.start(key: "right-key")
    let well = await steps(server.url, key: "right-key")
    #expect(
      outcomes(well)
        == "dns passed, tcp passed, tls passed, http passed, ready passed, auth passed, collection warning")
    #expect(well[1].duration > .zero && well[3].duration > .zero)
    let wrong = await steps(server.url, key: "wrong-key")
    #expect(outcomes(Array(wrong.suffix(2))) == "auth failed, collection skipped")
    #expect(wrong.allSatisfy { !"\($0)".contains("wrong-key") })
    #expect(wrong[5].hint?.contains("QDRANT_API_KEY") == true)
    try await server.fault(#"{"partly_down": true}"#)
    let down = await steps(server.url, key: "right-key")
    #expect(down[4].outcome == .warning && down[6].outcome == .failed)
    try await server.fault(#"{"refuse": true}"#)
    #expect(await steps(server.url)[3].outcome == .failed)
  }
}
