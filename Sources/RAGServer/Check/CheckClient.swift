import HTTPClient
import Models

/// Talks to the server that is checked, and says in words what went wrong.
struct CheckClient: Sendable {
  let client: HTTPClient
  /// Without a slash at its end.
  let base: String
  let timeout: Duration

  /// - Parameter address: as a person writes it; without a scheme `http` is meant.
  init(client: HTTPClient, address: String, timeout: Duration) {
    self.client = client
    self.timeout = timeout
    var base = address.contains("://") ? address : "http://\(address)"
    while base.hasSuffix("/"), !base.hasSuffix("://") { base.removeLast() }
    // Without a host there is nothing that a path could be put behind.
    self.base = base.hasSuffix("://") ? "" : base
  }

  /// The reply's JSON.
  ///
  /// - Parameter accepted: statuses besides 2xx that are replies too.
  func json(
    _ method: HTTPMethod = .get, _ path: String, _ body: JSONValue? = nil, key: String? = nil,
    accepted: Set<Int> = []
  ) async throws -> JSONValue {
    let response: HTTPResponse
    do {
      response = try await client.send(request(method, path, body, key: key))
    } catch {
      throw failure(error)
    }
    guard response.head.isSuccess || accepted.contains(response.status) else {
      throw refusal(response.head, response.body, path, hasKey: key != nil)
    }
    return try value(response.head, response.body, path)
  }

  /// Opens a stream of events.
  func events(_ path: String, _ body: JSONValue, key: String? = nil) async throws -> ServerSentEvents {
    do {
      let response = try await client.stream(request(.post, path, body, key: key))
      guard response.head.isSuccess else {
        var bytes: [UInt8] = []
        while bytes.count < 65_536, let more = try await response.body.next() { bytes += more }
        throw refusal(response.head, bytes, path, hasKey: key != nil)
      }
      guard response.head.mediaType == "text/event-stream" else {
        throw CheckFailure(
          detail: "\(path) answered '\(response.head.mediaType)', not a stream of events.",
          hint: "A proxy in between may collect streams: turn its buffering off, or the server is an old one."
        )
      }
      return response.body.events()
    } catch let error as HTTPClientError {
      throw failure(error)
    }
  }

  private func request(_ method: HTTPMethod, _ path: String, _ body: JSONValue?, key: String?) -> HTTPRequest
  {
    var request = HTTPRequest(method, base + path, deadline: .now + timeout)
    request.headers["Accept"] = "application/json, text/event-stream"
    request.idleTimeout = timeout
    if let body {
      request.headers["Content-Type"] = "application/json"
      request.body = Array(body.text.utf8)
    }
    if let key { request.headers["Authorization"] = "Bearer \(key)" }
    return request
  }

  private func value(_ head: HTTPResponseHead, _ body: [UInt8], _ path: String) throws -> JSONValue {
    if let value = try? JSONValue(parsing: body) { return value }
    throw CheckFailure(
      detail: "\(path) answered \(head.status) with \(Self.kind(head, body)), where JSON was expected.",
      hint:
        "Something else listens at \(base), or a proxy answers in its place. Check the address and the port."
    )
  }

  private static func kind(_ head: HTTPResponseHead, _ body: [UInt8]) -> String {
    if head.mediaType.hasSuffix("html") { return "an HTML page" }
    if body.isEmpty { return "nothing" }
    return head.mediaType.isEmpty ? "something unknown" : "'\(head.mediaType)'"
  }

  /// The error that the server itself describes, else what its status means.
  private func refusal(
    _ head: HTTPResponseHead, _ body: [UInt8], _ path: String, hasKey: Bool
  ) -> CheckFailure {
    if let value = try? JSONValue(parsing: body), let message = value["error"]?["message"]?.string {
      if head.status == 401, !hasKey {
        return CheckFailure(
          detail: "Not tried: the server wants to know who asks.", hint: "Set ADMIN_API_KEY to check it too.",
          wantsKey: true)
      }
      let code = value["error"]?["code"]?.string ?? ""
      return CheckFailure(
        detail: "\(path) answered \(head.status)\(code.isEmpty ? "" : " \(code)"): \(message)",
        hint: value["error"]?["hint"]?.string)
    }
    let what = "\(path) answered \(head.status) with \(Self.kind(head, body))."
    switch head.status {
    case 301, 302, 307, 308:
      return CheckFailure(
        detail: what,
        hint: head.headers["Location"].map { "It points to '\($0)': check that address instead." })
    case 404:
      return CheckFailure(
        detail: what, hint: "No ragserver answers there. Check the address, the port and the path.")
    case 502, 503, 504:
      return CheckFailure(
        detail: what, hint: "A proxy answers, and the server behind it does not: start ragserver.")
    default:
      return CheckFailure(detail: what, hint: "The server's log says more.")
    }
  }

  private func failure(_ error: HTTPClientError) -> CheckFailure {
    let hint: String =
      switch error.code {
      case .badURL: "Write the address as http://HOST:PORT."
      case .cannotConnect: "Nothing listens at \(base). Start ragserver, or check host and port."
      case .dns: "The host's name is not known. Check the address."
      case .tls:
        base.hasPrefix("https://")
          ? "Check the certificate, or use http:// if the server has none."
          : "Check the address: https:// may be meant."
      case .timeout: "The server did not answer within \(timeout). Look at its load and its log."
      case .cutOff: "The server closed the connection. Its log says more."
      case .invalidResponse:
        "What answers is not an HTTP server, or it speaks HTTPS: check the address and the port."
      default: "Check the address and the network."
      }
    return CheckFailure(detail: error.description, hint: hint)
  }
}
