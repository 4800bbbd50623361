/// Cohere's embed, rerank and chat of version 2, and its model list, after its OpenAPI description.
public final class FakeCohere: Sendable {
  public struct Behaviour: Sendable {
    public var models = ["embed-v4.0", "embed-english-v3.0", "rerank-v4.0-fast", "command-a-03-2025"]
    public var tokens: @Sendable (String) -> Int = { $0.utf8.count / 4 }
    /// How well a document answers a question.
    public var relevance: @Sendable (_ document: String, _ query: String) -> Double = { document, query in
      let words = query.split(separator: " ")
      return Double(words.count { document.contains($0) }) / Double(max(1, words.count))
    }
    /// The `data:` lines of a streamed answer.
    public var frames = FakeCohere.frames(["Hel", "lo."])
    /// Answers to a conversation with no round of tool calls in it, with one, and so on; in place of `frames`.
    public var framesByRound: [[String]] = []
    /// Whether frames are preceded by their `event:` line.
    public var namesEvents = true

    public init() {}
  }

  public let provider: FakeProvider
  public var key: String { provider.key }
  public var baseURL: String { provider.url }

  public init(key: String = "co-test-0123456789", _ change: (inout Behaviour) -> Void = { _ in }) throws {
    var behaviour = Behaviour()
    change(&behaviour)
    provider = try FakeProvider(key: key) { [behaviour] in behaviour.answer($0, &$1) }
  }

  public static func frames(_ pieces: [String], finish: String = "COMPLETE") -> [String] {
    let start = [
      #"{"type":"message-start","id":"m1","delta":{"message":{"role":"assistant","content":[],"tool_plan":"","tool_calls":[],"citations":[]}}}"#,
      #"{"type":"content-start","index":0,"delta":{"message":{"content":{"type":"text","text":""}}}}"#,
    ]
    let deltas = pieces.map { piece in
      let delta: TestJSON = ["message": ["content": ["text": .string(piece)]]]
      return TestJSON(dictionaryLiteral: ("type", "content-delta"), ("index", 0), ("delta", delta)).text
    }
    return start + deltas + [#"{"type":"content-end","index":0}"#, end(finish)]
  }

  public static func end(_ finish: String, error: String? = nil) -> String {
    let usage: TestJSON = [
      "billed_units": ["input_tokens": 9, "output_tokens": 3],
      "tokens": ["input_tokens": 70, "output_tokens": 4],
    ]
    var delta: [String: TestJSON] = ["finish_reason": .string(finish), "usage": usage]
    if let error { delta["error"] = .string(error) }
    return TestJSON(dictionaryLiteral: ("type", "message-end"), ("delta", .object(delta))).text
  }

  public static func error(
    _ status: Int, _ message: String, headers: [(String, String)] = []
  ) -> LocalResponse {
    .json(
      TestJSON(dictionaryLiteral: ("id", "x"), ("message", .string(message))).text, status: status,
      headers: headers)
  }
}

extension FakeCohere.Behaviour {
  func answer(_ request: LocalRequest, _ problems: inout [String]) -> LocalResponse {
    if request.method == "GET", request.path == "/v1/models" {
      let purpose = request.target.split(separator: "endpoint=").last ?? ""
      let fitting = models.filter { purpose == "chat" ? $0.hasPrefix("command") : $0.hasPrefix(purpose) }
      let list = fitting.map { TestJSON(dictionaryLiteral: ("name", .string($0)), ("is_deprecated", false)) }
      return .json(TestJSON(dictionaryLiteral: ("models", .array(list))).text)
    }
    guard request.method == "POST", ["/v2/embed", "/v2/rerank", "/v2/chat"].contains(request.path) else {
      problems.append("no such route")
      return FakeCohere.error(404, "not found")
    }
    if request.header("Content-Type") != "application/json" { problems.append("wrong Content-Type") }
    guard let body = TestJSON(request.body) else {
      problems.append("the body is not JSON")
      return FakeCohere.error(400, "invalid json syntax")
    }
    guard let model = body["model"]?.string, models.contains(model) else {
      return FakeCohere.error(
        404, "model '\(body["model"]?.string ?? "")' not found, make sure the name is correct")
    }
    let before = problems.count
    let answer =
      switch request.path {
      case "/v2/embed": embed(body, model, &problems)
      case "/v2/rerank": rerank(body, &problems)
      default: chat(body, &problems)
      }
    return problems.count == before ? answer : FakeCohere.error(400, problems.joined(separator: "; "))
  }

