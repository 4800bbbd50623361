import Answering
import Commands
import HTTPClient
import Models
import Synchronization

/// The connection to one external server: made in the background, and again whenever it is lost.
final class MCPConnection: Sendable {
  private struct State {
    var tools: [any Tool] = []
    /// Nil while the server has not been heard of.
    var problem: String? = "It has not answered yet."
    var client: MCPClient?
    var task: Task<Void, Never>?
    var isStopped = false
  }

  let description: MCPServerDescription
  private let environment: [String: String]
  private let http: HTTPClient
  private let log: @Sendable (_ server: String, _ message: String, _ isProblem: Bool) -> Void
  private let timing: MCPConnections.Timing
  private let state = Mutex(State())

  init(
    _ description: MCPServerDescription, environment: [String: String], http: HTTPClient,
    timing: MCPConnections.Timing, log: @escaping @Sendable (String, String, Bool) -> Void
  ) {
    self.description = description
    self.environment = environment
    self.http = http
    self.timing = timing
    self.log = log
  }

  /// Those that can be called now.
  var tools: [any Tool] { state.withLock { $0.tools } }

  /// Why nothing can be called now; nil if all is well.
  var problem: String? { state.withLock { $0.problem } }

  func start() {
    let task = Task { await keep() }
    state.withLock { $0.task = task }
  }

  func stop() async {
    let task = state.withLock { state in
      state.isStopped = true
      state.tools = []
      return state.task
    }
    task?.cancel()
    await task?.value
  }

  /// Connects, and connects again after each loss, waiting longer after each failure.
  private func keep() async {
    var failures = 0
    while !Task.isCancelled {
      do {
        let client = MCPClient(name: description.name, transport: try transport())
        do {
          try await open(client)
          failures = 0
          try await watch(client)
        } catch {
          state.withLock { $0.tools = [] }
          // In a task of its own: this one may be cancelled, and closing takes its time.
          await Task { await client.transport.close() }.value
          throw error
        }
      } catch {
        guard !Task.isCancelled else { break }
        let problem = (error as? MCPClientError)?.message ?? "\(error)"
        // The same again would fill the log.
        let isNew = state.withLock { state in
          defer { state.problem = problem }
          return state.problem != problem
        }
        if isNew { log(description.name, problem, true) }
        failures += 1
      }
      try? await Task.sleep(for: timing.wait(after: failures))
    }
  }

  private func open(_ client: MCPClient) async throws {
    try await client.connect(deadline: .now + timing.connect)
    try await refresh(client)
    log(description.name, "Connected: \(tools.count) tools.", false)
  }

  private func refresh(_ client: MCPClient) async throws {
    let listed = try await client.tools(deadline: .now + timing.connect)
    let allowed = description.allow.map { patterns in patterns.map { Glob($0) } }
    let tools = listed.filter { tool in
      allowed.map { $0.contains { $0?.matches(tool.name) ?? false } } ?? true
    }
    .map { MCPRemoteTool($0, of: description, client: client) as any Tool }
    state.withLock { state in
      guard !state.isStopped else { return }
      state.tools = tools
      state.problem = nil
    }
  }

  /// Returns or throws when the connection is lost: a process ends, a server does not answer any more.
  private func watch(_ client: MCPClient) async throws {
    while true {
      if let process = client.transport as? ProcessTransport {
        let ended: Void? = try await withIntervals { await process.ended() }
        if ended != nil {
          throw MCPClientError(.unavailable, "MCP server '\(description.name)' has ended.")
        }
      } else {
        try await Task.sleep(for: timing.refresh)
      }
      do {
        try await refresh(client)
      } catch let error as MCPClientError where error.code == .sessionEnded {
        try await open(client)
      }
    }
  }

  /// What `work` gives, or nil where it takes longer than the interval between refreshes.
  private func withIntervals(_ work: @escaping @Sendable () async -> Void) async throws -> Void? {
    do {
      return try await withDeadline(timing.refresh) { await work() }
    } catch is DeadlineExceeded {
      return nil
    }
  }

  private func transport() throws -> any MCPTransport {
    switch description.transport {
    case .http(let url, let headers):
      return HTTPTransport(name: description.name, url: url, headers: headers, client: http)
    case .process(let command, let arguments, let own, let directory):
      let (name, log) = (description.name, log)
      return try ProcessTransport(
        name: name, command: command, arguments: arguments,
        environment: environment.merging(own) { $1 }, directory: directory
      ) { log(name, $0, false) }
    }
  }
}
