import Models
import State
import Synchronization
import TestSupport
import Testing

@testable import Answering

/// A tool that does what a closure says.
struct TestTool: Tool {
  var definition: ChatTool
  var traits = ToolTraits()
  var work: @Sendable (JSONValue, ToolContext) async throws -> JSONValue

  init(
    _ name: String, parameters: JSONValue = ["type": "object"],
    _ work: @escaping @Sendable (JSONValue, ToolContext) async throws -> JSONValue
  ) {
    definition = ChatTool(name: name, description: "A test.", parameters: parameters)
    self.work = work
  }

  func call(_ arguments: JSONValue, _ context: ToolContext) async throws -> JSONValue {
    try await work(arguments, context)
  }
}

private struct Broken: Error, CustomStringConvertible { let description = "the disk is on fire" }

@Suite struct ToolLoopTests {
  private let record = ToolRecord()

  private static let double = TestTool(
    "double",
    parameters: ["type": "object", "properties": ["n": ["type": "integer"]], "required": ["n"]]
  ) { arguments, _ in .integer((arguments["n"]?.integer ?? 0) * 2) }

  private func loop(
    _ model: any ChatModel, _ tools: [any Tool] = [double], _ options: ToolLoop.Options = ToolLoop.Options(),
    limit: Duration = .seconds(5), report: @escaping @Sendable (String, any Error) -> Void = { _, _ in }
  ) -> ToolLoop {
    ToolLoop(
      model, ToolCaller(tools, limit: limit, report: report),
      context: ToolContext(owner: .user("ann")), record: record, options: options)
  }

  private let question = ChatRequest(messages: [.system("Be brief."), .user("Twice 4?")])

  /// The results that the model was handed in its second round.
  private func results(_ model: RoundsChatModel, round: Int = 1) throws -> [String] {
    try #require(model.requests.count > round)
    return model.requests[round].messages.compactMap {
      if case .tool(_, let result) = $0 { result } else { nil }
    }
  }

