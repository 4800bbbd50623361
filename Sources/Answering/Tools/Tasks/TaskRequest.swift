/// Recognises messages that want something done with tasks, for replies where no model can do it.
public enum TaskRequest {
  /// What is said where tasks are asked for and there is no chat model.
  public static let noModel = """
    Tasks need a chat model, and this service has none. Its administrator can set OPENAI_API_KEY, GEMINI_API_KEY or \
    COHERE_API_KEY.
    """

  /// Whether `message` is such a request: an order about a task, or a question about one's own.
  public static func matches(_ message: String) -> Bool {
    var words = message.lowercased().split { !$0.isLetter && $0 != "-" && $0 != "'" }.map(String.init)
    while let first = words.first, ["please", "can", "could", "would", "you", "hey", "hi"].contains(first) {
      words.removeFirst()
    }
    let nouns: Set = ["task", "tasks", "todo", "todos", "to-do", "to-dos"]
    guard let noun = words.prefix(6).firstIndex(where: nouns.contains) else { return false }
    let before = words[..<noun]
    guard let verb = before.first else { return false }
    if ["add", "create"].contains(verb) {
      return before.dropFirst().allSatisfy { ["a", "an", "the", "new", "another", "me", "my"].contains($0) }
    }
    let changes = ["complete", "finish", "delete", "remove", "update", "rename", "mark", "list", "show"]
    let asks = ["what", "what's", "which", "do", "how"]
    return before.contains("my") && (changes.contains(verb) || asks.contains(verb))
  }
}
