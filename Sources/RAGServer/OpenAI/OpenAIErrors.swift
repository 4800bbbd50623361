import HTTPServer
import Models

// Commands has a type of this name too.
import struct HTTPServer.Request

/// Gives every error below `/v1` the shape that OpenAI's clients expect:
/// `{"error": {"message", "type", "param", "code"}}`.
struct OpenAIErrors: Middleware {
  /// Told of what no client is told.
  let report: @Sendable (any Error, Request) -> Void

  func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    guard request.path == "/v1" || request.path.hasPrefix("/v1/") else { return try await next(request) }
    do {
      return try await next(request)
    } catch {
      let shown = ErrorRendering.shown(error)
      if shown.status == .internalServerError { report(error, request) }
      return Self.response(for: error)
    }
  }

  static func response(for error: any Error) -> Response {
    let shown = ErrorRendering.shown(error)
    let error = Self.error(error)
    var headers = shown.headers
    headers["Content-Type"] = "application/json"
    // OpenAI's clients repeat 429 and 5xx unless they are told otherwise.
    if ["insufficient_quota", "authentication", "misconfigured", "model_not_found"].contains(error.code) {
      headers["X-Should-Retry"] = "false"
    }
    return Response(status: error.status, headers: headers, body: .bytes(Array(json(error).text.utf8)))
  }

  /// The object that a response, or the frame of a stream, carries.
  static func json(_ error: any Error) -> JSONValue {
    let error = Self.error(error)
    return [
      "error": [
        "message": .string(error.message), "type": .string(error.type),
        "param": error.parameter.map { .string($0) } ?? .null,
        "code": error.code.map { .string($0) } ?? .null,
      ]
    ]
  }

  /// What OpenAI's clients are told of an error.
  static func error(_ error: any Error) -> OpenAIError {
    if let error = error as? OpenAIError { return error }
    let shown = ErrorRendering.shown(error)
    var result = OpenAIError(
      status: shown.status, message: shown.message + (shown.hint.map { " \($0)" } ?? ""), code: shown.code)
    switch shown.code {
    case "quota_exceeded":
      (result.status, result.type, result.code) = (
        .tooManyRequests, "insufficient_quota", "insufficient_quota"
      )
    case "rate_limited":
      (result.status, result.type, result.code) = (.tooManyRequests, "requests", "rate_limit_exceeded")
    case "authentication" where shown.status == .unauthorized:
      result.code = "invalid_api_key"
    default:
      if shown.status.code >= 500 { result.type = "server_error" }
    }
    return result
  }
}
