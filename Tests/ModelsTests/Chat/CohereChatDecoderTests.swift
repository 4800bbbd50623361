import HTTPClient
import TestSupport
import Testing

@testable import Models

@Suite("Cohere chat stream")
struct CohereChatDecoderTests {
  typealias Case = OpenAIChatDecoderTests.Case

  static let usage = ChatEvent.usage(Usage(promptTokens: 9, completionTokens: 3))

  static let cases = [
    Case(
      name: "text and end", frames: FakeCohere.frames(["Hel", "lo."]),
      events: [.textDelta("Hel"), .textDelta("lo."), usage, .finish(.stop)]),
    Case(
      name: "with [DONE]", frames: FakeCohere.frames(["x"]) + ["[DONE]"],
      events: [.textDelta("x"), usage, .finish(.stop)]),
    Case(
      name: "the limit", frames: FakeCohere.frames([], finish: "MAX_TOKENS"),
      events: [usage, .finish(.length)]),
    Case(
      name: "a stop text", frames: FakeCohere.frames([], finish: "STOP_SEQUENCE"),
      events: [usage, .finish(.stop)]),
    Case(
      name: "another reason", frames: FakeCohere.frames([], finish: "NEW"),
      events: [usage, .finish(.other("NEW"))]),
    Case(
      name: "thinking, plans, citations and new types are not text",
      frames: [
        #"{"type":"content-delta","index":0,"delta":{"message":{"content":{"thinking":"hm"}}}}"#,
        #"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will"}}}"#,
        #"{"type":"citation-start","index":0,"delta":{"message":{"citations":{"start":0,"end":2,"text":"x"}}}}"#,
        #"{"type":"debug","prompt":"x"}"#, FakeCohere.end("COMPLETE"),
      ], events: [usage, .finish(.stop)]),
    Case(
      name: "tool calls",
      frames: [
        #"{"type":"tool-call-start","index":0,"delta":{"message":{"tool_calls":{"id":"c1","type":"function","function":{"name":"search","arguments":""}}}}}"#,
        #"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"{\"q\":"}}}}}"#,
        #"{"type":"tool-call-delta","index":0,"delta":{"message":{"tool_calls":{"function":{"arguments":"1}"}}}}}"#,
        #"{"type":"tool-call-end","index":0}"#,
        #"{"type":"tool-call-start","index":1,"delta":{"message":{"tool_calls":{"id":"","function":{"name":"fetch"}}}}}"#,
        #"{"type":"tool-call-end","index":1}"#, FakeCohere.end("TOOL_CALL"),
      ],
      events: [
        .toolCall(ToolCall(id: "c1", name: "search", arguments: #"{"q":1}"#)),
        .toolCall(ToolCall(id: "call_2", name: "fetch", arguments: "{}")), usage, .finish(.toolCalls),
      ]),
    Case(name: "nothing at all", frames: [], events: [], failure: .unavailable),
    Case(
      name: "an end before the answer's", frames: Array(FakeCohere.frames(["Hal"]).dropLast()),
      events: [.textDelta("Hal")],
      failure: .unavailable),
    Case(name: "garbage", frames: ["{"], events: [], failure: .invalidResponse),
    Case(
      name: "an end with an error",
      frames: FakeCohere.frames(["x"]).dropLast() + [FakeCohere.end("ERROR", error: "boom")],
      events: [.textDelta("x")], failure: .unavailable),
    Case(name: "an end by time", frames: [FakeCohere.end("TIMEOUT")], events: [], failure: .timeout),
    Case(
      name: "an error inside", frames: [#"{"id":"x","message":"internal server error"}"#], events: [],
      failure: .unavailable),
  ]

  @Test("becomes events", arguments: cases)
  func events(_ example: Case) {
    let errors = ErrorContext(endpoint: .cohere { "k" }, model: "m", modelVariable: "COHERE_MODEL")
    let (events, failure) = OpenAIChatDecoderTests.run(CohereChatDecoder(errors: errors), example.frames)
    #expect(events == example.events)
    #expect(failure == example.failure)
  }

  @Test("a whole answer is understood")
  func whole() throws {
    var decoder = CohereChatDecoder(
      errors: ErrorContext(endpoint: .cohere { "k" }, model: "m", modelVariable: "COHERE_MODEL"))
    let body =
      #"{"id":"x","finish_reason":"COMPLETE","message":{"role":"assistant","content":[{"type":"thinking","thinking":"hm"},{"type":"text","text":"Hi."}]},"usage":{"tokens":{"input_tokens":5,"output_tokens":2}}}"#
    #expect(
      try decoder.consume(whole: Array(body.utf8)) == [
        .textDelta("Hi."), .usage(Usage(promptTokens: 5, completionTokens: 2)), .finish(.stop),
      ])
  }
}
