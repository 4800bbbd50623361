import Models
import State

/// An answer on whose way the chat model may call tools.
public struct ToolTurn: ChatTurn {
  private let caller: ToolCaller
  private let owner: Owner?
  private let options: ToolLoop.Options

  /// - Parameter owner: whose tasks the tools work on; nil for nobody's.
  public init(_ caller: ToolCaller, owner: Owner?, options: ToolLoop.Options = ToolLoop.Options()) {
    self.caller = caller
    self.owner = owner
    self.options = options
  }

  public var worksWithoutSources: Bool { caller.tools.contains { $0.traits.answers } }

  public func run(
    _ request: ChatRequest, with model: any ChatModel, sources: Int, _ receive: (ChatTurnEvent) -> Void
  ) async throws {
    let record = ToolRecord()
    let found = NumberedSources(after: sources)
    let context = ToolContext(
      owner: owner, sources: found, deadline: request.deadline ?? .now + .seconds(120))
    var told = (sources: 0, uses: 0)
    let loop = ToolLoop(model, caller, context: context, record: record, options: options)
    // What the tools brought comes before the text that speaks of it, and before a failure after it.
    func tell() {
      let (passages, uses) = (found.passages, record.uses)
      if passages.count > told.sources { receive(.sources(Array(passages[told.sources...]))) }
      for use in uses[told.uses...] { receive(.tool(use)) }
      told = (passages.count, uses.count)
    }
    defer { tell() }
    for try await event in loop.stream(request) {
      tell()
      switch event {
      case .textDelta(let text): receive(.text(text))
      case .usage(let usage): receive(.usage(usage))
      case .finish(let reason):
        if let usage = found.usage { receive(.usage(usage)) }
        receive(.finish(reason))
      case .toolCall: break
      }
    }
  }
}
