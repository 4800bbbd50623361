import HTTPClient

/// Speaks to one Qdrant server or cluster through its HTTP interface (1.19).
public struct QdrantClient: Sendable {
  public let endpoint: QdrantEndpoint
  let http: HTTPClient
  var retrier: Retrier
  /// For one request with all its retries.
  var timeout: Duration

  /// - Parameters:
  ///   - retries: when a failure that waiting may cure is tried again; Retry-After is honoured.
  ///   - timeout: for one request with all its retries.
  public init(
    _ endpoint: QdrantEndpoint, http: HTTPClient,
    retries: Retrier = Retrier(policy: RetryPolicy(attempts: 4, base: .milliseconds(200), cap: .seconds(4))),
    timeout: Duration = .seconds(60)
  ) {
    self.endpoint = endpoint
    self.http = http
    retrier = retries
    self.timeout = timeout
  }

  /// The same server, asked with other patience.
  public func with(retries: RetryPolicy, timeout: Duration) -> QdrantClient {
    var client = self
    client.retrier.policy = retries
    client.timeout = timeout
    return client
  }

  /// Sends and decodes `result`.
  func call<Result: Decodable>(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, as type: Result.Type, to operation: String
  ) async throws -> Result {
    let response = try await send(method, path, body, to: operation)
    do {
      let reply = try JSON.decode(Reply<Result>.self, from: response.body)
      if case .failed(let error)? = reply.status { throw invalid(operation, error) }
      guard let result = reply.result else { throw invalid(operation, "the answer has no result") }
      return result
    } catch let error as DecodingError {
      throw invalid(operation, "the answer cannot be read (\(error.place))")
    }
  }

  /// Sends until a success comes, or there is no use in trying again.
  func send(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]? = nil, to operation: String
  ) async throws -> HTTPResponse {
    let deadline = retrier.now() + timeout
    return try await retrier.run(deadline: deadline, verdict: \QdrantError.verdict) {
      () throws(QdrantError) in
      let response = try await exchange(method, path, body, deadline: deadline, to: operation)
      guard response.head.isSuccess else {
        throw QdrantError(response, operation: operation, endpoint: endpoint)
      }
      return response
    }
  }

  /// Sends once; whatever comes back is returned.
  func exchange(
    _ method: HTTPMethod, _ path: String, _ body: [UInt8]?, deadline: ContinuousClock.Instant,
    to operation: String
  ) async throws(QdrantError) -> HTTPResponse {
    var request = HTTPRequest(method, endpoint.url + path, body: body, deadline: deadline)
    request.headers["Accept"] = "application/json"
    if body != nil { request.headers["Content-Type"] = "application/json" }
    if let key = endpoint.usableKey { request.headers["api-key"] = key }
    request.maximumResponseBytes = 256 << 20
    request.idleTimeout = timeout
    do {
      return try await http.send(request)
    } catch {
      throw QdrantError(error, operation: operation, endpoint: endpoint)
    }
  }

  func invalid(_ operation: String, _ why: String) -> QdrantError {
    QdrantError(
      .invalidResponse, "Qdrant at \(endpoint.shownURL) could not \(operation): \(why).",
      hint: "Check that QDRANT_URL is the address of Qdrant's HTTP interface, version 1.19 or later.")
  }

  /// The path of a collection.
  func path(_ collection: String, _ rest: String = "") -> String {
    let name = collection.utf8.map { byte -> String in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: String(UnicodeScalar(byte))
      default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
      }
    }.joined()
    return "/collections/\(name)\(rest)"
  }
}

extension DecodingError {
  /// Where in the answer the trouble is, such as `points.0.id`.
  fileprivate var place: String {
    let context: Context
    switch self {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default: return "not JSON"
    }
    let path = context.codingPath.map { $0.intValue.map(String.init) ?? $0.stringValue }.joined(
      separator: ".")
    return path.isEmpty ? context.debugDescription : path
  }
}
