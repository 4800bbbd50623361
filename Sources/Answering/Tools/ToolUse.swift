import Models
import Synchronization

/// One use of a tool, as replies show it.
public struct ToolUse: Sendable, Hashable, Codable {
  public var name: String
  /// An object; the text that the model wrote, where that is none.
  public var arguments: JSONValue
  /// What the tool returned, or `{"error": …}`.
  public var result: JSONValue
  /// Whether what it did is an answer of its own, which needs no source. Not part of the JSON.
  public var answers = false

  enum CodingKeys: String, CodingKey {
    case arguments, result
    case name = "tool"
  }

  public init(name: String, arguments: JSONValue, result: JSONValue, answers: Bool = false) {
    self.name = name
    self.arguments = arguments
    self.result = result
    self.answers = answers
  }

  /// Whether it failed.
  public var isError: Bool {
    guard case .object(let members) = result else { return false }
    return members.count == 1 && members["error"] != nil
  }

  static func failure(_ message: String) -> JSONValue { ["error": .string(message)] }
}

/// The uses of tools within one turn, in the order in which the model asked for them.
public final class ToolRecord: Sendable {
  private let list = Mutex<[ToolUse]>([])

  public init() {}

  public var uses: [ToolUse] { list.withLock { $0 } }

  func add(_ use: ToolUse) { list.withLock { $0.append(use) } }
}
