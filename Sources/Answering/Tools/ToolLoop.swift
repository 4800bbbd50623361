import Models

/// A chat model that calls tools on the way to its answer: everything that it says is the answer's text, in pieces.
public struct ToolLoop: ChatModel {
  /// How much tools may be used for one answer.
  public struct Options: Sendable {
    /// How often the model may ask for tools before it has to answer.
    public var rounds = 6
    /// Calls of one round that are carried out; those that only read run side by side.
    public var callsPerRound = 16
    /// Most bytes of one result that the model is shown.
    public var resultBytes = 24 << 10

    public init() {}
  }

  let model: any ChatModel
  let caller: ToolCaller
  let context: ToolContext
  let record: ToolRecord
  let options: Options

  /// - Parameters:
  ///   - context: whose tools they are; its sources are what the answer may cite in the end.
  ///   - record: collects what was called.
  public init(
    _ model: any ChatModel, _ caller: ToolCaller, context: ToolContext, record: ToolRecord,
    options: Options = Options()
  ) {
    self.model = model
    self.caller = caller
    self.context = context
    self.record = record
    self.options = options
  }

  public var name: String { model.name }
  public var window: Int { model.window }

  /// Calls are events too, for whoever shows them; their results are in the record. Usage is that of all rounds.
  public func stream(_ request: ChatRequest) -> AsyncThrowingStream<ChatEvent, any Error> {
    guard !caller.tools.isEmpty else { return model.stream(request) }
    let run = ToolRun(self, request)
    return AsyncThrowingStream { try await run.next() }
  }
}
