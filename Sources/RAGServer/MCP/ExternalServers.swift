import Commands
import Health
import MCP

/// Says how one external server of tools is; chats do without it meanwhile.
struct ExternalServerCheck: HealthCheck {
  let server: String
  let connections: MCPConnections

  var name: String { "mcp:\(server)" }
  let hint = "Its tools are left out until it answers. See its entry in the file that MCP_CONFIG names."
  let severity = HealthStatus.degraded

  func run() async throws -> HealthFinding {
    let state = connections.states.first { $0.name == server }
    guard let problem = state?.problem else {
      return HealthFinding(detail: "\(state?.tools ?? 0) tools.", counts: ["tools": state?.tools ?? 0])
    }
    return HealthFinding(status: .degraded, detail: problem, hint: hint)
  }

  /// One for each server.
  static func all(_ connections: MCPConnections) -> [any HealthCheck] {
    connections.states.map { ExternalServerCheck(server: $0.name, connections: connections) }
  }
}

extension ApplicationConfiguration {
  /// What child processes see of the environment.
  var childEnvironment: [String: String] {
    let known = MCPConnections.inherited.compactMap { name in settings[name].map { (name, $0) } }
    return Dictionary(known, uniquingKeysWith: { first, _ in first })
  }
}

extension RequestLog {
  /// Says what an external server does.
  @Sendable func externalServer(_ server: String, _ message: String, _ isProblem: Bool) {
    let log = log
    queue.write {
      if isProblem {
        log.warning("\(message)", ["mcp_server": .string(server)])
      } else {
        log.info("\(message)", ["mcp_server": .string(server)])
      }
    }
  }

  /// Says why a tool failed; its caller is not told.
  @Sendable func toolFailed(_ tool: String, _ reason: any Error) {
    let log = log
    queue.write { log.error("\(reason)", ["tool": .string(tool)]) }
  }
}
