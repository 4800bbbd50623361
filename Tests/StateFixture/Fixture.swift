import FoundationEssentials
import State

/// Writes messages into a state from several tasks at once, and prints the id of each once it is acknowledged, until
/// it is killed. Arguments: a URL or a file, then the number of tasks.
@main
struct Fixture {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 3, let tasks = Int(arguments[2]) else { return }
    let state = try await State.sqlite(path: arguments[1])
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<tasks {
        group.addTask { try await write(to: state, task) }
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
