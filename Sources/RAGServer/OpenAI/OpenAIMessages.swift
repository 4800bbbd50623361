import Answering
import Models

/// The messages of a request below `/v1`, read one after the other.
struct OpenAIMessages {
  /// The member that holds them, such as `messages`.
  let name: String
  /// The content parts that are understood, as an error names them.
  let parts: String
  private var turns: [Turn] = []
  /// What messages of the roles `system` and `developer` say.
  private(set) var instructions: [String] = []

  init(in name: String, parts: String) {
    self.name = name
    self.parts = parts
  }

  /// Takes a message in.
  ///
  /// - Parameter passedOver: roles whose messages are not read.
  /// - Throws: `OpenAIError` naming the member, such as `messages[0].content`.
  mutating func add(_ message: JSONValue, at place: String, passedOver: Set<String> = []) throws {
    guard case .object = message else { throw OpenAIError.invalid(place, "expected an object.") }
    guard let role = message["role"]?.string else { throw OpenAIError.missing("\(place).role") }
    let text = try text(
      message["content"], "\(place).content",
      mayBeAbsent: role == "assistant" || passedOver.contains(role))
    switch role {
    case "system", "developer": instructions.append(text)
    case "user": turns.append(.user(text))
    case "assistant": if !text.isEmpty { turns.append(.assistant(text)) }
    case _ where passedOver.contains(role): break
    default:
      throw OpenAIError.invalid(
        "\(place).role", "'\(role.prefix(40))' is not one of system, developer, user, assistant.")
    }
  }

  mutating func add(question: String) { turns.append(.user(question)) }

  /// The last of the user's messages, and those before it.
  ///
  /// - Throws: `OpenAIError` where there is none, or one that cannot be a question.
  func question() throws -> (text: String, history: [Turn]) {
    guard let last = turns.lastIndex(where: { $0.role == .user }) else {
      throw OpenAIError.invalid(name, "there is no message of the role 'user' to answer.")
    }
    let question = turns[last].text
    guard !question.allSatisfy(\.isWhitespace) else {
      throw OpenAIError.invalid(name, "the last message of the role 'user' is empty.")
    }
    guard question.unicodeScalars.count <= RequestText.longest else {
      throw OpenAIError.invalid(
        name, "the last message is longer than \(RequestText.longest) characters.",
        code: "string_above_max_length")
    }
    return (question, Array(turns[..<last]))
  }

  /// A text, or the texts of content parts.
  private func text(_ content: JSONValue?, _ place: String, mayBeAbsent: Bool) throws -> String {
    switch content ?? .null {
    case .string(let text): return text
    case .null where mayBeAbsent: return ""
    case .null: throw OpenAIError.missing(place)
    case .array(let list):
      return try list.enumerated().map { index, part in
        let place = "\(place)[\(index)]"
        switch part["type"]?.string {
        case "text", "input_text", "output_text":
          guard let text = part["text"]?.string else { throw OpenAIError.missing("\(place).text") }
          return text
        case "refusal": return part["refusal"]?.string ?? ""
        case let type?:
          throw OpenAIError.invalid(
            "\(place).type", "only parts of \(parts) are understood, not '\(type.prefix(40))'.")
        case nil: throw OpenAIError.missing("\(place).type")
        }
      }.joined(separator: "\n")
    default:
      throw OpenAIError.invalid(place, "expected a text or a list of content parts.", code: "invalid_type")
    }
  }
}
