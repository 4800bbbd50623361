import Health
import State

/// Writes something into a database of the state and reads it back.
struct StateCheck: HealthCheck {
  let part: State.Part

  var name: String { part.name }
  let hint = "Conversations, accounts and limits do not work without it. The server's log says more."

  func run() async throws -> HealthFinding {
    try await part.check()
    return HealthFinding(detail: "\(part.place): written and read.")
  }
}
