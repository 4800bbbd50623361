import Answering
import Commands
import Dispatch
import FoundationEssentials
import Glibc
import HTTPClient
import Models
import Synchronization
import TestSupport
import Testing

@testable import MCP

/// Servers made with the official package, and ones that misbehave.
@Suite(.timeLimit(.minutes(2))) struct MCPConnectionTests {
  static let http = {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    return HTTPClient(configuration: configuration)
  }()

  init() {
    // A child that has died must not take the tests with it; programs do the same at their start.
    signal(SIGPIPE, SIG_IGN)
  }

  /// Runs `body` with connections to `servers` and stops them after.
  static func with(
    _ servers: [MCPServerDescription], connect: Duration = .seconds(20),
    environment: [String: String] = ["PATH": "/usr/bin:/bin"],
    _ body: (MCPConnections, Messages) async throws -> Void
  ) async throws {
    var timing = MCPConnections.Timing()
    timing.firstWait = .milliseconds(50)
    timing.connect = connect
    let messages = Messages()
    let connections = MCPConnections(
      MCPConfiguration(servers: servers), environment: environment, http: http, timing: timing
    ) { server, message, isProblem in messages.add("\(server): \(message)") }
    connections.start()
    do {
      try await body(connections, messages)
    } catch {
      await connections.stop()
      throw error
    }
    await connections.stop()
  }

  final class Messages: Sendable {
    private let list = Mutex<[String]>([])
    var all: [String] { list.withLock { $0 } }
    func add(_ text: String) { list.withLock { $0.append(text) } }
  }

  struct NotInTime: Error {}

  /// Waits until `condition` holds, at most for 30 seconds.
  static func until(_ condition: () async -> Bool) async throws {
    for _ in 0..<3000 {
      if await condition() { return }
      try await Task.sleep(for: .milliseconds(10))
    }
    throw NotInTime()
  }

  static func use(_ connections: MCPConnections, _ tool: String, _ arguments: JSONValue) async -> JSONValue {
    let caller = ToolCaller(connections.tools)
    return await caller.use(ToolCall(id: "c", name: tool, arguments: arguments.text), ToolContext()).result
  }

  static func process(_ name: String, allow: [String]? = nil, timeout: Duration = .seconds(20))
    -> MCPServerDescription
  {
    MCPServerDescription(
      name: name,
      transport: .process(
        command: PythonPeer.interpreter ?? "none", arguments: [PythonPeer.server, "stdio"],
        environment: ["OWN": "1", "LC_ALL": "C.UTF-8"], directory: nil),
      allow: allow, timeout: timeout)
  }

  @Test(.enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"))
  func aChildProcessGivesTools() async throws {
    let environment = ["PATH": "/usr/bin:/bin", "OPENAI_API_KEY": "sk-secret"]
    try await Self.with([Self.process("py")], environment: environment) { connections, messages in
      try await Self.until { !connections.tools.isEmpty }
      #expect(
        Set(connections.tools.map(\.definition.name)).isSuperset(of: ["py_add", "py_greet", "py_fail"]))
      #expect(await Self.use(connections, "py_add", ["a": 2, "b": 3]) == ["result": 5])
      #expect(await Self.use(connections, "py_greet", ["name": "Ünï"]).text.contains("Hello, Ünï!"))
      #expect(await Self.use(connections, "py_add", ["a": "x"]).text.contains("Invalid arguments: "))
      #expect(await Self.use(connections, "py_fail", [:])["error"]?.string?.contains("the reason") == true)
      // Children see what is theirs, and no key of ours.
      #expect(await Self.use(connections, "py_environment", ["name": "OWN"]).text.contains("1"))
      #expect(
        await Self.use(connections, "py_environment", ["name": "OPENAI_API_KEY"]).text.contains("(unset)"))
      // Its standard error goes to the log.
      try await Self.until { messages.all.contains("py: greeting Ünï") }
    }
  }

  @Test(.enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"))
  func onlyAllowedToolsAreThere() async throws {
    try await Self.with([Self.process("py", allow: ["gr*", "add"])]) { connections, _ in
      try await Self.until { !connections.tools.isEmpty }
      #expect(connections.tools.map(\.definition.name).sorted() == ["py_add", "py_greet"])
    }
  }

  @Test(.enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"))
  func aServerThatDiesIsStartedAgain() async throws {
    try await Self.with([Self.process("py")]) { connections, _ in
      try await Self.until { !connections.tools.isEmpty }
      _ = await Self.use(connections, "py_die", [:])
      try await Self.until { connections.states[0].problem != nil }
      #expect(connections.tools.isEmpty)
      try await Self.until { !connections.tools.isEmpty }
      #expect(await Self.use(connections, "py_add", ["a": 1, "b": 1]) == ["result": 2])
    }
  }

  @Test(.enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"))
  func aSlowToolIsGivenUpAndAnotherGoesOn() async throws {
    try await Self.with([Self.process("py", timeout: .milliseconds(300)), Self.process("other")]) {
      connections, _ in
      try await Self.until { connections.states.allSatisfy { $0.problem == nil } }
      async let slow = Self.use(connections, "py_nap", ["seconds": 5])
      #expect(await Self.use(connections, "other_add", ["a": 1, "b": 1]) == ["result": 2])
      #expect(await slow == ["error": "Unable to complete task operation"])
    }
  }

  @Test(
    .enabled(if: PythonPeer.isThere, "\(PythonPeer.reason)"),
    arguments: [[], ["stateless"], ["stateless", "json"]])
  func aWebServerGivesTools(options: [String]) async throws {
    let server = try PythonPeer.start(PythonPeer.server, ["http", "0"] + options)
    var lines = server.output.makeAsyncIterator()
    let port = try #require(try await lines.next())
    let description = MCPServerDescription(
      name: "web", transport: .http(url: "http://127.0.0.1:\(port)/mcp", headers: [:]))
    try await Self.with([description]) { connections, _ in
      try await Self.until { !connections.tools.isEmpty }
      #expect(await Self.use(connections, "web_add", ["a": 2, "b": 3]) == ["result": 5])
      #expect(await Self.use(connections, "web_fail", [:])["error"]?.string?.contains("the reason") == true)
    }
    server.signal(SIGKILL)
  }

  @Test func stoppingEndsTheChildAndItsChildren() async throws {
    try await withTemporaryDirectory { directory in
      // Answers nothing, ignores SIGTERM and the end of its input, and has a child of its own.
      let script = "trap '' TERM; sleep 300 & echo $! > \(directory)/child; while :; do sleep 1; done"
      let description = MCPServerDescription(
        name: "stubborn",
        transport: .process(command: "sh", arguments: ["-c", script], environment: [:], directory: nil))
      var child: pid_t = 0
      try await Self.with([description]) { _, _ in
        try await Self.until {
          child =
            (try? String(contentsOfFile: directory + "/child", encoding: .utf8))
            .flatMap { pid_t($0.filter(\.isNumber)) } ?? 0
          return child != 0
        }
        #expect(kill(child, 0) == 0)
      }
      let gone = child
      try await Self.until { Self.hasEnded(gone) }
    }
  }

  /// Whether a process is no more, or only waits for somebody to notice.
  private static func hasEnded(_ process: pid_t) -> Bool {
    guard let stat = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return true
    }
    return stat.contains(") Z ")
  }

  @Test(
    arguments: [
      ("false", [], "has ended"), ("/nowhere/program", [], "cannot be started"),
      ("sh", ["-c", "while read line; do echo nonsense; done"], "did not answer in time"),
      ("cat", ["/dev/zero"], "cannot be read"),
    ] as [(String, [String], String)])
  func aBrokenChildIsADescribedProblem(command: String, arguments: [String], problem: String) async throws {
    let description = MCPServerDescription(
      name: "bad",
      transport: .process(command: command, arguments: arguments, environment: [:], directory: nil))
    // Time enough for megabytes, where it is not the time itself that is looked at.
    let connect: Duration = problem.hasSuffix("in time") ? .milliseconds(300) : .seconds(20)
    try await Self.with([description], connect: connect) { connections, messages in
      #expect(connections.tools.isEmpty)
      try await Self.until { connections.states[0].problem?.contains(problem) == true }
      try await Self.until { messages.all.contains { $0.contains(problem) } }
    }
  }

  @Test(arguments: [
    (401, "text/plain", "no", "refuses the credentials (401)"),
    (500, "text/html", "<h1>", "answered with status 500"),
    (200, "application/json", "{}", "something that is no response"),
    (
      200, "text/event-stream", "data: {\"jsonrpc\":\"2.0\",\"method\":\"x\"}\n\n",
      "ended its answer without a response"
    ),
    (200, "application/json", #"{"jsonrpc":"2.0","id":99,"result":{}}"#, "something that is no response"),
    (
      200, "application/json", #"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"1999-01-01"}}"#,
      "is not known here"
    ),
  ])
  func aBrokenWebServerIsADescribedProblem(status: Int, type: String, body: String, problem: String)
    async throws
  {
    let server = try LocalServer { _, connection in
      connection.respond(LocalResponse(body, status: status, type: type))
    }
    let description = MCPServerDescription(
      name: "bad", transport: .http(url: server.url + "/mcp", headers: [:]))
    try await Self.with([description]) { connections, _ in
      try await Self.until { connections.states[0].problem?.contains(problem) == true }
      #expect(connections.tools.isEmpty)
    }
  }

  @Test func aServerThatIsNotThereIsTriedAgainWithPatience() async throws {
    var timing = MCPConnections.Timing()
    timing.firstWait = .seconds(1)
    #expect((0...8).map { timing.wait(after: $0) } == [1, 1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
    let description = MCPServerDescription(
      name: "none", transport: .http(url: "http://127.0.0.1:9/mcp", headers: [:]))
    try await Self.with([description]) { connections, messages in
      try await Self.until { connections.states[0].problem?.contains("cannot be reached") == true }
      // Said once, however often it is tried.
      try await Task.sleep(for: .milliseconds(300))
      #expect(messages.all.count == 1)
    }
  }

  /// A server that ends its session after the first call, as one does that was restarted.
  @Test func anEndedSessionIsBegunAgain() async throws {
    let session = Mutex(1)
    let server = try LocalServer { request, connection in
      guard request.method == "POST", let message = TestJSON(request.body) else {
        return connection.respond(LocalResponse("", status: 405))
      }
      func respond(_ result: TestJSON) {
        let body: TestJSON = ["jsonrpc": "2.0", "id": message["id"] ?? .null, "result": result]
        let headers = [("MCP-Session-Id", "s\(session.withLock { $0 })")]
        connection.respond(.json(body.text, status: 200, headers: headers))
      }
      let isCurrent = request.header("MCP-Session-Id") == "s\(session.withLock { $0 })"
      switch message["method"]?.string {
      case "initialize":
        respond([
          "protocolVersion": "2025-11-25", "capabilities": [:], "serverInfo": ["name": "x", "version": "1"],
        ])
      case _ where !isCurrent: connection.respond(.json("{}", status: 404))
      case "notifications/initialized": connection.respond(LocalResponse("", status: 202))
      case "tools/list": respond(["tools": [["name": "t", "inputSchema": ["type": "object"]]]])
      default:
        respond(["content": [["type": "text", "text": .string("call in \(session.withLock { $0 })")]]])
        session.withLock { $0 += 1 }
      }
    }
    let description = MCPServerDescription(
      name: "web", transport: .http(url: server.url + "/mcp", headers: ["X-Key": "k"]))
    try await Self.with([description]) { connections, _ in
      try await Self.until { !connections.tools.isEmpty }
      #expect(await Self.use(connections, "web_t", [:]) == "call in 1")
      #expect(await Self.use(connections, "web_t", [:]) == "call in 2")
    }
    #expect(server.requests.allSatisfy { $0.header("X-Key") == "k" })
    #expect(server.requests.filter { $0.method == "DELETE" }.count == 1)
  }

  /// A server of 2026-07-28 alone.
  @Test func aServerWithoutHandshakesIsSpokenTo() async throws {
    try await SampleCorpus.with { sample in
      let (mcp, caller) = (sample.server, sample.caller)
      let server = try LocalServer { request, connection in
        let isModern = request.header("MCP-Protocol-Version") == "2026-07-28"
        guard isModern else {
          let error = #"{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"Method not found"}}"#
          return connection.respond(.json(error, status: 404))
        }
        let reply = Mutex<MCPExchange.Reply?>(nil)
        let done = DispatchSemaphore(value: 0)
        Task {
          let answer = await MCPExchange(server: mcp) { request.header($0) }
            .reply(to: Array(request.body), from: caller)
          reply.withLock { $0 = answer }
          done.signal()
        }
        done.wait()
        guard case .status(let status, let body)? = reply.withLock({ $0 }) else { return }
        connection.respond(.json(body?.text ?? "", status: status))
      }
      let description = MCPServerDescription(
        name: "new", transport: .http(url: server.url + "/mcp", headers: [:]))
      try await Self.with([description]) { connections, _ in
        try await Self.until { !connections.tools.isEmpty }
        #expect(connections.tools.map(\.definition.name) == ["new_search", "new_fetch", "new_ask"])
        let result = await Self.use(connections, "new_search", ["query": "knee", "limit": 1])
        #expect(result["results"]?.array?.count == 1)
      }
    }
  }
}
