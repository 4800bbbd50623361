import HTTPClient
import Models
import State
import TestSupport
import Testing

@testable import Answering

/// Both providers' wire formats, through a loop that calls a tool twice at once.
@Suite struct ProviderToolTests {
  private static let client = {
    var configuration = HTTPClient.Configuration()
    configuration.proxy = .none
    return HTTPClient(configuration: configuration)
  }()

  private func run(_ model: any ChatModel) async throws -> (text: String, uses: [ToolUse]) {
    let double = TestTool(
      "double",
      parameters: ["type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"]]
    ) { arguments, _ in ["doubled": .integer((arguments["n"]?.integer ?? 0) * 2)] }
    let record = ToolRecord()
    let loop = ToolLoop(model, ToolCaller([double]), context: ToolContext(), record: record)
    let reply = try await loop.complete(
      ChatRequest(messages: [.system("Be brief."), .user("Twice 2 and 3?")]))
    return (reply.text, record.uses)
  }

  private static func call(_ index: Int, _ id: String, _ n: Int, signature: String? = nil) -> TestJSON {
    var call: [String: TestJSON] = [
      "index": .number(Double(index)), "id": .string(id), "type": "function",
      "function": ["name": "double", "arguments": .string(#"{"n":\#(n)}"#)],
    ]
    if let signature { call["extra_content"] = ["google": ["thought_signature": .string(signature)]] }
    return .object(call)
  }

  private static func frames(signature: String? = nil) -> [String] {
    [
      FakeOpenAI.chunk(["role": "assistant", "content": nil]),
      FakeOpenAI.chunk(["tool_calls": [call(0, "c1", 2, signature: signature)]]),
      FakeOpenAI.chunk(["tool_calls": [call(1, "c2", 3)]]), FakeOpenAI.chunk([:], finish: "tool_calls"),
      "[DONE]",
    ]
  }

  private func checkResults(_ body: TestJSON) {
    let messages = body["messages"]?.elements ?? []
    let results = messages.filter { $0["role"] == "tool" }
    #expect(results.map { $0["tool_call_id"] } == ["c1", "c2"])
    #expect(results.map { $0["content"] } == [#"{"doubled":4}"#, #"{"doubled":6}"#])
    let calls = messages.first { $0["role"] == "assistant" }?["tool_calls"]?.elements
    #expect(calls?.map { $0["function"]?["arguments"] } == [#"{"n":2}"#, #"{"n":3}"#])
  }

  @Test(arguments: [nil, "SIG=="])
  func openAIAndGeminiAreHandedTheResultsOfParallelCalls(signature: String?) async throws {
    let fake = try FakeOpenAI {
      $0.isOriginal = false
      $0.framesByRound = [Self.frames(signature: signature), FakeOpenAI.frames(["4 and", " 6."])]
    }
    let key: @Sendable () -> String? = { [key = fake.key] in key }
    let model = OpenAIChatModel(
      OpenAIChatModel.Configuration(model: "gpt-5.4-mini"),
      endpoint: signature == nil
        ? .openAI(baseURL: fake.baseURL, key: key) : .gemini(baseURL: fake.baseURL, key: key),
      client: Self.client)
    let (text, uses) = try await run(model)
    #expect(text == "4 and 6.")
    #expect(uses.map(\.result) == [["doubled": 4], ["doubled": 6]])
    #expect(fake.provider.violations == [])
    let bodies = fake.provider.bodies("/v1/chat/completions")
    try #require(bodies.count == 2)
    #expect(bodies[0]["tools"]?[0]?["function"]?["name"] == "double")
    checkResults(bodies[1])
    let first = bodies[1]["messages"]?.elements?.first { $0["role"] == "assistant" }?["tool_calls"]?[0]
    #expect(first?["extra_content"]?["google"]?["thought_signature"]?.string == signature)
  }

  @Test func cohereIsHandedTheResultsOfParallelCalls() async throws {
    func frames(_ index: Int, _ id: String, _ n: Int) -> [String] {
      let start: TestJSON = [
        "type": "tool-call-start", "index": .number(Double(index)),
        "delta": [
          "message": [
            "tool_calls": [
              "id": .string(id), "type": "function",
              "function": ["name": "double", "arguments": .string(#"{"n":\#(n)}"#)],
            ]
          ]
        ],
      ]
      return [start.text, #"{"type":"tool-call-end","index":\#(index)}"#]
    }
    let calls =
      [#"{"type":"tool-plan-delta","delta":{"message":{"tool_plan":"I will double."}}}"#] + frames(0, "c1", 2)
      + frames(1, "c2", 3) + [FakeCohere.end("TOOL_CALL")]
    let fake = try FakeCohere { $0.framesByRound = [calls, FakeCohere.frames(["4 and", " 6."])] }
    let model = CohereChatModel(
      model: "command-a-03-2025",
      endpoint: .cohere(baseURL: fake.baseURL) { [key = fake.key] in key },
      client: Self.client)
    let (text, uses) = try await run(model)
    #expect(text == "4 and 6." && uses.count == 2)
    #expect(fake.provider.violations == [])
    let bodies = fake.provider.bodies("/v2/chat")
    try #require(bodies.count == 2)
    checkResults(bodies[1])
  }
}