  @Test func aCallsResultGoesBackAndTheTextIsTheAnswer() async throws {
    let model = RoundsChatModel(
      .calls(("double", #"{"n":4}"#), usage: Usage(promptTokens: 10, completionTokens: 1)),
      .events([
        .textDelta("It is "), .textDelta("8."), .usage(Usage(promptTokens: 20, completionTokens: 3)),
        .finish(.stop),
      ]))
    var events: [ChatEvent] = []
    for try await event in loop(model).stream(question) { events.append(event) }
    #expect(
      events == [
        .toolCall(ToolCall(id: "c1", name: "double", arguments: #"{"n":4}"#)), .textDelta("It is "),
        .textDelta("8."), .usage(Usage(promptTokens: 30, completionTokens: 4)), .finish(.stop),
      ])
    #expect(record.uses == [ToolUse(name: "double", arguments: ["n": 4], result: 8, answers: true)])
    #expect(model.requests[0].tools.map(\.name) == ["double"])
    #expect(model.requests[0].messages[0].text.hasPrefix("Be brief.\n\n"))
    let second = model.requests[1].messages
    #expect(
      second.dropFirst(2) == [
        .assistant("", toolCalls: [ToolCall(id: "c1", name: "double", arguments: #"{"n":4}"#)]),
        .tool(callID: "c1", result: "8"),
      ])
  }

  @Test func parallelCallsRunSideBySideAndKeepTheirOrder() async throws {
    // Each waits for the other: one after the other, they would never end.
    let (first, second) = (AsyncStream<Void>.makeStream(), AsyncStream<Void>.makeStream())
    var tools = [
      TestTool("a") { _, _ in
        first.continuation.finish()
        for await _ in second.stream {}
        return "A"
      },
      TestTool("b") { _, _ in
        second.continuation.finish()
        for await _ in first.stream {}
        return "B"
      },
    ]
    for index in tools.indices { tools[index].traits.isReadOnly = true }
    let model = RoundsChatModel(.calls(("a", "{}"), ("b", ""), ("a", "{}")), .text("Done."))
    let reply = try await loop(model, tools).complete(question)
    #expect(reply.text == "Done.")
    #expect(try results(model) == ["A", "B", "A"])
    #expect(record.uses.map(\.name) == ["a", "b", "a"])
  }

  @Test func aCallThatChangesSomethingKeepsItsPlace() async throws {
    let count = Mutex(0)
    var read = TestTool("read") { _, _ in .integer(count.withLock { $0 }) }
    read.traits.isReadOnly = true
    let add = TestTool("add") { _, _ in
      // Whoever does not wait for this reads an old number.
      try await Task.sleep(for: .milliseconds(20))
      return .integer(
        count.withLock { count in
          count += 1
          return count
        })
    }
    let model = RoundsChatModel(
      .calls(("read", "{}"), ("add", "{}"), ("read", "{}"), ("add", "{}"), ("read", "{}")), .text("2."))
    _ = try await loop(model, [read, add]).complete(question)
    #expect(try results(model) == ["0", "1", "1", "2", "2"])
  }

  @Test(arguments: [
    ("none", "{}", "There is no tool 'none'. The tools are: double."),
    ("double", "{n:4", "The arguments are not a JSON object. Call again with one."),
    ("double", "[4]", "The arguments are not a JSON object. Call again with one."),
    (
      "double", #"{"n":"four"}"#,
      "Invalid arguments: n: expected integer, found string. Correct them and call again."
    ),
  ])
  func aModelMayCorrectItsMistake(name: String, arguments: String, message: String) async throws {
    let model = RoundsChatModel(.calls((name, arguments)), .calls(("double", #"{"n":4}"#)), .text("8."))
    #expect(try await loop(model).complete(question).text == "8.")
    #expect(try results(model) == [JSONValue.object(["error": .string(message)]).text])
    #expect(record.uses.map(\.isError) == [true, false])
  }

  @Test func theReasonOfAFailureIsForTheLogAlone() async throws {
    let reasons = Mutex<[String]>([])
    let model = RoundsChatModel(.calls(("burn", "{}")), .text("It failed."))
    let loop = loop(model, [TestTool("burn") { _, _ in throw Broken() }]) { tool, reason in
      reasons.withLock { $0.append("\(tool): \(reason)") }
    }
    _ = try await loop.complete(question)
    #expect(try results(model) == [#"{"error":"Unable to complete task operation"}"#])
    #expect(reasons.withLock { $0 } == ["burn: the disk is on fire"])
  }

  @Test func aToolThatHangsIsGivenUp() async throws {
    let (never, _) = AsyncStream<Void>.makeStream()
    let reasons = Mutex<[String]>([])
    let hang = TestTool("hang") { _, _ in
      // Ignores its cancellation, as blocking code does.
      await Task { for await _ in never {} }.value
      return 1
    }
    let model = RoundsChatModel(.calls(("hang", "{}"), ("double", #"{"n":1}"#)), .text("Half."))
    let loop = loop(model, [hang, Self.double], limit: .milliseconds(50)) { tool, _ in
      reasons.withLock { $0.append(tool) }
    }
    _ = try await loop.complete(question)
    #expect(try results(model) == [#"{"error":"Unable to complete task operation"}"#, "2"])
    #expect(reasons.withLock { $0 } == ["hang"])
  }

  @Test func afterTheLastRoundTheModelHasToAnswer() async throws {
    var options = ToolLoop.Options()
    options.rounds = 2
    let model = RoundsChatModel(.calls(("double", #"{"n":4}"#)))
    let reply = try await loop(model, [Self.double], options).complete(question)
    #expect(reply.text == "This took more steps than are allowed." && reply.finish == .stop)
    #expect(model.requests.map(\.toolChoice) == [.auto, .auto, .none])
    #expect(record.uses.count == 2)
  }

  @Test func tooManyCallsAtATimeAreRefused() async throws {
    var options = ToolLoop.Options()
    options.callsPerRound = 1
    let model = RoundsChatModel(.calls(("double", #"{"n":1}"#), ("double", #"{"n":2}"#)), .text("2."))
    _ = try await loop(model, [Self.double], options).complete(question)
    #expect(try results(model) == ["2", #"{"error":"Not called: at most 1 calls at a time."}"#])
  }

  @Test func textBeforeACallIsAParagraphOfItsOwn() async throws {
    let call = ToolCall(id: "c1", name: "double", arguments: #"{"n":4}"#)
    let model = RoundsChatModel(
      .events([.textDelta("Let me see."), .toolCall(call), .finish(.toolCalls)]), .text("8."))
    #expect(try await loop(model).complete(question).text == "Let me see.\n\n8.")
  }

  @Test func aLongResultIsCutAtACharacter() async throws {
    var options = ToolLoop.Options()
    options.resultBytes = 6
    let model = RoundsChatModel(.calls(("long", "{}")), .text("Long."))
    _ = try await loop(model, [TestTool("long") { _, _ in "äöüäöü!" }], options).complete(question)
    #expect(try results(model) == ["äöü… (cut: the result has 13 bytes)"])
  }

  @Test func resultsThatDoNotFitTheWindowAreShortened() async throws {
    let long = ModelError(.contextLengthExceeded, provider: "rounds", message: "Too long.")
    let text = String(repeating: "x", count: 20_000)
    let model = RoundsChatModel(.calls(("long", "{}")), .failure(long), .text("Long."))
    let calls = Mutex(0)
    let tool = TestTool("long") { _, _ in
      calls.withLock { $0 += 1 }
      return .string(text)
    }
    #expect(try await loop(model, [tool]).complete(question).text == "Long.")
    #expect(try results(model, round: 1) == [text])
    #expect(try results(model, round: 2)[0].utf8.count < 7000)
    #expect(calls.withLock { $0 } == 1)
  }

  @Test func theDeadlineEndsTheLoop() async throws {
    var request = question
    request.deadline = .now - .seconds(1)
    let model = RoundsChatModel(.calls(("double", #"{"n":4}"#)), .text("8."))
    await #expect(throws: ModelError.self) { try await loop(model).complete(request) }
  }

  @Test func aFailureOfTheModelIsPassedOn() async throws {
    let failure = ModelError(.unavailable, provider: "rounds", message: "Down.")
    let model = RoundsChatModel(.calls(("double", #"{"n":4}"#)), .failure(failure))
    await #expect(throws: failure) { try await loop(model).complete(question) }
  }

  @Test func aModelWithoutToolsIsAskedWithoutThem() async throws {
    let refusal = ModelError(
      .invalidRequest, provider: "rounds", message: "registry/tiny:1b does not support tools")
    let model = RoundsChatModel(.failure(refusal), .text("8."))
    #expect(try await loop(model).complete(question).text == "8.")
    #expect(model.requests[1] == question)
    let other = ModelError(.invalidRequest, provider: "rounds", message: "temperature is too high")
    await #expect(throws: other) { try await loop(RoundsChatModel(.failure(other))).complete(question) }
  }
}
