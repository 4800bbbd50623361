import HTTPClient
import TestSupport
import Testing

@testable import Models

@Suite("OpenAI chat stream")
struct OpenAIChatDecoderTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let frames: [String]
    let events: [ChatEvent]
    /// What the stream ends with, if not well.
    var failure: ModelError.Kind?
    var testDescription: String { name }
  }

  private static func call(
    _ index: TestJSON?, id: String? = nil, name: String? = nil, _ arguments: TestJSON? = nil,
    extra: TestJSON? = nil
  ) -> TestJSON {
    var function: [String: TestJSON] = [:]
    if let name { function["name"] = .string(name) }
    function["arguments"] = arguments
    var call: [String: TestJSON] = ["function": .object(function)]
    call["index"] = index
    if let id { call["id"] = .string(id) }
    call["extra_content"] = extra
    return .object(call)
  }

  private static func calls(_ calls: TestJSON...) -> String {
    FakeOpenAI.chunk(["tool_calls": .array(calls)])
  }

  static let usage = ChatEvent.usage(Usage(promptTokens: 9, completionTokens: 3, cachedTokens: 4))
  static let finish = FakeOpenAI.chunk([:], finish: "stop")

  static let cases = [
    Case(
      name: "text, usage, end", frames: FakeOpenAI.frames(["Hel", "lo."]),
      events: [.textDelta("Hel"), .textDelta("lo."), usage, .finish(.stop)]),
    Case(
      name: "no usage, no [DONE]", frames: [FakeOpenAI.chunk(["content": "Hi"]), finish],
      events: [.textDelta("Hi"), .finish(.stop)]),
    Case(
      name: "[DONE] without a reason", frames: [FakeOpenAI.chunk(["content": "Hi"]), "[DONE]"],
      events: [.textDelta("Hi"), .finish(.stop)]),
    Case(
      name: "the limit", frames: FakeOpenAI.frames(["x"], finish: "length", usage: nil),
      events: [.textDelta("x"), .finish(.length)]),
    Case(
      name: "the filter", frames: [FakeOpenAI.chunk([:], finish: "content_filter")],
      events: [.finish(.contentFilter)]),
    Case(
      name: "another reason", frames: [FakeOpenAI.chunk([:], finish: "eos")], events: [.finish(.other("eos"))]
    ),
    Case(
      name: "a refusal", frames: [FakeOpenAI.chunk(["refusal": "I can't."]), finish, "[DONE]"],
      events: [.textDelta("I can't."), .finish(.contentFilter)]),
    Case(
      name: "reasoning and null content are not text",
      frames: [
        FakeOpenAI.chunk(["content": nil, "reasoning_content": "hm", "reasoning": "hm"]),
        FakeOpenAI.chunk(["content": "x"]), finish,
      ], events: [.textDelta("x"), .finish(.stop)]),
    Case(
      name: "content in parts",
      frames: [FakeOpenAI.chunk(["content": [["type": "text", "text": "a"], ["text": "b"]]]), finish],
      events: [.textDelta("ab"), .finish(.stop)]),
    Case(
      name: "frames without choices, and heartbeats",
      frames: [
        #"{"choices":[]}"#, #"{"id":"x"}"#, " ", FakeOpenAI.chunk(["content": "x"]), finish,
        #"{"timings":{}}"#,
      ],
      events: [.textDelta("x"), .finish(.stop)]),
    Case(
      name: "usage in every frame: the last counts",
      frames: [
        #"{"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":5,"completion_tokens":1}}"#,
        #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2}}"#,
      ], events: [.textDelta("x"), .usage(Usage(promptTokens: 5, completionTokens: 2)), .finish(.stop)]),
    Case(
      name: "tool calls in fragments",
      frames: [
        calls(call(0, id: "c1", name: "search", "")), calls(call(0, "{\"q\":")),
        calls(call(1, id: "c2", name: "fetch", "")),
        calls(call(0, "\"x\"}"), call(1, "{}")), FakeOpenAI.chunk([:], finish: "tool_calls"), "[DONE]",
      ],
      events: [
        .toolCall(ToolCall(id: "c1", name: "search", arguments: #"{"q":"x"}"#)),
        .toolCall(ToolCall(id: "c2", name: "fetch", arguments: "{}")), .finish(.toolCalls),
      ]),
    Case(
      name: "Gemini's calls: whole, all with index 0, ended by `stop`, with a signature",
      frames: [
        calls(call(0, id: "a", name: "f", "{\"x\":1}", extra: ["google": ["thought_signature": "SIG"]])),
        calls(call(0, id: "b", name: "g", "{}")), finish,
      ],
      events: [
        .toolCall(
          ToolCall(
            id: "a", name: "f", arguments: "{\"x\":1}", providerData: ["google": ["thought_signature": "SIG"]]
          )),
        .toolCall(ToolCall(id: "b", name: "g", arguments: "{}")), .finish(.toolCalls),
      ]),
    Case(
      name: "calls without index, id or arguments, and arguments as JSON",
      frames: [calls(call(nil, name: "f"), call(nil, name: "g", ["k": 1])), finish],
      events: [
        .toolCall(ToolCall(id: "call_1", name: "f", arguments: "{}")),
        .toolCall(ToolCall(id: "call_2", name: "g", arguments: #"{"k":1}"#)), .finish(.toolCalls),
      ]),
    Case(
      name: "only the first choice counts",
      frames: [
        #"{"choices":[{"index":1,"delta":{"content":"no"}},{"index":0,"delta":{"content":"yes"}}]}"#, finish,
      ],
      events: [.textDelta("yes"), .finish(.stop)]),
    Case(name: "nothing at all", frames: [], events: [], failure: .unavailable),
    Case(
      name: "an end before the answer's", frames: [FakeOpenAI.chunk(["content": "Hal"])],
      events: [.textDelta("Hal")],
      failure: .unavailable),
    Case(
      name: "garbage", frames: [FakeOpenAI.chunk(["content": "x"]), "<html>"], events: [.textDelta("x")],
      failure: .invalidResponse),
    Case(name: "the wrong shape", frames: [#"{"choices":"x"}"#], events: [], failure: .invalidResponse),
    Case(
      name: "an error inside",
      frames: [
        FakeOpenAI.chunk(["content": "x"]),
        #"{"error":{"message":"The server had an error","type":"server_error","code":null}}"#,
      ],
      events: [.textDelta("x")], failure: .unavailable),
    Case(
      name: "a rate limit inside",
      frames: [#"{"error":{"message":"slow","type":"tokens","code":"rate_limit_exceeded"}}"#],
      events: [], failure: .rateLimited),
    Case(
      name: "Gemini's array inside",
      frames: [#"[{"error":{"code":503,"message":"overloaded","status":"UNAVAILABLE"}}]"#],
      events: [], failure: .unavailable),
    Case(
      name: "vLLM's old shape inside",
      frames: [
        #"{"object":"error","message":"maximum context length is 4096","type":"BadRequestError","code":400}"#
      ],
      events: [], failure: .contextLengthExceeded),
    Case(
      name: "a text as error", frames: [#"{"error":"model 'x' not found"}"#], events: [],
      failure: .modelNotFound),
  ]

  /// All events, and the kind of the failure.
  static func run(_ decoder: some ChatStreamDecoder, _ frames: [String]) -> ([ChatEvent], ModelError.Kind?) {
    var decoder = decoder
    var events: [ChatEvent] = []
    do throws(ModelError) {
      for frame in frames where !decoder.isComplete {
        events += try decoder.consume(ServerSentEvent(data: frame))
      }
      if !decoder.isComplete { events += try decoder.finish() }
      return (events, nil)
    } catch {
      return (events, error.kind)
    }
  }

  @Test("becomes events", arguments: cases)
  func events(_ example: Case) {
    let (events, failure) = Self.run(OpenAIChatDecoder(errors: ErrorKindTests.errors), example.frames)
    #expect(events == example.events)
    #expect(failure == example.failure)
  }

  @Test("an `error` event is an error whatever it holds")
  func errorEvent() {
    var decoder = OpenAIChatDecoder(errors: ErrorKindTests.errors)
    #expect(throws: ModelError.self) {
      try decoder.consume(ServerSentEvent(type: "error", data: #"{"message":"boom"}"#))
    }
  }

  @Test("a server that does not stream is understood")
  func whole() throws {
    var decoder = OpenAIChatDecoder(errors: ErrorKindTests.errors)
    let body =
      #"{"choices":[{"index":0,"message":{"role":"assistant","content":"Hi.","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1,"completion_tokens":2}}"#
    #expect(
      try decoder.consume(whole: Array(body.utf8)) == [
        .textDelta("Hi."), .toolCall(ToolCall(id: "c", name: "f", arguments: "{}")),
        .usage(Usage(promptTokens: 1, completionTokens: 2)), .finish(.toolCalls),
      ])
    for (body, kind) in [
      ("{}", ModelError.Kind.invalidResponse), ("x", .invalidResponse),
      (#"{"error":{"code":429,"message":"x"}}"#, .rateLimited),
    ] {
      var decoder = OpenAIChatDecoder(errors: ErrorKindTests.errors)
      let error = #expect(throws: ModelError.self) { try decoder.consume(whole: Array(body.utf8)) }
      #expect(error?.kind == kind)
    }
  }
}
