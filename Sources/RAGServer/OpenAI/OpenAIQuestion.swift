import Answering
import Models

/// What the requests of all routes below `/v1` that answer have in common, as far as it is understood.
struct OpenAIQuestion {
  var model: String
  /// The last of the user's messages.
  var question = ""
  /// The messages before.
  var history: [Turn] = []
  /// What the chat model is told beside the server's own instructions.
  var instructions: String?
  var streams = false
  /// 0 to 2.
  var temperature: Double?
  /// 0 to 1: of the likeliest tokens, those that together have this probability may be chosen.
  var topP: Double?
  /// Most tokens of the answer.
  var maximumTokens: Int?
  /// Texts that end the answer.
  var stop: [String] = []
  /// Whom the caller asks for.
  var user: String?

  /// Reads all but the messages, the limit of tokens and `stop`, which have names of their own on each route.
  ///
  /// - Throws: `OpenAIError` naming the parameter.
  init(_ fields: OpenAIFields) throws {
    guard let name = fields["model"]?.string, !name.isEmpty else { throw OpenAIError.missing("model") }
    model = name
    streams = try fields.flag("stream") ?? false
    if fields["stream_options"] != nil, !streams {
      throw OpenAIError.invalid("stream_options", "it is only allowed where 'stream' is true.")
    }
    temperature = try fields.number("temperature", in: 0...2)
    topP = try fields.number("top_p", in: 0...1)
    user = try ["safety_identifier", "user"].lazy.compactMap { try Self.name($0, fields) }.first
  }

  /// Whom `parameter` names.
  private static func name(_ parameter: String, _ fields: OpenAIFields) throws -> String? {
    let name = fields[parameter]?.string
    if let flaw = name.flatMap(RequestText.flaw) { throw OpenAIError.invalid(parameter, "\(flaw).") }
    return name
  }

  /// - Parameter first: instructions that come before those of the messages.
  /// - Throws: `OpenAIError` naming the parameter.
  mutating func take(_ messages: OpenAIMessages, after first: String? = nil) throws {
    (question, history) = try messages.question()
    let all = (first.map { [$0] } ?? []) + messages.instructions
    instructions = all.isEmpty ? nil : all.joined(separator: "\n\n")
  }

  /// Tokens of the question and its answer: those that providers counted, or else an estimate of what the caller sent and
  /// gets.
  func usage(of answer: Answer) -> Usage {
    // A reranker alone counts no tokens.
    if let usage = answer.usage, usage.totalTokens > 0 { return usage }
    let counter = EstimatedTokenCounter(window: .max)
    let texts = [instructions ?? "", question] + history.map(\.text)
    return Usage(
      promptTokens: texts.map { counter.count($0) }.reduce(0, +),
      completionTokens: counter.count(answer.answer))
  }
}
