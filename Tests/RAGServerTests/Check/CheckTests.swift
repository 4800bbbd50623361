import Commands
import FoundationEssentials
import TestSupport
import Testing

@testable import RAGServer

@Suite struct CheckTests {
  private struct Report: Decodable {
    var healthy: Bool
    var steps: [CheckStep]

    subscript(name: String) -> CheckStep? { steps.first { $0.name == name } }
  }

  private func check(
    _ url: String, _ arguments: [String] = [], environment: [String: String] = [:]
  ) async throws -> (code: ExitCode, report: Report) {
    let sink = MemorySink()
    let code = await ServerProgram.program.run(
      ["check", url, "--json", "--timeout", "1s"] + arguments,
      settings: Settings(environment: environment),
      output: Output(results: sink, messages: MemorySink()))
    return (code, try JSONDecoder().decode(Report.self, from: Data(sink.text.utf8)))
  }

  @Test func `a server that works passes every step`() async throws {
    let key = "admin-key-of-the-tests"
    try await withRAGServer(
      configure: setting(\.settings, Settings(environment: ["ADMIN_API_KEY": key]))
    ) { server in
      let (code, report) = try await check(
        "127.0.0.1:\(server.port)", ["--question", "How far does the knee joint bend the leg?"],
        environment: ["ADMIN_API_KEY": key])
      let bad = report.steps.filter { $0.status != .passed }
      #expect(bad == [])
      #expect(code == .success && report.healthy)
      #expect(report["streaming"]?.detail.hasPrefix("First text after") == true)
      #expect(report["chatkit"]?.detail.hasSuffix("has its answer.") == true)
      #expect(report["documents"]?.detail == "3 documents.")
      #expect(report["corpus"] != nil && report["embedding_model"] != nil && report["chat_provider"] != nil)
    }
  }

  @Test func `whatever the corpus is about, it asks something that the documents answer`() async throws {
    let text = "# Queues\n\n## Why does a job run twice?\n\nA job runs twice where its worker was killed."
    try await withRAGServer(["a.md": text]) { server in
      let (_, report) = try await check("127.0.0.1:\(server.port)")
      #expect(report["chat"]?.detail.contains("A job runs twice") == true, "\(report["chat"]?.detail ?? "")")
    }
  }

  @Test func `without a key the documents are skipped, which is no failure`() async throws {
    try await withRAGServer { server in
      let (code, report) = try await check("http://127.0.0.1:\(server.port)/")
      #expect(code == .success && report["documents"]?.status == .skipped)
      #expect(report["documents"]?.hint?.contains("ADMIN_API_KEY") == true)
    }
  }

