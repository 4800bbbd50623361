import HTTPClient

/// Sends JSON to a provider: key, retries, adaptive concurrency, and errors that name what to do.
struct ProviderConnection: Sendable {
  let endpoint: ProviderEndpoint
  let errors: ErrorContext
  let client: HTTPClient
  var retrier: Retrier
  /// Nil lets any number of requests run at once.
  let limiter: ConcurrencyLimiter?
  /// For one call with all its retries, unless it brings a deadline.
  let timeout: Duration
  /// A batch of 2,048 vectors of 3,072 values is some 140 MB as decimal numbers.
  var maximumResponseBytes = 256 << 20
  /// Fields of every request besides the usual ones.
  var headers = HTTPHeaders()

  /// Sends and waits for a whole successful answer.
  func send(
    _ method: HTTPMethod = .post, _ path: String, _ body: (any Encodable & Sendable)? = nil,
    deadline: ContinuousClock.Instant? = nil
  ) async throws(ModelError) -> HTTPResponse {
    let request = try makeRequest(method, path, body)
    return try await attempt(request, deadline) { request throws(HTTPClientError) in
      let response = try await client.send(request)
      return (response.head, response)
    } refused: { response in
      response.body
    }
  }

  /// Sends and returns as soon as a successful answer begins.
  func open(
    _ path: String, _ body: any Encodable & Sendable, deadline: ContinuousClock.Instant? = nil
  ) async throws(ModelError) -> HTTPStreamedResponse {
    var request = try makeRequest(.post, path, body)
    request.headers["Accept"] = "text/event-stream, application/json"
    return try await attempt(request, deadline) { request throws(HTTPClientError) in
      let response = try await client.stream(request)
      return (response.head, response)
    } refused: { response in
      // The reason is worth a moment, but not the size of an answer; without it the status must do.
      var bytes: [UInt8] = []
      while bytes.count < 100_000, let more = try? await response.body.next() { bytes += more }
      return bytes
    }
  }

  /// Sends until there is an answer with a success status, or no use in trying again.
  private func attempt<Answer: Sendable>(
    _ request: HTTPRequest, _ deadline: ContinuousClock.Instant?,
    _ send: (HTTPRequest) async throws(HTTPClientError) -> (HTTPResponseHead, Answer),
    refused: (Answer) async -> [UInt8]
  ) async throws(ModelError) -> Answer {
    var slot: ConcurrencyLimiter.Slot?
    do {
      slot = try await limiter?.acquire()
    } catch {
      throw errors.failure(HTTPClientError(.cancelled, ""))
    }
    var request = request
    // From here on, since a request may wait for its turn for long.
    let now = retrier.now()
    request.deadline = deadline ?? now + timeout
    // A reasoning model may be silent for minutes: the deadline alone decides.
    request.idleTimeout = deadline.map { $0 - now } ?? timeout
    var outcome = ConcurrencyLimiter.Outcome.neutral
    var earlier: ModelError?
    let result: Result<Answer, ModelError>
    do throws(ModelError) {
      let answer = try await retrier.run(deadline: request.deadline, verdict: Self.verdict) {
        () throws(ModelError) in
        do throws(ModelError) {
          let (head, answer) = try await exchange(try authorized(request), after: earlier, send)
          guard !head.isSuccess else { return answer }
          throw errors.refusal(head, await refused(answer))
        } catch {
          earlier = error
          // The slot is kept while an overload is waited out, so that others do not run into it.
          if error.kind == .rateLimited, let held = slot {
            slot = await limiter?.report(.overloaded, of: held)
          }
          throw error
        }
      }
      outcome = .success
      result = .success(answer)
    } catch {
      result = .failure(error)
    }
    if let slot { await limiter?.release(slot, outcome) }
    return try result.get()
  }

  /// Sends once. That a last try ran out of time says less than why it was needed: then `earlier` is thrown.
  private func exchange<Answer>(
    _ request: HTTPRequest, after earlier: ModelError?,
    _ send: (HTTPRequest) async throws(HTTPClientError) -> (HTTPResponseHead, Answer)
  ) async throws(ModelError) -> (HTTPResponseHead, Answer) {
    do {
      return try await send(request)
    } catch {
      let failure = errors.failure(error)
      throw failure.kind == .timeout ? earlier ?? failure : failure
    }
  }

  static func verdict(_ error: ModelError) -> Retrier.Verdict {
    error.isRetryable ? .retry(after: error.retryAfter) : .giveUp
  }

  private func makeRequest(
    _ method: HTTPMethod, _ path: String, _ body: (any Encodable)?
  ) throws(ModelError) -> HTTPRequest {
    var request = HTTPRequest(method, "\(endpoint.baseURL)/\(path)", headers: headers)
    request.headers["Accept"] = "application/json"
    request.maximumResponseBytes = maximumResponseBytes
    if let body {
      do {
        request.body = try WireJSON.encode(body)
      } catch {
        throw errors.error(.invalidRequest, "The request cannot be written as JSON: \(error).")
      }
      request.headers["Content-Type"] = "application/json"
    }
    return request
  }

  /// Puts the present key into the request.
  private func authorized(_ request: HTTPRequest) throws(ModelError) -> HTTPRequest {
    var request = request
    if let key = endpoint.usableKey {
      request.headers["Authorization"] = "Bearer \(key)"
    } else if endpoint.requiresKey {
      throw errors.missingKey
    }
    return request
  }

  /// Decodes an answer, or says that it cannot be used.
  func decode<Value: Decodable>(_ type: Value.Type, from response: HTTPResponse) throws(ModelError) -> Value {
    do {
      return try WireJSON.decode(type, from: response.body)
    } catch {
      // Some servers and proxies report failures with the status 200.
      if let value = try? JSONValue(parsing: response.body), (value["error"] ?? .null) != .null {
        throw errors.refusal(inStream: value)
      }
      throw errors.invalid("it is not the JSON that was expected", excerpt: response.body)
    }
  }
}

extension ProviderEndpoint {
  /// The present key without the white space of a pasted line, nil if there is none.
  var usableKey: String? {
    guard let key = key() else { return nil }
    let trimmed = key.drop { $0.isWhitespace }
    guard let last = trimmed.lastIndex(where: { !$0.isWhitespace }) else { return nil }
    return String(trimmed[...last])
  }
}
