import Answering
import HTTPServer
import MCP
import Models
import State

/// `POST /mcp`: the Model Context Protocol over Streamable HTTP, without sessions.
struct MCPRoute {
  let server: MCPServer
  /// The tools of a caller, in the order in which they are listed.
  let caller: @Sendable (Request) async throws -> MCPCaller

  func add(to group: RouteGroup) {
    let (server, caller) = (server, caller)
    // Any other method is answered 405 with Allow by the router, as the protocol demands.
    group.post("/mcp") { request in
      let exchange = MCPExchange(server: server) { request.headers[$0] }
      switch await exchange.reply(to: request.body, from: try await caller(request)) {
      case .status(let status, let message):
        guard let message else { return Response(status: HTTPStatus(status)) }
        return Response(
          status: HTTPStatus(status), headers: ["Content-Type": "application/json"],
          body: .bytes(Array(message.text.utf8)))
      case .events(let produce):
        return .events { stream in try await produce { try await stream.send($0.text, event: "message") } }
      }
    }
  }
}
