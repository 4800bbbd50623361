import HTTPClient
import Models
import Synchronization

/// Streamable HTTP: one POST for each message.
final class HTTPTransport: MCPTransport {
  private let name: String
  private let url: String
  private let headers: [String: String]
  private let client: HTTPClient
  private let session = Mutex<String?>(nil)

  /// Most bytes of an answer.
  private static let limit = 8 << 20

  init(name: String, url: String, headers: [String: String], client: HTTPClient) {
    self.name = name
    self.url = url
    self.headers = headers
    self.client = client
  }

  func send(
    _ request: RPCRequest, version: Revision?, deadline: ContinuousClock.Instant
  ) async throws -> RPCResponse {
    var http = post(request.json, version: version, deadline: deadline)
    if version == .stateless {
      http.headers["Mcp-Method"] = request.method
      if let name = request.params["name"]?.string ?? request.params["uri"]?.string {
        http.headers["Mcp-Name"] = Base64Header.encoded(name)
      }
    }
    let answer = try await open(http)
    if request.method == "initialize" {
      session.withLock { $0 = answer.head.headers["MCP-Session-Id"] }
    }
    if answer.head.isSuccess, answer.head.mediaType == "text/event-stream" {
      return try await streamed(answer, id: request.id)
    }
    let bytes = try await read(answer.body)
    if let response = Self.response(in: bytes), response.id == request.id || response.id == nil {
      // A refusal is a response, whatever its status; a success has to be one.
      if answer.head.isSuccess { return response }
      if case .failure = response.outcome, answer.head.status != 401, answer.head.status != 403,
        !(answer.head.status == 404 && hasSession)
      {
        return response
      }
    }
    throw failure(status: answer.head.status)
  }

  func notify(_ method: String, version: Revision?, deadline: ContinuousClock.Instant) async throws {
    let message = RPCMessage.notification(method, [:])
    let answer = try await open(post(message, version: version, deadline: deadline))
    guard answer.head.isSuccess else { throw failure(status: answer.head.status) }
  }

  func close() async {
    // The server may forget the session sooner.
    guard hasSession else { return }
    var request = HTTPRequest(.delete, url, deadline: .now + .seconds(2))
    for (name, value) in allHeaders(version: nil) { request.headers[name] = value }
    // It may not allow that, and has lost nothing then.
    _ = try? await client.send(request)
  }

  private var hasSession: Bool { session.withLock { $0 != nil } }

  private func allHeaders(version: Revision?) -> [(String, String)] {
    var all = headers.map { ($0.key, $0.value) }
    if let version, version > .batches { all.append(("MCP-Protocol-Version", version.rawValue)) }
    if version != .stateless, let id = session.withLock({ $0 }) { all.append(("MCP-Session-Id", id)) }
    return all
  }

  private func post(_ message: JSONValue, version: Revision?, deadline: ContinuousClock.Instant)
    -> HTTPRequest
  {
    var request = HTTPRequest(.post, url, body: Array(message.text.utf8), deadline: deadline)
    request.maximumResponseBytes = Self.limit
    for (name, value) in allHeaders(version: version) { request.headers[name] = value }
    request.headers["Content-Type"] = "application/json"
    request.headers["Accept"] = "application/json, text/event-stream"
    return request
  }

  private func open(_ request: HTTPRequest) async throws -> HTTPStreamedResponse {
    do {
      return try await client.stream(request)
    } catch {
      throw failure(error)
    }
  }

  private func read(_ body: HTTPBody) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    do {
      while let more = try await body.next() { bytes += more }
    } catch {
      throw failure(error)
    }
    return bytes
  }

  /// The response among the events; what the server asks in between has no answer that it must wait for.
  private func streamed(_ answer: HTTPStreamedResponse, id: RPCID) async throws -> RPCResponse {
    do {
      for try await event in answer.body.events(maximumEventBytes: Self.limit) where !event.data.isEmpty {
        if let response = Self.response(in: Array(event.data.utf8)), response.id == id { return response }
      }
    } catch {
      throw failure(error)
    }
    throw MCPClientError(.invalidResponse, "MCP server '\(name)' ended its answer without a response.")
  }

  private static func response(in bytes: [UInt8]) -> RPCResponse? {
    guard let value = try? JSONValue(parsing: bytes), let message = try? RPCMessage(value),
      case .response(let response) = message
    else { return nil }
    return response
  }

  private func failure(_ error: HTTPClientError) -> any Error {
    switch error.code {
    case .cancelled: CancellationError()
    case .timeout: MCPClientError(.timeout, "MCP server '\(name)' did not answer in time.")
    default: MCPClientError(.unavailable, "MCP server '\(name)' cannot be reached: \(error)")
    }
  }

  private func failure(status: Int) -> MCPClientError {
    switch status {
    case 401, 403:
      MCPClientError(
        .unauthorized, "MCP server '\(name)' refuses the credentials (\(status)). Check its headers.")
    case 404 where hasSession: MCPClientError(.sessionEnded, "MCP server '\(name)' has ended the session.")
    case 200..<300:
      MCPClientError(.invalidResponse, "MCP server '\(name)' answered with something that is no response.")
    default: MCPClientError(.status, "MCP server '\(name)' answered with status \(status).")
    }
  }
}
