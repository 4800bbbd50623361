import HTTPClient

/// Looks, step by step, whether a Qdrant server can be reached and used, with nothing else set up.
public struct QdrantProbe: Sendable {
  public enum Outcome: String, Sendable {
    case passed, warning, failed
    /// It could not be tried.
    case skipped
  }

  public struct Step: Sendable, Equatable {
    /// `dns`, `tcp`, `tls`, `http`, `ready`, `auth` or `collection`.
    public var name: String
    public var outcome: Outcome
    public var duration: Duration
    public var detail: String
    /// What to do about it.
    public var hint: String?
  }

  private static let names = ["dns", "tcp", "tls", "http", "ready", "auth", "collection"]

  private let endpoint: QdrantEndpoint
  private let collection: String
  private let http: HTTPClient
  private let timeout: Duration

  /// - Parameters:
  ///   - collection: name of the corpus.
  ///   - http: should not have connections yet, so that one is made and measured.
  ///   - timeout: for each request.
  public init(_ endpoint: QdrantEndpoint, collection: String, http: HTTPClient, timeout: Duration) {
    self.endpoint = endpoint
    self.collection = collection
    self.http = http
    self.timeout = timeout
  }

  public func run() async -> [Step] {
    var steps = await reach()
    if steps.allSatisfy({ $0.outcome != .failed }) {
      let client = QdrantClient(endpoint, http: http).with(retries: .never, timeout: timeout)
      steps.append(await step("ready") { try await ready(client) })
      let auth = await step("auth") { try await authentication(client) }
      steps.append(auth)
      if auth.outcome != .failed { steps.append(await step("collection") { try await look(client) }) }
    }
    let reached = Set(steps.map(\.name))
    return steps
      + Self.names.filter { !reached.contains($0) }.map {
        Step(
          name: $0, outcome: .skipped, duration: .zero, detail: "not tried, because an earlier step failed")
      }
  }

  private typealias Finding = (outcome: Outcome, detail: String, hint: String?)

  private func step(_ name: String, _ body: () async throws -> Finding) async -> Step {
    let start = ContinuousClock.now
    let finding: Finding
    do {
      finding = try await body()
    } catch let error as QdrantError {
      finding = (.failed, error.message, error.hint)
    } catch {
      finding = (.failed, "\(error)", nil)
    }
    return Step(
      name: name, outcome: finding.outcome, duration: ContinuousClock.now - start, detail: finding.detail,
      hint: finding.hint)
  }

  // MARK: The connection

  /// Name, connection, encryption and the first answer.
  private func reach() async -> [Step] {
    var request = HTTPRequest(.get, endpoint.url + "/", deadline: .now + timeout)
    request.headers["Accept"] = "application/json"
    let (timings, result) = await http.measure(request)
    var steps: [Step] = []
    func passed(_ name: String, _ duration: Duration?, _ detail: String) {
      steps.append(Step(name: name, outcome: .passed, duration: duration ?? .zero, detail: detail))
    }
    let failed: (place: String, error: QdrantError)? =
      if case .failure(let error) = result { (place(of: error, timings), told(error)) } else { nil }
    let isTLS = endpoint.url.hasPrefix("https:")
    let attempts: [(name: String, duration: Duration?, detail: String)] = [
      ("dns", timings.nameLookup, "the host's name is resolved"),
      ("tcp", timings.connect, "a connection is accepted"),
      ("tls", timings.tls, isTLS ? "the certificate is trusted" : "not used: the address begins with http"),
    ]
    for attempt in attempts {
      if let failed, failed.place == attempt.name {
        return steps + [failure(attempt.name, failed.error, timings.total)]
      }
      passed(attempt.name, attempt.duration, attempt.detail)
    }
    if let failed { return steps + [failure("http", failed.error, timings.total)] }
    guard case .success(let response) = result else { return steps }
    guard response.head.isSuccess,
      let version = try? JSON.decode(QdrantClient.Version.self, from: response.body)
    else {
      let error = QdrantError(
        .invalidResponse,
        "What answers at \(endpoint.shownURL) is not Qdrant's HTTP interface (status \(response.status)).",
        hint: "Name its port in the address, 6333 by default; 6334 is that of gRPC.")
      return steps + [failure("http", error, timings.answer ?? timings.total)]
    }
    passed("http", timings.answer, "Qdrant \(version.version) answers")
    if let numbers = version.numbers, numbers < (1, 19) {
      steps[steps.count - 1].outcome = .warning
      steps[steps.count - 1].hint = "Upgrade it to 1.19 or later; filters by source need that."
    }
    return steps
  }

  private func failure(_ name: String, _ error: QdrantError, _ duration: Duration) -> Step {
    Step(name: name, outcome: .failed, duration: duration, detail: error.message, hint: error.hint)
  }

  private func told(_ error: HTTPClientError) -> QdrantError {
    QdrantError(error, operation: "be reached", endpoint: endpoint)
  }

  /// The step in which a request failed.
  private func place(of error: HTTPClientError, _ timings: HTTPTimings) -> String {
    switch error.code {
    case .dns, .badURL: return "dns"
    case .cannotConnect: return "tcp"
    case .tls: return "tls"
    case .timeout:
      if timings.nameLookup == nil { return "dns" }
      if timings.connect == nil { return "tcp" }
      return endpoint.url.hasPrefix("https:") && timings.tls == nil ? "tls" : "http"
    default: return "http"
    }
  }

  // MARK: The server

  private func ready(_ client: QdrantClient) async throws -> Finding {
    if try await client.isReady() { return (.passed, "all shards are ready", nil) }
    return (
      .warning, "some shards are not ready: searches may fail or miss chunks",
      "Wait until they are; GET /cluster of the server and its log say which and why."
    )
  }

  private func authentication(_ client: QdrantClient) async throws -> Finding {
    _ = try await client.collections()
    guard endpoint.usableKey != nil else {
      return (
        .warning, "the server takes requests without a key",
        "Set service.api_key in its configuration, and QDRANT_API_KEY here, before others can reach it."
      )
    }
    let open = QdrantClient(QdrantEndpoint(url: endpoint.url), http: http)
      .with(retries: .never, timeout: timeout)
    if (try? await open.collections()) != nil {
      return (
        .warning, "the key is taken, but the server takes requests without one too",
        "Set service.api_key in the server's configuration."
      )
    }
    return (.passed, "the key is taken", nil)
  }

  private func look(_ client: QdrantClient) async throws -> Finding {
    guard let info = try await client.collection(collection) else {
      return (
        .warning, "there is no corpus '\(collection)' yet",
        "Make one with 'ingest add PATH', or set QDRANT_COLLECTION to another one."
      )
    }
    let vectors = info.config.params.vectors.sorted { $0.key < $1.key }
      .map { "\($0.value.size) values, \($0.value.distance.rawValue)" }.joined(separator: "; ")
    let detail =
      "'\(collection)' is \(info.status.rawValue), \(info.pointsCount ?? 0) points"
      + (vectors.isEmpty ? "" : " (\(vectors))")
    switch info.status {
    case .green, .grey: return (.passed, detail, nil)
    case .yellow: return (.passed, detail + ", being optimised", nil)
    case .red:
      return (
        .failed, detail + (info.optimizerError.map { ": \($0)" } ?? ""),
        "The server's log says which operation failed; 'ingest doctor' says more."
      )
    }
  }
}
