import FoundationEssentials
import Synchronization

/// OpenAI's embeddings, chat completions and model list, after its reference; or a compatible server's.
public final class FakeOpenAI: Sendable {
  public struct Behaviour: Sendable {
    /// Whether the newer names are demanded (`developer`, `max_completion_tokens`), or the older.
    public var isOriginal = true
    /// What the path of every request starts with.
    public var basePath = "/v1"
    public var models = ["text-embedding-3-small", "gpt-5.4-mini", "gpt-5.4", "gpt-4o", "whisper-1"]
    public var dimensions = 1536
    /// Models whose vectors can be shortened.
    public var shortened = ["text-embedding-3-small", "text-embedding-3-large", "gemini-embedding-001"]
    /// Counts the tokens of an input, to enforce the limits.
    public var tokens: @Sendable (String) -> Int = { $0.utf8.count / 4 }
    public var tokensPerInput = 8192
    public var tokensPerRequest = 300_000
    public var inputsPerRequest = 2048
    /// Answers with lists of numbers whatever was asked for.
    public var ignoresBase64 = false
    /// Parameters that are refused by name.
    public var refused: Set<String> = []
    /// The `data:` lines of a streamed answer.
    public var frames = FakeOpenAI.frames(["Hel", "lo."])
    /// Answers to a conversation with no round of tool calls in it, with one, and so on; in place of `frames`.
    public var framesByRound: [[String]] = []

    public init() {}
  }

  public let provider: FakeProvider
  public var key: String { provider.key }
  public var baseURL: String { provider.url + behaviour.basePath }
  private let behaviour: Behaviour

  public init(key: String = "sk-test-0123456789", _ change: (inout Behaviour) -> Void = { _ in }) throws {
    var behaviour = Behaviour()
    change(&behaviour)
    self.behaviour = behaviour
    provider = try FakeProvider(key: key) { [behaviour] in behaviour.answer($0, &$1) }
  }

  /// A plain streamed answer: role, pieces, finish reason, usage, end.
  public static func frames(
    _ pieces: [String], finish: String = "stop", usage: (Int, Int)? = (9, 3)
  ) -> [String] {
    var frames = [chunk(["role": "assistant", "content": "", "refusal": nil])]
    frames += pieces.map { chunk(["content": .string($0)]) }
    frames.append(chunk([:], finish: finish))
    if let usage {
      let count: TestJSON = [
        "prompt_tokens": .number(Double(usage.0)), "completion_tokens": .number(Double(usage.1)),
        "total_tokens": .number(Double(usage.0 + usage.1)), "prompt_tokens_details": ["cached_tokens": 4],
      ]
      frames.append(TestJSON(dictionaryLiteral: ("choices", []), ("usage", count)).text)
    }
    return frames + ["[DONE]"]
  }

  public static func chunk(_ delta: TestJSON, finish: String? = nil) -> String {
    let reason: TestJSON = finish.map { .string($0) } ?? .null
    let body: TestJSON = [
      "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_795_262_400,
      "model": "gpt-5.4-mini",
      "choices": [["index": 0, "delta": delta, "finish_reason": reason, "logprobs": nil]], "usage": nil,
      "obfuscation": "x7Fq",
    ]
    return body.text
  }

  public static func error(
    _ status: Int, message: String = "No.", type: String = "invalid_request_error", code: TestJSON = nil,
    parameter: TestJSON = nil, headers: [(String, String)] = []
  ) -> LocalResponse {
    let body: TestJSON = [
      "error": ["message": .string(message), "type": .string(type), "code": code, "param": parameter]
    ]
    return .json(body.text, status: status, headers: headers)
  }
}

extension FakeOpenAI.Behaviour {
  func answer(_ request: LocalRequest, _ problems: inout [String]) -> LocalResponse {
    let path = request.path.hasPrefix(basePath) ? String(request.path.dropFirst(basePath.count)) : "?"
    switch (request.method, path) {
    case ("GET", "/models"):
      let data = models.map { TestJSON(dictionaryLiteral: ("id", .string($0)), ("object", "model")) }
      return .json(TestJSON(dictionaryLiteral: ("object", "list"), ("data", .array(data))).text)
    case ("POST", "/embeddings"), ("POST", "/chat/completions"):
      break
    default:
      problems.append("no such route")
      return FakeOpenAI.error(404, message: "Invalid URL (\(request.method) \(request.target))")
    }
    if request.header("Content-Type") != "application/json" { problems.append("wrong Content-Type") }
    guard let body = TestJSON(request.body) else {
      problems.append("the body is not JSON")
      return FakeOpenAI.error(400, message: "We could not parse the JSON body of your request.")
    }
    for name in (body.members ?? [:]).keys.sorted() where refused.contains(name) {
      return FakeOpenAI.error(
        400, message: "Unsupported parameter: '\(name)' is not supported with this model.",
        code: "unsupported_parameter", parameter: .string(name))
    }
    guard let model = body["model"]?.string, models.contains(model) else {
      return FakeOpenAI.error(
        404,
        message: "The model `\(body["model"]?.string ?? "")` does not exist or you do not have access to it.",
        code: "model_not_found")
    }
    let before = problems.count
    let answer = path == "/embeddings" ? embeddings(body, &problems) : chat(body, &problems)
    return problems.count == before
      ? answer : FakeOpenAI.error(400, message: problems.joined(separator: "; "))
  }

  // MARK: Embeddings

