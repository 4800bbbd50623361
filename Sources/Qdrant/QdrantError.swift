import HTTPClient

/// Why Qdrant did not do what it was asked.
public struct QdrantError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, by the status of the answer (Qdrant 1.19, `src/actix/helpers.rs`).
  public enum Kind: String, Sendable {
    /// 401: no key, or a wrong one.
    case authentication
    /// 403: the key may not do this.
    case forbidden
    /// 404.
    case notFound
    /// 409: it exists already.
    case conflict
    /// 400 and 422: the request does not fit the collection or the server's version.
    case invalidRequest
    /// 413: the body is larger than the server takes.
    case tooLarge
    /// 429: strict mode's limits.
    case rateLimited
    /// 408, or no answer in time.
    case timeout
    /// 503: shards or the server are not ready.
    case unavailable
    /// 507: no space is left on the server.
    case storageFull
    /// Any other 5xx.
    case server
    /// The name cannot be resolved, nothing listens, the connection broke.
    case connection
    /// The certificate is not trusted.
    case tls
    /// What came back is not an answer of Qdrant's.
    case invalidResponse
    case cancelled
  }

  public let kind: Kind
  /// What failed, on what, why. Never holds a key.
  public let message: String
  /// What to do about it.
  public let hint: String
  /// Status of the answer; nil if none came.
  public let status: Int?
  /// How long the server asks to wait.
  public let retryAfter: Duration?

  public init(_ kind: Kind, _ message: String, hint: String, status: Int? = nil, retryAfter: Duration? = nil)
  {
    self.kind = kind
    self.message = message
    self.hint = hint
    self.status = status
    self.retryAfter = retryAfter
  }

  public var description: String { "\(message) \(hint)" }

  /// Whether waiting may cure it. Every write that is retried gives the same result when it is done twice.
  var verdict: Retrier.Verdict {
    switch kind {
    case .rateLimited, .unavailable, .timeout, .connection: .retry(after: retryAfter)
    default: .giveUp
    }
  }
}

extension QdrantError {
  /// Reads an answer that is no success: `{"status": {"error": "..."}}`, or plain text of a proxy or of the
  /// authentication.
  init(_ response: HTTPResponse, operation: String, endpoint: QdrantEndpoint) {
    let text = Self.text(of: response, without: endpoint.usableKey)
    let what = "Qdrant at \(endpoint.shownURL) could not \(operation)"
    let wait = response.headers.retryAfter(now: 0)
    func make(_ kind: Kind, _ hint: String) -> QdrantError {
      QdrantError(
        kind, "\(what): \(text) (status \(response.status)).", hint: hint, status: response.status,
        retryAfter: wait)
    }
    self =
      switch response.status {
      case 401: make(.authentication, "Set QDRANT_API_KEY to the key of the server.")
      case 403: make(.forbidden, "Use a key in QDRANT_API_KEY that may do this.")
      case 404: make(.notFound, "Check QDRANT_URL and QDRANT_COLLECTION.")
      case 408: make(.timeout, "Try again; the server is busy.")
      case 409: make(.conflict, "Check QDRANT_COLLECTION.")
      case 413: make(.tooLarge, "Raise service.max_request_size_mb in the server's configuration.")
      case 429: make(.rateLimited, "Try again later, or relax the collection's strict mode.")
      case 400, 422:
        make(.invalidRequest, "Run 'ingest doctor' to compare the collection with what it should be.")
      case 503:
        make(.unavailable, "Wait until all shards are ready; GET /cluster of the server says which are not.")
      case 502, 504:
        make(.unavailable, "A proxy before the server does not reach it: check that the server runs.")
      case 507:
        make(.storageFull, "Free space on the server, or give it a larger disk, and run the same again.")
      case 500...: make(.server, "The server's log says more.")
      default: make(.invalidResponse, "Check that QDRANT_URL is the address of Qdrant's HTTP interface.")
      }
  }

  /// What the transport says when no answer came.
  init(_ error: HTTPClientError, operation: String, endpoint: QdrantEndpoint) {
    let kind: Kind =
      switch error.code {
      case .timeout: .timeout
      case .tls: .tls
      case .cancelled: .cancelled
      case .invalidResponse, .tooLarge, .tooManyRedirects: .invalidResponse
      case .badURL, .badHeader: .invalidRequest
      default: .connection
      }
    let hint =
      switch error.code {
      case .dns: "Check the host name in QDRANT_URL."
      case .tls: "Check that QDRANT_URL begins as the server speaks (http or https), and its certificate."
      case .badURL: "Set QDRANT_URL to an address such as http://localhost:6333."
      case .badHeader: "Check QDRANT_API_KEY: a line break or another control character is in it."
      default: "Check that the server runs and that QDRANT_URL names its port, 6333 by default."
      }
    self.init(
      kind, "Qdrant at \(endpoint.shownURL) could not \(operation): \(error.description)", hint: hint)
  }

  private static func text(of response: HTTPResponse, without key: String?) -> String {
    let reply = try? JSON.decode(Reply<Ignored>.self, from: response.body)
    let raw: String
    if case .failed(let error) = reply?.status { raw = error } else { raw = response.text }
    var text = String(raw.prefix(400)).split(whereSeparator: \.isNewline).joined(separator: " ")
    if let key, !key.isEmpty {
      text = text.split(separator: key, omittingEmptySubsequences: false).joined(separator: "***")
    }
    while text.hasSuffix(".") || text.hasSuffix(" ") { text.removeLast() }
    return text.isEmpty ? "no reason is given" : text
  }
}
