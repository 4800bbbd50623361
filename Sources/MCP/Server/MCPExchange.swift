import Models

/// One POST of the Streamable HTTP transport: what its headers and body demand, and what is sent back.
///
/// Knows no server: it is given header fields and bytes, and says status and messages.
public struct MCPExchange: Sendable {
  public enum Reply: Sendable {
    /// A body in JSON, or none, with a status.
    case status(Int, JSONValue?)
    /// Notifications and then the response, as server-sent events. `produce` is given the way to send one.
    case events(
      produce: @Sendable (_ send: @escaping @Sendable (JSONValue) async throws -> Void) async throws -> Void)
  }

  /// Most messages of a batch.
  private static let batchLimit = 50

  private let server: MCPServer
  private let header: @Sendable (String) -> String?

  /// - Parameter header: the value of a header field, by a name whose case does not matter.
  public init(server: MCPServer, header: @escaping @Sendable (String) -> String?) {
    self.server = server
    self.header = header
  }

  public func reply(to body: [UInt8], from caller: MCPCaller) async -> Reply {
    guard header("Content-Type").map({ Self.mediaType($0) == "application/json" }) ?? false else {
      return refusal(415, .invalidRequest("Content-Type must be application/json"))
    }
    guard accepts("application/json") || accepts("text/event-stream") else {
      return refusal(406, .invalidRequest("Accept must list application/json and text/event-stream"))
    }
    guard let value = try? JSONValue(parsing: body) else { return refusal(400, .unreadable) }
    do throws(RPCError) {
      if case .array(let messages) = value { return try await batch(messages, caller) }
      switch try RPCMessage(value) {
      case .request(let request):
        do throws(RPCError) {
          try check(request)
        } catch {
          return .status(400, RPCResponse(id: request.id, .failure(error)).json)
        }
        return await answer(request, caller)
      case .notification:
        _ = try revision()
        return .status(202, nil)
      case .response:
        // The server sends no requests, so that there is nothing to respond to.
        throw .invalidRequest("Invalid request: a response to nothing")
      }
    } catch {
      return refusal(400, error)
    }
  }

  private func refusal(_ status: Int, _ error: RPCError) -> Reply {
    .status(status, RPCResponse(id: nil, .failure(error)).json)
  }

  // MARK: Headers

  private static func mediaType(_ value: String) -> String {
    value.prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
  }

  private func accepts(_ type: String) -> Bool {
    guard let accept = header("Accept") else { return true }
    let family = type.prefix { $0 != "/" } + "/*"
    return accept.split(separator: ",").contains {
      [type, "*/*", String(family)].contains(Self.mediaType(String($0)))
    }
  }

  /// The revision that the headers name.
  ///
  /// - Throws: -32600 for one that is not spoken.
  private func revision() throws(RPCError) -> Revision {
    guard let name = header("MCP-Protocol-Version") else { return .assumed }
    guard let revision = Revision(rawValue: name) else {
      throw .invalidRequest("Unsupported protocol version: \(name)")
    }
    return revision
  }

  /// Compares what the headers say with what the request says.
  private func check(_ request: RPCRequest) throws(RPCError) {
    let version = request.meta("protocolVersion")?.string
    guard let version else {
      guard try revision() < .stateless else {
        throw .invalidParameters("Missing _meta member io.modelcontextprotocol/protocolVersion")
      }
      return
    }
    guard header("MCP-Protocol-Version") == version else {
      throw .headerMismatch("MCP-Protocol-Version does not equal _meta's protocolVersion '\(version)'")
    }
    guard Revision(rawValue: version) == .stateless else { throw .unsupportedVersion(version) }
    guard header("Mcp-Method") == request.method else {
      throw .headerMismatch("Mcp-Method does not equal the method '\(request.method)'")
    }
    let named: JSONValue? =
      switch request.method {
      case "tools/call", "prompts/get": request.params["name"]
      case "resources/read": request.params["uri"]
      default: nil
      }
    guard let name = named?.string else { return }
    guard let sent = header("Mcp-Name"), Base64Header.decoded(sent) == name else {
      throw .headerMismatch("Mcp-Name does not equal '\(name)'")
    }
  }

  // MARK: Answers

  private func answer(_ request: RPCRequest, _ caller: MCPCaller) async -> Reply {
    let server = server
    // Progress is told where it was asked for, and the client can read it.
    guard request.method == "tools/call", request.meta?["progressToken"] != nil, accepts("text/event-stream")
    else {
      let response = await server.respond(to: request, for: caller)
      return .status(
        Self.status(of: response, isModern: request.meta("protocolVersion") != nil), response.json)
    }
    return .events { send in
      let response = await server.respond(to: request, for: caller) { try? await send($0) }
      try await send(response.json)
    }
  }

  /// The status that goes with a response; before 2026-07-28 failures were no matter of HTTP.
  private static func status(of response: RPCResponse, isModern: Bool) -> Int {
    guard isModern, case .failure(let error) = response.outcome else { return 200 }
    return switch error.code {
    case -32601: 404
    case -32700, -32600, -32602, -32020, -32021, -32022: 400
    default: 200
    }
  }

  private func batch(_ messages: [JSONValue], _ caller: MCPCaller) async throws(RPCError) -> Reply {
    guard try revision() == .batches else {
      throw .invalidRequest("Invalid request: batches are not allowed")
    }
    guard !messages.isEmpty, messages.count <= Self.batchLimit else {
      throw .invalidRequest("Invalid request: a batch has 1 to \(Self.batchLimit) messages")
    }
    var responses: [JSONValue] = []
    for value in messages {
      do throws(RPCError) {
        guard case .request(let request) = try RPCMessage(value) else { continue }
        guard request.method != "initialize", request.meta("protocolVersion") == nil else {
          throw .invalidRequest("Invalid request: \(request.method) cannot be part of a batch")
        }
        responses.append(await server.respond(to: request, for: caller).json)
      } catch {
        responses.append(RPCResponse(id: RPCID(value["id"]), .failure(error)).json)
      }
    }
    return responses.isEmpty ? .status(202, nil) : .status(200, .array(responses))
  }
}
