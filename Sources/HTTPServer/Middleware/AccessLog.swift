/// Reports every request to a closure once its response has ended.
public struct AccessLog: Middleware {
  private let log: @Sendable (Entry) -> Void

  /// What is known of an answered request.
  public struct Entry: Sendable {
    public let requestID: String
    public let method: HTTPMethod
    public let path: String
    /// Template of the route that answered, the label to count by; nil if none did.
    public let route: String?
    /// The status sent; 499 if the client left before its answer was sent.
    public let status: HTTPStatus
    /// From the end of the request's head to the last byte of the response.
    public let duration: Duration
    /// Bytes of the response's body, without framing.
    public let bodyBytes: Int
    public let clientAddress: String
    public let outcome: ResponseCompletion.Outcome
  }

  /// - Parameter log: called on one of the server's I/O threads; it must be quick and never wait.
  public init(_ log: @escaping @Sendable (Entry) -> Void) {
    self.log = log
  }

  public func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    var response: Response
    do {
      response = try await next(request)
    } catch {
      response = ErrorRendering.response(for: error, to: request)
    }
    let status = response.status
    let log = log
    response.onCompletion { completion in
      log(
        Entry(
          requestID: request.id, method: request.method, path: request.path, route: request.route,
          status: completion.outcome == .clientGone ? .clientClosedRequest : status,
          duration: ContinuousClock.now - request.received, bodyBytes: completion.bodyBytes,
          clientAddress: request.clientAddress, outcome: completion.outcome))
    }
    return response
  }
}
