/// An error that says how a client sees it. Every other error is shown as a bare 500.
public struct HTTPError: Error, Sendable, Equatable, CustomStringConvertible {
  public var status: HTTPStatus
  /// For programs: lower case with underscores, and stable.
  public var code: String
  /// For people: what failed, and why.
  public var message: String
  /// What to do about it.
  public var hint: String?
  /// Fields of the response besides its content type, such as `Retry-After`.
  public var headers: HTTPHeaders

  public init(
    _ status: HTTPStatus, code: String, message: String, hint: String? = nil, headers: HTTPHeaders = [:]
  ) {
    self.status = status
    self.code = code
    self.message = message
    self.hint = hint
    self.headers = headers
  }

  public var description: String {
    "\(status) \(code): \(message)" + (hint.map { " \($0)" } ?? "")
  }

  public static func badRequest(_ message: String, hint: String? = nil) -> HTTPError {
    HTTPError(.badRequest, code: "invalid_request", message: message, hint: hint)
  }

  public static func notFound(_ message: String, hint: String? = nil) -> HTTPError {
    HTTPError(.notFound, code: "not_found", message: message, hint: hint)
  }

  static func bodyTooLarge(limit: Int) -> HTTPError {
    HTTPError(
      .contentTooLarge, code: "body_too_large", message: "The body is larger than \(limit) bytes.",
      hint: "Send less, or in several requests.")
  }
}

/// An error of another module that knows how a client should see it.
public protocol HTTPErrorConvertible: Error {
  var httpError: HTTPError { get }
}
