import Answering
import FoundationEssentials
import Models

/// The objects that `/v1/chat/completions` answers with.
struct ChatCompletion: Sendable {
  let id = "chatcmpl-" + UUID().uuidString.lowercased().filter { $0 != "-" }
  let created = Int(Date().timeIntervalSince1970)
  /// The name that the caller asked for.
  let model: String
  /// Tokens of what the caller sent, where no provider counts.
  let promptTokens: Int

  init(_ request: ChatCompletionRequest) {
    model = request.model
    let texts = [request.instructions ?? "", request.question] + request.history.map(\.text)
    let counter = EstimatedTokenCounter(window: .max)
    promptTokens = texts.map { counter.count($0) }.reduce(0, +)
  }

  func whole(_ answer: Answer) throws -> JSONValue {
    var members = try extras(answer)
    members["id"] = .string(id)
    members["object"] = "chat.completion"
    members["created"] = .integer(created)
    members["model"] = .string(model)
    members["system_fingerprint"] = .null
    members["choices"] = [
      [
        "index": 0, "logprobs": .null, "finish_reason": .string(finish(answer)),
        "message": [
          "role": "assistant", "content": .string(answer.answer), "refusal": .null, "annotations": [],
        ],
      ]
    ]
    members["usage"] = usage(answer)
    return .object(members)
  }

  /// A chunk of a stream; nil for `usage` leaves it out.
  func chunk(
    _ delta: JSONValue, finish: JSONValue = .null, usage: JSONValue?, extras: [String: JSONValue] = [:]
  ) -> JSONValue {
    frame(
      [["index": 0, "delta": delta, "logprobs": .null, "finish_reason": finish]], usage: usage, extras: extras
    )
  }

  /// The last chunk but `[DONE]`, for those who asked for the usage.
  func usageChunk(_ answer: Answer) -> JSONValue { frame([], usage: usage(answer), extras: [:]) }

  private func frame(_ choices: JSONValue, usage: JSONValue?, extras: [String: JSONValue]) -> JSONValue {
    var members = extras
    members["id"] = .string(id)
    members["object"] = "chat.completion.chunk"
    members["created"] = .integer(created)
    members["model"] = .string(model)
    members["system_fingerprint"] = .null
    members["choices"] = choices
    members["usage"] = usage
    return .object(members)
  }

  func finish(_ answer: Answer) -> String { answer.isCutOff ? "length" : "stop" }

  /// What OpenAI's replies do not have: where the answer can be checked, and whether it is what it should be.
  func extras(_ answer: Answer) throws -> [String: JSONValue] {
    guard case .object(let detail) = try MessageDetail.of(answer) else { return [:] }
    let names = [
      "citations", "answered", "confidence", "low_confidence", "degraded", "degraded_reason", "sentences",
      "dropped_sentences",
      "rewritten_question", "reranking",
    ]
    return detail.filter { names.contains($0.key) }
  }

  private func usage(_ answer: Answer) -> JSONValue {
    // A reranker alone counts no tokens.
    let count =
      answer.usage.flatMap { $0.totalTokens > 0 ? $0 : nil }
      ?? Usage(
        promptTokens: promptTokens,
        completionTokens: EstimatedTokenCounter(window: .max).count(answer.answer))
    return [
      "prompt_tokens": .integer(count.promptTokens), "completion_tokens": .integer(count.completionTokens),
      "total_tokens": .integer(count.totalTokens),
      "prompt_tokens_details": ["cached_tokens": .integer(count.cachedTokens)],
    ]
  }
}
