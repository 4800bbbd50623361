import Answering
import FoundationEssentials
import Models

/// The object that `/v1/responses` answers with.
struct ResponseObject: OpenAIReply {
  let id = ResponseObject.makeID("resp_")
  let item = ResponseObject.makeID("msg_")
  private let createdAt = Int(Date().timeIntervalSince1970)
  private let request: ResponseRequest
  /// Of the next event.
  private var sequence = 0

  init(_ request: ResponseRequest) {
    self.request = request
  }

  func whole(_ answer: Answer) throws -> JSONValue {
    let usage = request.asked.usage(of: answer)
    var members = try extras(answer)
    members["output"] = [message(answer)]
    members["usage"] = [
      "input_tokens": .integer(usage.promptTokens),
      "input_tokens_details": ["cached_tokens": .integer(usage.cachedTokens), "cache_write_tokens": 0],
      "output_tokens": .integer(usage.completionTokens), "output_tokens_details": ["reasoning_tokens": 0],
      "total_tokens": .integer(usage.totalTokens),
    ]
    if answer.isCutOff {
      members["incomplete_details"] = ["reason": "max_output_tokens"]
    } else {
      members["completed_at"] = .integer(Int(Date().timeIntervalSince1970))
    }
    return object(Self.status(answer), members)
  }

  mutating func frames(for step: OpenAIStep) throws -> [OpenAIFrame] {
    switch step {
    case .begun:
      return [
        frame("response.created", ["response": object("in_progress")]),
        frame("response.in_progress", ["response": object("in_progress")]),
        frame("response.output_item.added", ["output_index": 0, "item": message("in_progress", [])]),
        frame("response.content_part.added", inPart(["part": Self.part("")])),
      ]
    case .delta(let text):
      return [frame("response.output_text.delta", inPart(["delta": .string(text), "logprobs": []]))]
    case .done(let answer): return try ending(answer)
    case .failed(let error):
      let failure: JSONValue = ["code": .string(Self.code(error)), "message": .string(error.message)]
      return [
        frame(
          "error",
          [
            "code": error.code.map { .string($0) } ?? .null, "message": .string(error.message),
            "param": error.parameter.map { .string($0) } ?? .null,
          ]),
        frame("response.failed", ["response": object("failed", ["error": failure])]),
      ]
    }
  }

  // MARK: Events

  private mutating func ending(_ answer: Answer) throws -> [OpenAIFrame] {
    let annotations = ResponseAnnotation.all(in: answer)
    var frames = annotations.enumerated().map { index, annotation in
      frame(
        "response.output_text.annotation.added",
        inPart(["annotation_index": .integer(index), "annotation": annotation]))
    }
    frames.append(
      frame("response.output_text.done", inPart(["text": .string(answer.answer), "logprobs": []])))
    frames.append(
      frame("response.content_part.done", inPart(["part": Self.part(answer.answer, annotations)])))
    frames.append(frame("response.output_item.done", ["output_index": 0, "item": message(answer)]))
    frames.append(frame("response.\(Self.status(answer))", ["response": try whole(answer)]))
    return frames
  }

  private mutating func frame(_ type: String, _ members: [String: JSONValue]) -> OpenAIFrame {
    var members = members
    members["type"] = .string(type)
    members["sequence_number"] = .integer(sequence)
    sequence += 1
    return OpenAIFrame(event: type, data: JSONValue.object(members).text)
  }

  /// Members of an event that tells of the only part of the only item.
  private func inPart(_ members: [String: JSONValue]) -> [String: JSONValue] {
    members.merging(["item_id": .string(item), "output_index": 0, "content_index": 0]) { $1 }
  }

  /// The contract's code of a failed response that comes nearest; the event `error` has the exact one.
  private static func code(_ error: OpenAIError) -> String {
    switch error.code {
    case "rate_limit_exceeded": "rate_limit_exceeded"
    case "context_length_exceeded": "invalid_prompt"
    default: "server_error"
    }
  }

  // MARK: Objects

  private static func status(_ answer: Answer) -> String { answer.isCutOff ? "incomplete" : "completed" }

  private func message(_ answer: Answer) -> JSONValue {
    message(Self.status(answer), [Self.part(answer.answer, ResponseAnnotation.all(in: answer))])
  }

  private func message(_ status: String, _ content: [JSONValue]) -> JSONValue {
    [
      "id": .string(item), "type": "message", "role": "assistant", "status": .string(status),
      "content": .array(content),
    ]
  }

  private static func part(_ text: String, _ annotations: [JSONValue] = []) -> JSONValue {
    ["type": "output_text", "text": .string(text), "annotations": .array(annotations), "logprobs": []]
  }

  /// The response in a state of its making.
  ///
  /// - Parameter members: what is known by then.
  private func object(_ status: String, _ members: [String: JSONValue] = [:]) -> JSONValue {
    let asked = request.asked
    var all: [String: JSONValue] = [
      "id": .string(id), "object": "response", "created_at": .integer(createdAt), "status": .string(status),
      "completed_at": .null, "error": .null, "incomplete_details": .null, "output": [],
      "model": .string(asked.model), "instructions": request.instructions.map { .string($0) } ?? .null,
      "max_output_tokens": asked.maximumTokens.map { .integer($0) } ?? .null,
      "temperature": asked.temperature.map { .number($0) } ?? .null,
      "top_p": asked.topP.map { .number($0) } ?? .null,
      "metadata": .object(request.metadata), "text": ["format": ["type": "text"]],
      "tools": [], "tool_choice": .string(request.toolChoice),
      "parallel_tool_calls": .bool(request.callsToolsInParallel),
      "previous_response_id": .null, "store": false, "background": false,
      // The oldest messages of a conversation that is longer than the model's window are left out.
      "truncation": "auto",
    ]
    all.merge(request.identifiers) { $1 }
    all.merge(members) { $1 }
    return .object(all)
  }
}
