import FoundationEssentials
import State
import TestSupport
import Testing

@testable import RAGServer

@Suite struct AttackTests {
  private static let document = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../docs/security.md").standardized

  @Test func `each attack gets what docs/security.md says`() async throws {
    let variables = ["JWT_SECRET": RAGServerFixture.secret, "ADMIN_API_KEY": RAGServerFixture.adminKey]
    try await withRAGServer(configure: environment(variables)) { server async throws in
      let credentials = [
        "{public}": try await server.makeKey([.chat], origins: ["https://example.org"]),
        "{search}": try await server.makeKey([.search]), "{user}": token(),
      ]
      var rows = ["| attack | got |", "| --- | --- |"]
      for attack in Attack.all() {
        let response = try await send(attack, credentials, server)
        // What is refused while it is read may lose its body with the connection.
        let code =
          response.status < 400 || response.status == 431
          ? "" : " " + ((try? response.failure().code) ?? "without a code")
        #expect("\(response.status)\(code)" == attack.gets, "\(attack.name)")
        // Nothing that was sent starts a header of its own, and nothing foreign is let read the answer.
        #expect(response.header("Set-Cookie") == nil, "\(attack.name)")
        #expect(response.header("Access-Control-Allow-Credentials") == nil, "\(attack.name)")
        #expect(response.header("Access-Control-Allow-Origin") != "https://evil.example", "\(attack.name)")
        #expect(
          response.header("X-Content-Type-Options") == "nosniff" || response.status == 431, "\(attack.name)")
        rows.append("| \(attack.name) | \(response.status)\(code) |")
      }
      try compare(rows.joined(separator: "\n"))
    }
  }

  /// With `FOOTNOTE_WRITE_TABLES` set, the table is written instead.
  private func compare(_ table: String) throws {
    var text = try String(contentsOf: Self.document, encoding: .utf8)
    let start = try #require(text.firstRange(of: "<!-- attacks -->\n")).upperBound
    let end = try #require(text.firstRange(of: "\n<!-- end -->")).lowerBound
    if ProcessInfo.processInfo.environment["FOOTNOTE_WRITE_TABLES"] != nil {
      text.replaceSubrange(start..<end, with: table)
      try text.write(to: Self.document, atomically: true, encoding: .utf8)
    } else {
      #expect(String(text[start..<end]) == table, "Run this test with FOOTNOTE_WRITE_TABLES=1.")
    }
  }

  private func send(
    _ attack: Attack, _ credentials: [String: String], _ server: RAGServerFixture
  ) async throws -> RawResponse {
    let headers = attack.headers.map { header in
      credentials.reduce(header) { $0.replacing($1.key, with: $1.value) }
    }
    switch attack.target {
    case .chat:
      return try await server.send(
        "POST", "/api/chat", headers: headers + ["Content-Type: application/json"],
        body: #"{"message": "How far does the knee bend?"}"#)
    case .request(let method, let path, let body):
      let type =
        body.isEmpty || headers.contains { $0.hasPrefix("Content-Type") }
        ? [] : ["Content-Type: application/json"]
      return try await server.send(method, path, headers: headers + type, body: body)
    }
  }

  @Test(arguments: [
    (["Origin: http://test", "Sec-Fetch-Site: same-origin"], true), (["Origin: http://test"], true),
    (["Origin: https://test"], true), ([], true), (["Sec-Fetch-Site: none"], true),
    (["Origin: https://app.example", "Sec-Fetch-Site: cross-site"], true),
    (["Origin: https://public.example", "Sec-Fetch-Site: same-origin"], true),
    (["Origin: http://test.evil.example"], false),
    (["Origin: http://test", "Sec-Fetch-Site: cross-site"], false),
    (["Sec-Fetch-Site: cross-site"], false),
  ])
  func `requests with cookies are taken from our pages and the listed sites`(
    headers: [String], isTaken: Bool
  ) async throws {
    try await withRAGServer(configure: setting(\.origins, .only(["https://app.example"]))) {
      server async throws in
      let headers = headers + ["Cookie: session=x", "Content-Type: application/json"]
      let response = try await server.send(
        "POST", "/api/search", headers: headers, body: #"{"query": "knee"}"#)
      #expect(response.status == (isTaken ? 200 : 403))
      #expect(try await server.send("GET", "/health", headers: headers).status == 200)
    }
  }
}
