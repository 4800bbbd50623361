import FoundationEssentials

/// Turns errors into responses: `HTTPError` into
/// `{"error": {"code", "message", "hint", "request_id"}}`, any other into a bare `internal_error` whose cause
/// goes only to the log.
public struct ErrorRendering: Middleware {
  private let render: @Sendable (HTTPError, Request) -> Response
  private let report: @Sendable (any Error, Request) -> Void

  /// - Parameters:
  ///   - render: makes the response; another one than the default serves an API with its own error shape.
  ///   - report: is given every error that no client is told about, to be logged under `request.id`.
  public init(
    render: @escaping @Sendable (HTTPError, Request) -> Response = ErrorRendering.response,
    report: @escaping @Sendable (any Error, Request) -> Void
  ) {
    self.render = render
    self.report = report
  }

  public func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    do {
      return try await next(request)
    } catch {
      if Self.isUnexpected(error) { report(error, request) }
      return render(Self.shown(error), request)
    }
  }

  /// What a client is told about any error.
  public static func shown(_ error: any Error) -> HTTPError {
    switch error {
    case let error as HTTPError: error
    case let error as any HTTPErrorConvertible: error.httpError
    case is CancellationError, is ClientGone:
      HTTPError(
        .clientClosedRequest, code: "cancelled", message: "The request was cancelled before it was answered.")
    default:
      HTTPError(
        .internalServerError, code: "internal_error", message: "Something failed on the server.",
        hint: "Try again; if it happens again, report the request id, under which the cause was logged.")
    }
  }

  /// The standard shape of an error.
  @Sendable
  public static func response(for error: HTTPError, to request: Request) -> Response {
    // Written piece by piece, so that a person sees the members in this order.
    let members = [
      ("code", error.code), ("message", error.message), ("hint", error.hint),
      ("request_id", request.id.isEmpty ? nil : request.id),
    ]
    let text = members.map { "\"\($0)\":\($1.map(quoted) ?? "null")" }.joined(separator: ",")
    var headers = error.headers
    headers["Content-Type"] = "application/json"
    return Response(status: error.status, headers: headers, body: .bytes(Array("{\"error\":{\(text)}}".utf8)))
  }

  static func response(for error: any Error, to request: Request) -> Response {
    response(for: shown(error), to: request)
  }

  private static func isUnexpected(_ error: any Error) -> Bool {
    !(error is HTTPError || error is any HTTPErrorConvertible || error is CancellationError
      || error is ClientGone)
  }

  /// A text as a JSON string; every text can be encoded.
  private static func quoted(_ text: String) -> String {
    (try? JSONCoding.encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}
