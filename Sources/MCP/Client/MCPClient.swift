import Models
import Synchronization

/// A connection to one server, with the revision that both speak.
final class MCPClient: Sendable {
  /// A tool as the server describes it.
  struct RemoteTool: Sendable, Equatable {
    var name: String
    var title: String?
    var description: String
    var schema: JSONValue
    var annotations: JSONValue
  }

  private let name: String
  let transport: any MCPTransport
  private let version = Mutex<Revision?>(nil)
  private let number = Atomic(0)

  /// Most tools of one server.
  private static let toolLimit = 128
  private static let information: JSONValue = ["name": "footnote", "version": "1"]

  init(name: String, transport: any MCPTransport) {
    self.name = name
    self.transport = transport
  }

  /// Agrees on a revision: by a handshake, which most servers know, or else without one.
  func connect(deadline: ContinuousClock.Instant) async throws {
    do {
      try await shakeHands(deadline: deadline)
    } catch let refusal as MCPClientError where refusal.code == .status || refusal.code == .invalidResponse {
      try await discover(deadline: deadline, after: refusal)
    } catch let refusal as RPCError {
      try await discover(deadline: deadline, after: refusal)
    }
  }

  private func shakeHands(deadline: ContinuousClock.Instant) async throws {
    version.withLock { $0 = nil }
    let result = try await result(
      "initialize",
      [
        "protocolVersion": .string(Revision.handshake.rawValue), "capabilities": [:],
        "clientInfo": Self.information,
      ], deadline: deadline)
    guard let chosen = result["protocolVersion"]?.string.flatMap(Revision.init(rawValue:)),
      chosen < .stateless
    else {
      throw MCPClientError(
        .invalidResponse, "MCP server '\(name)' speaks a revision of the protocol that is not known here.")
    }
    version.withLock { $0 = chosen }
    try await transport.notify("notifications/initialized", version: chosen, deadline: deadline)
  }

  private func discover(deadline: ContinuousClock.Instant, after refusal: any Error) async throws {
    version.withLock { $0 = .stateless }
    do {
      let result = try await result("server/discover", [:], deadline: deadline)
      let versions = result["supportedVersions"]?.array ?? []
      guard versions.contains(.string(Revision.stateless.rawValue)) else { throw refusal }
    } catch is RPCError {
      throw refusal
    } catch let error as MCPClientError where error.code == .status || error.code == .invalidResponse {
      // What it said to the handshake tells more.
      throw refusal
    }
  }

  func tools(deadline: ContinuousClock.Instant) async throws -> [RemoteTool] {
    var tools: [RemoteTool] = []
    var cursor: JSONValue?
    repeat {
      let page = try await result("tools/list", cursor.map { ["cursor": $0] } ?? [:], deadline: deadline)
      guard let list = page["tools"]?.array else {
        throw MCPClientError(.invalidResponse, "MCP server '\(name)' listed no tools.")
      }
      tools += list.compactMap { tool in
        guard let name = tool["name"]?.string, let schema = tool["inputSchema"], case .object = schema else {
          return nil
        }
        return RemoteTool(
          name: name, title: tool["title"]?.string, description: tool["description"]?.string ?? "",
          schema: schema, annotations: tool["annotations"] ?? .null)
      }
      let next = page["nextCursor"]
      // A server that gives the same page for ever is not followed.
      cursor = next == cursor ? nil : next
    } while cursor != nil && cursor != .null && tools.count < Self.toolLimit
    return Array(tools.prefix(Self.toolLimit))
  }

  /// Calls a tool and returns its result as the protocol writes it.
  func call(_ tool: String, _ arguments: JSONValue, deadline: ContinuousClock.Instant) async throws
    -> JSONValue
  {
    let params: [String: JSONValue] = ["name": .string(tool), "arguments": arguments]
    do {
      return try await result("tools/call", params, deadline: deadline)
    } catch let error as MCPClientError where error.code == .sessionEnded {
      // The server did nothing: it does not know us any more.
      try await shakeHands(deadline: deadline)
      return try await result("tools/call", params, deadline: deadline)
    }
  }

  private func result(
    _ method: String, _ params: [String: JSONValue], deadline: ContinuousClock.Instant
  ) async throws -> JSONValue {
    let version = version.withLock { $0 }
    var params = params
    if version == .stateless {
      params["_meta"] = [
        "io.modelcontextprotocol/protocolVersion": .string(Revision.stateless.rawValue),
        "io.modelcontextprotocol/clientInfo": Self.information,
        "io.modelcontextprotocol/clientCapabilities": [:],
      ]
    }
    let id = RPCID.number(number.add(1, ordering: .relaxed).newValue)
    let response = try await transport.send(
      RPCRequest(id: id, method: method, params: params), version: version, deadline: deadline)
    let result = try response.outcome.get()
    guard result["resultType"] != "input_required" else {
      throw MCPClientError(
        .invalidResponse, "MCP server '\(name)' asks for input, which nobody can give here.")
    }
    return result
  }
}
