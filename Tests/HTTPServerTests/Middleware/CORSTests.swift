import HTTPServer
import Testing

@Suite struct CORSTests {
  private func answer(
    _ cors: CORS, origin: String?, method: HTTPMethod = .get, headers extra: HTTPHeaders = [:],
    path: String = "/"
  ) async -> Response {
    let router = Router(middleware: StandardMiddleware.make(cors: cors, reportError: { _, _ in }))
    router.get("/") { _ in .text("ok") }
    var headers = extra
    headers["Origin"] = origin
    let head = RequestHead(method: method, target: path, headers: headers)
    return await router.build().respond(to: Request(head: head))
  }

  private let preflight: HTTPHeaders = [
    "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "Content-Type, X-Key, b@d",
  ]

  @Test func `any origin is answered with a star and never with credentials`() async {
    let response = await answer(CORS(origins: .any, allowsCredentials: true), origin: "https://evil.example")
    #expect(response.headers["Access-Control-Allow-Origin"] == "*")
    #expect(response.headers["Access-Control-Allow-Credentials"] == nil)
    #expect(response.headers["Access-Control-Expose-Headers"] == "X-Request-Id, Retry-After")
  }

  @Test func `a listed origin is named, with credentials if they are allowed`() async {
    let cors = CORS(origins: .only(["https://a.example"]), allowsCredentials: true)
    let response = await answer(cors, origin: "https://a.example")
    #expect(response.headers["Access-Control-Allow-Origin"] == "https://a.example")
    #expect(response.headers["Access-Control-Allow-Credentials"] == "true")
    #expect(response.headers["Vary"] == "Origin")
  }

  @Test(arguments: [
    "https://evil.example", "https://a.example.evil.example", "http://a.example", "https://a.example:8443",
    "null",
    "https://A.example", "",
  ])
  func `an origin that is not listed is told nothing`(origin: String) async {
    let cors = CORS(origins: .only(["https://a.example", "null"]), allowsCredentials: true)
    let response = await answer(cors, origin: origin)
    #expect(response.status == .ok)
    #expect(response.headers["Access-Control-Allow-Origin"] == nil)
    #expect(response.headers["Access-Control-Allow-Credentials"] == nil)
    #expect(response.headers["Vary"] == "Origin")
  }

  @Test func `a preflight is answered without asking the routes`() async {
    let cors = CORS(origins: .only(["https://a.example"]), maxAge: .seconds(60))
    let response = await answer(
      cors, origin: "https://a.example", method: .options, headers: preflight, path: "/nothing")
    #expect(response.status == .noContent)
    #expect(response.headers["Access-Control-Allow-Origin"] == "https://a.example")
    #expect(response.headers["Access-Control-Allow-Methods"]?.contains("POST") == true)
    #expect(response.headers["Access-Control-Allow-Headers"] == "Content-Type, X-Key")
    #expect(response.headers["Access-Control-Max-Age"] == "60")
    #expect(response.headers["X-Request-Id"] != nil)
  }

  @Test func `a preflight of another origin is refused and says why`() async throws {
    let cors = CORS(origins: .only([]), hint: "List the site.")
    let response = await answer(cors, origin: "https://b.example", method: .options, headers: preflight)
    #expect(response.status == .forbidden)
    #expect(response.headers["Access-Control-Allow-Origin"] == nil)
    let body = String(decoding: try await response.body.collect(), as: UTF8.self)
    #expect(body.contains(#""code":"origin_not_allowed""#) && body.contains("List the site."))
  }

  @Test func `errors carry the headers too, so that pages can read them`() async {
    let response = await answer(CORS(origins: .any), origin: "https://a.example", path: "/nothing")
    #expect(response.status == .notFound)
    #expect(response.headers["Access-Control-Allow-Origin"] == "*")
  }

  @Test func `a request without an origin is left alone`() async {
    let response = await answer(CORS(origins: .any), origin: nil)
    #expect(response.headers["Access-Control-Allow-Origin"] == nil)
  }
}
