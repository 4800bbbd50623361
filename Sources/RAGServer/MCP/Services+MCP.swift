import Answering
import FoundationEssentials
import HTTPServer
import MCP
import Setup
import State

extension Services {
  /// The route `/mcp` with everything that a caller may use.
  func mcpRoute() -> MCPRoute {
    var options = MCPServer.Options(version: ServerProgram.version)
    // Before the request's own time is over, so that the client's model is told.
    options.callLimit = max(
      configuration.requestTimeout - .seconds(1), configuration.requestTimeout / 2)
    let server = MCPServer(
      options: options, documents: DocumentResources(corpus: corpus), report: requests.toolFailed)
    return MCPRoute(server: server) { [self] request in
      let caller: Caller =
        if let admitted = Admission.admitted { admitted.caller } else {
          try await callers.caller(of: request)
        }
      return mcpCaller(caller, request)
    }
  }

  private func mcpCaller(_ caller: Caller, _ request: Request) -> MCPCaller {
    let accounts = searchAccounts
    let search = SearchTool(searcher: searcher, fallsBack: FallbackSetup.isOn(settings)) {
      await accounts.note($0, caller)
    }
    var tools: [any Tool] = [search, FetchTool(corpus: corpus)]
    // A key that may only search costs no model call.
    if caller.key?.scopes.contains(.chat) ?? true { tools.append(askTool(caller, request)) }
    guard let user = caller.user else { return MCPCaller(tools: tools) }
    return MCPCaller(owner: .user(user), tools: tools + TaskTools.tools(records: state.records))
  }

  /// `ask` as the chat routes answer, counted like one of their questions. The client's model has tools of its own.
  private func askTool(_ caller: Caller, _ request: Request) -> AskTool {
    AskTool { [chat, limits] question, context in
      do {
        _ = try await limits.spend(request, caller, .model)
      } catch let error as HTTPError {
        throw ToolError([error.message, error.hint].compactMap { $0 }.joined(separator: " "))
      }
      let owner = caller.owner(named: nil)
      let received = ContinuousClock.now
      var answer = question
      answer.options = try await chat.options(for: owner, received: received)
      answer.options.turn = SingleTurn()
      answer.options.deadline = question.options.deadline
      return chat.ask(answer, owner: owner, subject: UUID().uuidString.lowercased(), received: received)
    }
  }
}