  private func embeddings(_ body: TestJSON, _ problems: inout [String]) -> LocalResponse {
    checkMembers(
      body, required: ["model", "input"], optional: ["encoding_format", "dimensions", "user"], &problems,
      of: "the body")
    guard let inputs = body["input"]?.strings else {
      problems.append("'input' is not a list of strings")
      return FakeOpenAI.error(400)
    }
    if inputs.isEmpty || inputs.count > inputsPerRequest { problems.append("\(inputs.count) inputs") }
    if inputs.contains("") { problems.append("an empty input") }
    let counts = inputs.map(tokens)
    if let longest = counts.max(), longest > tokensPerInput {
      return FakeOpenAI.error(
        400,
        message: "This model's maximum context length is \(tokensPerInput) tokens, however you requested "
          + "\(longest) tokens.")
    }
    let sum = counts.reduce(0, +)
    if sum > tokensPerRequest {
      return FakeOpenAI.error(
        400, message: "Requested \(sum) tokens, max \(tokensPerRequest) tokens per request",
        type: "max_tokens_per_request", code: "max_tokens_per_request")
    }
    let wanted = body["dimensions"]?.number
    if wanted != nil, !shortened.contains(body["model"]?.string ?? "") {
      problems.append("'dimensions' for a model without")
    }
    let size = wanted.map { Int($0) } ?? dimensions
    let isBase64 = body["encoding_format"]?.string == "base64" && !ignoresBase64
    // Backwards, because the order is not promised: `index` is.
    let data = inputs.indices.reversed().map { index in
      let vector = fakeVector(inputs[index], dimensions: size)
      let embedding: TestJSON =
        isBase64
        ? .string(vector.withUnsafeBytes { Data($0) }.base64EncodedString())
        : .array(vector.map { .number(Double($0)) })
      return TestJSON(dictionaryLiteral: ("index", .number(Double(index))), ("embedding", embedding))
    }
    let usage: TestJSON = ["prompt_tokens": .number(Double(sum)), "total_tokens": .number(Double(sum))]
    return .json(
      TestJSON(dictionaryLiteral: ("object", "list"), ("data", .array(data)), ("usage", usage)).text)
  }

  // MARK: Chat

  private func chat(_ body: TestJSON, _ problems: inout [String]) -> LocalResponse {
    checkMembers(
      body, required: ["model", "messages", "stream"],
      optional: [
        isOriginal ? "max_completion_tokens" : "max_tokens", "stream_options", "temperature", "top_p",
        "stop",
        "reasoning_effort", "tools", "tool_choice",
      ], &problems, of: "the body")
    if body["stream"] != .bool(true) { problems.append("not streamed") }
    if let options = body["stream_options"], options != ["include_usage": true] {
      problems.append("stream_options")
    }
    if body["tool_choice"] != nil, body["tools"] == nil { problems.append("tool_choice without tools") }
    for tool in body["tools"]?.elements ?? [] { checkTool(tool, &problems) }
    checkMessages(body["messages"], systemRole: isOriginal ? "developer" : "system", &problems)
    let text = roundFrames(body, framesByRound, else: frames).map { "data: \($0)\n\n" }.joined()
    return LocalResponse(text, type: "text/event-stream; charset=utf-8")
  }
}

/// A tool in the shape that OpenAI and Cohere share.
func checkTool(_ tool: TestJSON, _ problems: inout [String]) {
  checkMembers(tool, required: ["type", "function"], optional: [], &problems, of: "a tool")
  guard let function = tool["function"] else { return }
  checkMembers(
    function, required: ["name", "parameters"], optional: ["description", "strict"], &problems,
    of: "a tool's function")
  if function["parameters"]?["type"]?.string != "object" { problems.append("parameters are not an object") }
}

/// Messages in the shape that OpenAI and Cohere share.
func checkMessages(_ messages: TestJSON?, systemRole: String, _ problems: inout [String]) {
  var openCalls: Set<String> = []
  if messages?.elements?.isEmpty != false { problems.append("no messages") }
  for message in messages?.elements ?? [] {
    let role = message["role"]?.string ?? ""
    switch role {
    case systemRole, "user":
      checkMembers(message, required: ["role", "content"], optional: [], &problems, of: "a message")
    case "tool":
      checkMembers(
        message, required: ["role", "content", "tool_call_id"], optional: [], &problems,
        of: "a tool's message")
      if openCalls.remove(message["tool_call_id"]?.string ?? "") == nil {
        problems.append("a result without a call")
      }
    case "assistant":
      let calls = message["tool_calls"]?.elements ?? []
      checkMembers(
        message, required: calls.isEmpty ? ["role", "content"] : ["role", "tool_calls"],
        optional: ["content"],
        &problems, of: "the assistant's message")
      for call in calls {
        checkMembers(
          call, required: ["id", "type", "function"], optional: ["extra_content"], &problems, of: "a call")
        if call["function"]?["arguments"]?.string == nil { problems.append("arguments are not text") }
        openCalls.insert(call["id"]?.string ?? "")
      }
    default:
      problems.append("the role '\(role)'")
    }
  }
}

/// The frames for a conversation with as many rounds of tool calls as this one.
func roundFrames(_ body: TestJSON, _ rounds: [[String]], else frames: [String]) -> [String] {
  let round = body["messages"]?.elements?.count { $0["tool_calls"] != nil } ?? 0
  return rounds.isEmpty ? frames : rounds[min(round, rounds.count - 1)]
}
