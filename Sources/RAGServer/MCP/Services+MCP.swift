import Answering
import Commands
import HTTPServer
import MCP
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
    return MCPRoute(server: server) { [self] request in mcpCaller(try await callers.caller(of: request)) }
  }

  private func mcpCaller(_ caller: Caller) -> MCPCaller {
    var tools: [any Tool] = [SearchTool(searcher: searcher), FetchTool(corpus: corpus)]
    // A key that may only search costs no model call.
    if caller.key?.scopes.contains(.chat) ?? true { tools.append(AskTool(answerer: answerer)) }
    guard let user = caller.user else { return MCPCaller(tools: tools) }
    return MCPCaller(owner: .user(user), tools: tools + TaskTools.tools(records: state.records))
  }
}
