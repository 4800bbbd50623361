import FoundationEssentials
import State

/// Writes messages into a state from several tasks at once, and prints the id of each once it is acknowledged, until
/// it is killed. Arguments: a file or the URL of a PostgreSQL database; the URL and the prefix of a Redis server, or
/// nothing twice; the number of tasks.
@main
struct Fixture {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 5, let tasks = Int(arguments[4]) else { return }
    var state: State =
      arguments[1].hasPrefix("postgresql://")
      ? try await .postgreSQL(url: arguments[1]) : try await .sqlite(path: arguments[1])
    if !arguments[2].isEmpty {
      state = try await state.keepingConversations(inRedis: arguments[2], prefix: arguments[3])
    }
    let opened = state
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<tasks {
        group.addTask { try await write(to: opened, task) }
      }
      try await group.waitForAll()
    }
  }

  private static func write(to state: State, _ task: Int) async throws {
    let conversation = "conversation-\(task)"
    let stored = try await state.conversations.open(
      Conversation(id: conversation, owner: .named("anonymous"), createdAt: Date()))
    for number in stored.messages... {
      let id = "\(task)-\(number)"
      try await state.conversations.append(
        [StoredMessage(id: id, role: .user, text: "Message \(number)", createdAt: Date())], to: conversation)
      // One write of a whole line, so that lines of several tasks do not mix.
      try FileHandleLine.write(id)
    }
  }
}