  private func embed(_ body: TestJSON, _ model: String, _ problems: inout [String]) -> LocalResponse {
    checkMembers(
      body, required: ["model", "input_type", "texts"],
      optional: ["embedding_types", "output_dimension", "truncate", "max_tokens", "priority"], &problems,
      of: "the body")
    let texts = body["texts"]?.strings ?? []
    if !(1...96).contains(texts.count) {
      problems.append("invalid request: total number of texts must be at most 96 - received \(texts.count)")
    }
    if texts.contains("") { problems.append("an empty text") }
    if !["search_document", "search_query"].contains(body["input_type"]?.string) {
      problems.append("input_type")
    }
    if body["embedding_types"] != ["float"] { problems.append("embedding_types") }
    if !["NONE", "START", "END", nil].contains(body["truncate"]?.string) { problems.append("truncate") }
    var size = model.hasSuffix("-v3.0") ? 1024 : 1536
    if let wanted = body["output_dimension"]?.number {
      if model.hasSuffix("-v3.0") || ![256, 512, 1024, 1536].contains(wanted) {
        problems.append("output_dimension")
      }
      size = Int(wanted)
    }
    // Documents and questions lie in one space, but are embedded differently.
    let mark = body["input_type"]?.string == "search_query" ? "query: " : ""
    let vectors = texts.map {
      TestJSON.array(fakeVector(mark + $0, dimensions: size).map { .number(Double($0)) })
    }
    let tokens = Double(texts.map(tokens).reduce(0, +))
    let answer: TestJSON = [
      "id": "e1", "response_type": "embeddings_by_type", "embeddings": ["float": .array(vectors)],
      "texts": .array(texts.map { .string($0) }),
      "meta": ["api_version": ["version": "2"], "billed_units": ["input_tokens": .number(tokens)]],
    ]
    return .json(answer.text)
  }

  private func rerank(_ body: TestJSON, _ problems: inout [String]) -> LocalResponse {
    checkMembers(
      body, required: ["model", "query", "documents"], optional: ["top_n", "max_tokens_per_doc", "priority"],
      &problems, of: "the body")
    let documents = body["documents"]?.strings ?? []
    let query = body["query"]?.string ?? ""
    if !(1...1000).contains(documents.count) { problems.append("\(documents.count) documents") }
    if query.allSatisfy(\.isWhitespace) { problems.append("an empty query") }
    if documents.contains(where: { $0.allSatisfy(\.isWhitespace) }) { problems.append("an empty document") }
    let ranked = documents.enumerated().map { (index: $0, score: relevance($1, query)) }
      .sorted { ($0.score, $1.index) > ($1.score, $0.index) }
    let results = ranked.map {
      TestJSON(
        dictionaryLiteral: ("index", .number(Double($0.index))), ("relevance_score", .number($0.score)))
    }
    let answer: TestJSON = [
      "id": "r1", "results": .array(results),
      "meta": ["api_version": ["version": "2"], "billed_units": ["search_units": 1]],
    ]
    return .json(answer.text)
  }

  private func chat(_ body: TestJSON, _ problems: inout [String]) -> LocalResponse {
    checkMembers(
      body, required: ["model", "messages", "stream"],
      optional: ["temperature", "p", "max_tokens", "stop_sequences", "tools", "tool_choice"], &problems,
      of: "the body")
    if body["stream"] != .bool(true) { problems.append("not streamed") }
    if let temperature = body["temperature"]?.number, !(0...1).contains(temperature) {
      problems.append("temperature")
    }
    if let p = body["p"]?.number, !(0.01...0.99).contains(p) { problems.append("p") }
    if (body["stop_sequences"]?.elements?.count ?? 0) > 5 { problems.append("too many stop sequences") }
    if !["REQUIRED", "NONE", nil].contains(body["tool_choice"]?.string) { problems.append("tool_choice") }
    for tool in body["tools"]?.elements ?? [] { checkTool(tool, &problems) }
    checkMessages(body["messages"], systemRole: "system", &problems)
    let text = roundFrames(body, framesByRound, else: frames).map { frame in
      let type = TestJSON(frame.utf8)?["type"]?.string ?? "message"
      return (namesEvents ? "event: \(type)\n" : "") + "data: \(frame)\n\n"
    }.joined()
    return LocalResponse(text, type: "text/event-stream")
  }
}
