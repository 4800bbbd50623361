import Answering
import Models

/// Body of `POST /v1/chat/completions`: what is understood of it. What would change nothing here is ignored; what would
/// be expected to change the answer and does not is refused.
struct ChatCompletionRequest {
  var model: String
  /// The last of the user's messages.
  var question: String
  /// The messages before.
  var history: [Turn] = []
  /// What messages of the roles `system` and `developer` say.
  var instructions: String?
  var streams = false
  var includesUsage = false
  var temperature: Double?
  var maximumTokens: Int?
  var stop: [String] = []
  /// Whom the caller asks for.
  var user: String?

  /// - Throws: `OpenAIError` naming the parameter.
  init(_ body: JSONValue) throws {
    guard case .object(let members) = body else {
      throw OpenAIError(message: "The body is not a JSON object.")
    }
    guard let name = body["model"]?.string, !name.isEmpty else { throw OpenAIError.missing("model") }
    model = name
    question = ""
    try Self.refuse(members)
    switch members["stream"] ?? .null {
    case .bool(let value): streams = value
    case .null: break
    default: throw OpenAIError.invalid("stream", "expected true or false.", code: "invalid_type")
    }
    if let options = members["stream_options"], options != .null {
      guard streams else {
        throw OpenAIError.invalid("stream_options", "it is only allowed where 'stream' is true.")
      }
      includesUsage = options["include_usage"] == .bool(true)
    }
    temperature = try Self.number(members["temperature"], "temperature", 0...2)
    maximumTokens =
      try Self.count(members["max_completion_tokens"], "max_completion_tokens")
      ?? Self.count(members["max_tokens"], "max_tokens")
    stop = try Self.stop(members["stop"])
    user = members["safety_identifier"]?.string ?? members["user"]?.string
    guard let messages = members["messages"] else { throw OpenAIError.missing("messages") }
    guard case .array(let list) = messages, !list.isEmpty else {
      throw OpenAIError.invalid("messages", "expected a list of at least one message.")
    }
    try read(list)
  }

  private mutating func read(_ messages: [JSONValue]) throws {
    var instructions: [String] = []
    for (index, message) in messages.enumerated() {
      let place = "messages[\(index)]"
      guard case .object = message else { throw OpenAIError.invalid(place, "expected an object.") }
      guard let role = message["role"]?.string else { throw OpenAIError.missing("\(place).role") }
      let text = try Self.text(message["content"], "\(place).content", mayBeAbsent: role == "assistant")
      switch role {
      case "system", "developer": instructions.append(text)
      case "user": history.append(.user(text))
      case "assistant": if !text.isEmpty { history.append(.assistant(text)) }
      // Results of tools that the client ran: what came of them is in the assistant's next message.
      case "tool", "function": break
      default:
        throw OpenAIError.invalid(
          "\(place).role", "'\(role.prefix(40))' is not one of system, developer, user, assistant.")
      }
    }
    guard let last = history.lastIndex(where: { $0.role == .user }) else {
      throw OpenAIError.invalid("messages", "there is no message of the role 'user' to answer.")
    }
    question = history[last].text
    history.removeSubrange(last...)
    guard !question.allSatisfy(\.isWhitespace) else {
      throw OpenAIError.invalid("messages", "the last message of the role 'user' is empty.")
    }
    guard question.unicodeScalars.count <= RequestText.longest else {
      throw OpenAIError.invalid(
        "messages", "the last message is longer than \(RequestText.longest) characters.",
        code: "string_above_max_length")
    }
    if !instructions.isEmpty { self.instructions = instructions.joined(separator: "\n\n") }
  }

  /// A text, or the texts of content parts.
  private static func text(_ content: JSONValue?, _ place: String, mayBeAbsent: Bool) throws -> String {
    switch content ?? .null {
    case .string(let text): return text
    case .null where mayBeAbsent: return ""
    case .null: throw OpenAIError.missing(place)
    case .array(let parts):
      return try parts.enumerated().map { index, part in
        let place = "\(place)[\(index)]"
        switch part["type"]?.string {
        case "text", "input_text", "output_text":
          guard let text = part["text"]?.string else { throw OpenAIError.missing("\(place).text") }
          return text
        case "refusal": return part["refusal"]?.string ?? ""
        case let type?:
          throw OpenAIError.invalid(
            "\(place).type", "only parts of the type 'text' are understood, not '\(type.prefix(40))'.")
        case nil: throw OpenAIError.missing("\(place).type")
        }
      }.joined(separator: "\n")
    default:
      throw OpenAIError.invalid(place, "expected a text or a list of content parts.", code: "invalid_type")
    }
  }

  private static func refuse(_ members: [String: JSONValue]) throws {
    if let n = members["n"], n != .null, n != 1 {
      throw OpenAIError.unsupported("n", "can only be 1 here.")
    }
    if members["logprobs"] == .bool(true) {
      throw OpenAIError.unsupported("logprobs", "is not offered here.")
    }
    if let format = members["response_format"]?["type"]?.string, format != "text" {
      throw OpenAIError.unsupported("response_format", "can only be of the type 'text' here.")
    }
    if let modalities = members["modalities"]?.array, modalities.contains(where: { $0 != "text" }) {
      throw OpenAIError.unsupported("modalities", "can only be 'text' here.")
    }
    switch members["tool_choice"] ?? .null {
    case .null, "auto", "none": break
    default:
      throw OpenAIError.unsupported(
        "tool_choice", "cannot demand a tool here: answers are made from the documents.")
    }
  }

  private static func number(
    _ value: JSONValue?, _ name: String, _ range: ClosedRange<Double>
  ) throws -> Double? {
    let number: Double
    switch value ?? .null {
    case .null: return nil
    case .integer(let value): number = Double(value)
    case .number(let value): number = value
    default: throw OpenAIError.invalid(name, "expected a number.", code: "invalid_type")
    }
    guard range.contains(number) else {
      throw OpenAIError.invalid(
        name, "expected a number from \(range.lowerBound) to \(range.upperBound), found \(number).")
    }
    return number
  }

  private static func count(_ value: JSONValue?, _ name: String) throws -> Int? {
    guard let value, value != .null else { return nil }
    guard let count = value.integer else {
      throw OpenAIError.invalid(name, "expected a whole number.", code: "invalid_type")
    }
    guard count >= 1 else {
      throw OpenAIError.invalid(name, "expected 1 or more, found \(count).", code: "integer_below_min_value")
    }
    return count
  }

  private static func stop(_ value: JSONValue?) throws -> [String] {
    let texts: [JSONValue]
    switch value ?? .null {
    case .null: return []
    case .string(let text): texts = [.string(text)]
    case .array(let list): texts = list
    default: throw OpenAIError.invalid("stop", "expected a text or up to four.", code: "invalid_type")
    }
    let stop = texts.compactMap(\.string)
    guard stop.count == texts.count, stop.count <= 4, !stop.contains("") else {
      throw OpenAIError.invalid("stop", "expected a text or up to four, none of them empty.")
    }
    return stop
  }
}
