import Answering
import FoundationEssentials
import Models

/// The objects that `/v1/chat/completions` answers with.
struct ChatCompletion: OpenAIReply {
  let id = ChatCompletion.makeID("chatcmpl-")
  private let created = Int(Date().timeIntervalSince1970)
  private let request: ChatCompletionRequest

  init(_ request: ChatCompletionRequest) {
    self.request = request
  }

  func whole(_ answer: Answer) throws -> JSONValue {
    var members = try extras(answer)
    members["choices"] = [
      [
        "index": 0, "logprobs": .null, "finish_reason": .string(Self.finish(answer)),
        "message": [
          "role": "assistant", "content": .string(answer.answer), "refusal": .null, "annotations": [],
        ],
      ]
    ]
    members["usage"] = usage(answer)
    return object("chat.completion", members)
  }

  func frames(for step: OpenAIStep) throws -> [OpenAIFrame] {
    switch step {
    case .begun: return [chunk(["role": "assistant", "content": "", "refusal": .null])]
    case .delta(let text): return [chunk(["content": .string(text)])]
    case .done(let answer):
      var frames = [chunk([:], finish: .string(Self.finish(answer)), try extras(answer))]
      if request.includesUsage { frames.append(frame(["choices": [], "usage": usage(answer)])) }
      return frames + [OpenAIFrame(data: "[DONE]")]
    case .failed(let error): return [OpenAIFrame(data: OpenAIErrors.json(error).text)]
    }
  }

  private func chunk(
    _ delta: JSONValue, finish: JSONValue = .null, _ extras: [String: JSONValue] = [:]
  ) -> OpenAIFrame {
    var members = extras
    members["choices"] = [["index": 0, "delta": delta, "logprobs": .null, "finish_reason": finish]]
    // Null in every chunk but the one that has it, for those who asked for it.
    if request.includesUsage { members["usage"] = .null }
    return frame(members)
  }

  private func frame(_ members: [String: JSONValue]) -> OpenAIFrame {
    OpenAIFrame(data: object("chat.completion.chunk", members).text)
  }

  private func object(_ type: String, _ members: [String: JSONValue]) -> JSONValue {
    let own: [String: JSONValue] = [
      "id": .string(id), "object": .string(type), "created": .integer(created),
      "model": .string(request.asked.model), "system_fingerprint": .null,
    ]
    return .object(own.merging(members) { $1 })
  }

  private static func finish(_ answer: Answer) -> String { answer.isCutOff ? "length" : "stop" }

  private func usage(_ answer: Answer) -> JSONValue {
    let count = request.asked.usage(of: answer)
    return [
      "prompt_tokens": .integer(count.promptTokens), "completion_tokens": .integer(count.completionTokens),
      "total_tokens": .integer(count.totalTokens),
      "prompt_tokens_details": ["cached_tokens": .integer(count.cachedTokens)],
    ]
  }
}
