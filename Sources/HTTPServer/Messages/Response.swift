/// What a handler answers.
public struct Response: Sendable {
  public var status: HTTPStatus
  /// Date, Content-Length, Transfer-Encoding and Connection are the server's to set.
  public var headers: HTTPHeaders
  public var body: ResponseBody
  /// Called in order once the response has been sent or given up, on one of the server's I/O threads:
  /// they must be quick and never wait.
  var completions: [@Sendable (ResponseCompletion) -> Void] = []

  public init(status: HTTPStatus = .ok, headers: HTTPHeaders = [:], body: ResponseBody = .empty) {
    self.status = status
    self.headers = headers
    self.body = body
  }

  /// A response with a text of any kind.
  public static func text(
    _ text: String, status: HTTPStatus = .ok, contentType: String = "text/plain; charset=utf-8"
  ) -> Response {
    Response(status: status, headers: ["Content-Type": contentType], body: .bytes(Array(text.utf8)))
  }

  /// A response whose body is written while it is sent. `produce` runs after the head is on its way, in the
  /// request's task, which is cancelled when the client goes away; it is not run for HEAD. An error that it
  /// throws cuts the connection, so that the client does not take what came for the whole.
  public static func stream(
    contentType: String, headers: HTTPHeaders = [:],
    _ produce: @escaping @Sendable (ResponseWriter) async throws -> Void
  ) -> Response {
    var headers = headers
    headers["Content-Type"] = contentType
    return Response(headers: headers, body: .stream(produce))
  }

  /// Calls `body` when the response has been sent or given up, on an I/O thread: it must never wait.
  public mutating func onCompletion(_ body: @escaping @Sendable (ResponseCompletion) -> Void) {
    completions.append(body)
  }

  public mutating func setCookie(_ cookie: Cookie) {
    headers.append("Set-Cookie", cookie.headerValue)
  }

  func complete(_ completion: ResponseCompletion) {
    for body in completions { body(completion) }
  }
}
