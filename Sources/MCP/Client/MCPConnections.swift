import Answering
import Commands
import HTTPClient
import Models

/// The external servers whose tools the agent may use. None of them can hold up a chat or another one: what is not
/// connected just now has no tools.
public final class MCPConnections: Sendable {
  /// How patient connections are.
  public struct Timing: Sendable {
    /// For the handshake and the list of tools.
    public var connect: Duration = .seconds(15)
    /// How often the list is asked for anew.
    public var refresh: Duration = .seconds(300)
    /// The wait after the first failure, doubled after each further one.
    public var firstWait: Duration = .seconds(1)
    public var longestWait: Duration = .seconds(60)

    public init() {}

    func wait(after failures: Int) -> Duration {
      min(longestWait, firstWait * (1 << min(max(0, failures - 1), 10)))
    }
  }

  private let connections: [MCPConnection]

  /// Variables of ours that child processes see besides their own: none of them is a secret.
  public static let inherited = [
    "HOME", "LANG", "LC_ALL", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR", "TZ", "USER",
  ]

  /// - Parameters:
  ///   - environment: ours, of which children see what is harmless.
  ///   - log: told what happens to each server.
  public init(
    _ configuration: MCPConfiguration, environment: [String: String], http: HTTPClient,
    timing: Timing = Timing(),
    log: @escaping @Sendable (_ server: String, _ message: String, _ isProblem: Bool) -> Void
  ) {
    let shared = environment.filter { Self.inherited.contains($0.key) }
    connections = configuration.servers.map {
      MCPConnection($0, environment: shared, http: http, timing: timing, log: log)
    }
  }

  public func start() { for connection in connections { connection.start() } }

  /// Ends all connections and child processes.
  public func stop() async {
    await withDiscardingTaskGroup { group in
      for connection in connections { group.addTask { await connection.stop() } }
    }
  }

  /// The tools of all servers that are connected.
  public var tools: [any Tool] { connections.flatMap(\.tools) }

  /// How each server is: its name, how many tools it gives, and what is wrong with it, if anything.
  public var states: [(name: String, tools: Int, problem: String?)] {
    connections.map { ($0.description.name, $0.tools.count, $0.problem) }
  }
}