  @Test func `a server that is not there is named with what to do, and nothing else is tried`() async throws {
    let (code, report) = try await check("http://127.0.0.1:1")
    #expect(code == .failure && !report.healthy)
    #expect(report["health"]?.status == .failed)
    #expect(
      report["health"]?.hint
        == "Nothing listens at http://127.0.0.1:1. Start ragserver, or check host and port.")
    #expect(report.steps.dropFirst().allSatisfy { $0.status == .skipped })
  }

  @Test(
    arguments: [
      ("<html>Welcome</html>", "text/html", 200, "an HTML page"),
      ("<html>Not here</html>", "text/html", 404, "No ragserver answers there"),
      ("<html>Bad gateway</html>", "text/html", 502, "the server behind it does not"),
      (#"{"hello": 1}"#, "application/json", 200, "not a ragserver"),
    ])
  func `something else at the address is recognised`(
    body: String, type: String, status: Int, expected: String
  ) async throws {
    let server = try LocalServer { _, connection in
      connection.respond(LocalResponse(body, status: status, type: type))
    }
    let (code, report) = try await check(server.url)
    let step = try #require(report["health"])
    #expect(code == .failure && step.status == .failed)
    #expect("\(step.detail) \(step.hint ?? "")".contains(expected))
  }

  private static let added = #"{"type": "thread.item.added", "item": {"type": "assistant_message"}}"#
  private static let done = #"{"type": "thread.item.done", "item": {"type": "assistant_message"}}"#
  private static let created = #"{"type": "thread.created", "thread": {"id": "t1"}}"#

  @Test(
    arguments: [
      ([created, added, done], CheckStep.Status.passed, "Thread t1 has its answer."),
      ([created, added], .failed, "The stream of /chatkit ended without the whole answer."),
      ([added, done], .failed, "The stream of /chatkit told of no thread."),
      ([created, #"{"type": "error", "message": "Spent."}"#], .failed, "Spent."),
      ([created, "nonsense"], .failed, "/chatkit sent an event that is no JSON object with a type."),
    ])
  func `a stream of ChatKit must end properly`(
    events: [String], status: CheckStep.Status, detail: String
  ) async throws {
    let server = try LocalServer { request, connection in
      switch request.path {
      case "/health": connection.respond(.json(#"{"status": "ok"}"#))
      case "/api/chatkit/session": connection.respond(.json(#"{"client_secret": "fcs_x", "hosted": false}"#))
      case "/chatkit":
        let isAllowed = request.header("Authorization") == "Bearer fcs_x"
        connection.respond(
          isAllowed
            ? LocalResponse(events.map { "data: \($0)\n\n" }.joined(), type: "text/event-stream")
            : .json("{}", status: 401))
      default: connection.respond(.json("{}", status: 404))
      }
    }
    let (_, report) = try await check(server.url)
    #expect(report["chatkit"]?.status == status && report["chatkit"]?.detail == detail)
  }

  @Test func `where sessions are OpenAI's, there is nothing to be tried here`() async throws {
    let server = try LocalServer { request, connection in
      switch request.path {
      case "/health": connection.respond(.json(#"{"status": "ok"}"#))
      case "/api/chatkit/session": connection.respond(.json(#"{"client_secret": "ek_x", "hosted": true}"#))
      default: connection.respond(.json("{}", status: 404))
      }
    }
    let (_, report) = try await check(server.url)
    #expect(report["chatkit"]?.status == .passed && report["chatkit"]?.detail.contains("OpenAI's") == true)
  }

  @Test func `a server that hangs is a timeout`() async throws {
    let server = try LocalServer { _, connection in _ = connection.waitForPeerToClose() }
    let (code, report) = try await check(server.url)
    #expect(code == .failure)
    #expect(report["health"]?.hint?.hasPrefix("The server did not answer within") == true)
  }

  @Test func `TLS where there is none, and a wrong address, are told apart`() async throws {
    let server = try LocalServer { _, connection in connection.respond(.json("{}")) }
    let tls = try await check("https://127.0.0.1:\(server.port)")
    #expect(tls.report["health"]?.hint?.contains("http://") == true)
    let wrong = try await check("http://")
    #expect(wrong.report["health"]?.hint == "Write the address as http://HOST:PORT.")
  }

  @Test func `a part that fails makes the check fail with the part's own hint`() async throws {
    let health = """
      {"status": "unhealthy", "parts": {"corpus": {"status": "unhealthy", "latency_ms": 1.5, \
      "detail": "It is gone.", "hint": "Bring it back."}}}
      """
    let server = try LocalServer { request, connection in
      switch request.path {
      case "/health": connection.respond(.json(#"{"status": "ok"}"#))
      case "/api/health": connection.respond(.json(health, status: 503))
      default:
        connection.respond(
          .json(
            #"{"error": {"code": "corpus_unavailable", "message": "Not now.", "hint": "Try again."}}"#,
            status: 503))
      }
    }
    let (code, report) = try await check(server.url)
    #expect(code == .failure && report["corpus"]?.status == .failed)
    #expect(report["corpus"]?.hint == "Bring it back." && report["corpus"]?.milliseconds == 1.5)
    #expect(report["search"]?.detail == "/api/search answered 503 corpus_unavailable: Not now.")
    #expect(report["search"]?.hint == "Try again.")
  }

  @Test func `for people it writes a line for each step`() async throws {
    let sink = MemorySink()
    let code = await ServerProgram.program.run(
      ["check", "http://127.0.0.1:1"], settings: Settings(environment: [:]),
      output: Output(results: sink, messages: MemorySink()))
    #expect(code == .failure)
    #expect(sink.text.hasPrefix("failed   health ("))
    #expect(sink.text.contains("\n         Nothing listens at http://127.0.0.1:1."))
    #expect(sink.text.contains("skipped  search: Not tried"))
  }
}
