import Commands
import Models
import TestSupport
import Testing

@testable import RAGServer

/// What a server's log says, and what it never says.
@Suite struct LogTests {
  private static let key = "admin-key-0123456789abcdef"
  private static let secrets = [
    key, "sk-proj-AbCdEfGh0123456789", "the question that nobody else may read", "the-query-secret",
    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbm4ifQ.c2lnbmF0dXJlLW9mLXRoZS10b2tlbg", "session-cookie-0123456789",
  ]

  @Test func `probes that succeed are not logged unless for debugging`() async throws {
    for (level, expected) in [(Log.Level.info, 1), (.debug, 2)] {
      let sink = MemorySink()
      let log = Log(output: Output(results: MemorySink(), messages: sink), level: level)
      try await withRAGServer(configure: setting(\.log, log)) { server in
        _ = try await server.send("GET", "/health")
        _ = try await server.send("POST", "/health")
        await server.application.stop(within: .zero)
      }
      #expect(sink.text.split(separator: "\n").count { $0.contains("/health") } == expected)
    }
  }

  @Test(arguments: Log.Format.allCases)
  func `every request has a line with its id, and none holds a key, a token or a body`(
    format: Log.Format
  ) async throws {
    let sink = MemorySink()
    let failing = FaultyModel()
    failing.set(
      .error(
        ModelError(.authentication, provider: "openai", message: "Wrong key sk-proj-AbCdEfGh0123456789.")))
    let configure: (inout ApplicationConfiguration) -> Void = { configuration in
      configuration.settings = Settings(environment: ["ADMIN_API_KEY": Self.key])
      configuration.log = Log(
        output: Output(results: MemorySink(), messages: sink), level: .debug, format: format,
        showsTime: true, redaction: { Redaction(secrets: [Self.key]) })
    }
    try await withRAGServer(model: failing, configure: configure) { server in
      let headers = [
        "Authorization: Bearer \(Self.key)", "X-API-Key: \(Self.secrets[1])",
        "Cookie: session=\(Self.secrets[5])", "X-Request-Id: request-1", "Content-Type: application/json",
      ]
      _ = try await server.send(
        "POST", "/api/search?token=\(Self.secrets[3])&jwt=\(Self.secrets[4])", headers: headers,
        body: #"{"query": "\#(Self.secrets[2])", "mode": "dense"}"#)
      // Found by words alone, which the log says too.
      _ = try await server.send(
        "POST", "/api/search", headers: headers, body: #"{"query": "\#(Self.secrets[2])"}"#)
      _ = try await server.send(
        "POST", "/api/search", headers: headers, body: #"{"query": "\#(Self.secrets[2])", "k": "x"}"#)
      _ = try await server.send("GET", "/nowhere/\(Self.secrets[1])", headers: headers)
      await server.application.stop(within: .zero)
    }
    let text = sink.text
    for secret in Self.secrets { #expect(!text.contains(secret), "\(secret) in the log") }
    #expect(text.contains("request-1"))
    let lines = text.split(separator: "\n")
    #expect(lines.count >= 6)
    guard format == .json else { return }
    let entries = try lines.map { try JSONValue(parsing: $0.utf8) }
    for entry in entries {
      #expect(entry["time"]?.string != nil && entry["level"]?.string != nil && entry["message"] != nil)
    }
    let requests = entries.filter { $0["status"] != nil }
    #expect(requests.count == 4 && requests.allSatisfy { $0["request_id"] == "request-1" })
    #expect(requests.contains { $0["message"] == "POST /api/search" && $0["status"] == 502 })
    #expect(
      entries.contains {
        $0["level"] == "warning" && $0["message"]?.string?.contains("by their words alone") == true
      })
  }
}
