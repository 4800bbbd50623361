/// A request with its whole body.
public struct Request: Sendable {
  public let head: RequestHead
  public let body: [UInt8]
  /// Names this request in logs, in errors and in `X-Request-Id`; empty where no `RequestID` runs.
  public var id = ""
  /// Template of the route that answers, such as `/api/conversations/{id}`; nil if none does.
  public internal(set) var route: String?
  /// Values of the route's parameters, percent-decoded.
  public internal(set) var parameters: PathParameters
  /// When its head was complete.
  public let received: ContinuousClock.Instant
  /// Why it must be refused; thrown in place of the handler, inside all middleware.
  var rejection: HTTPError?

  public init(head: RequestHead, body: [UInt8] = []) {
    self.init(head: head, body: body, received: .now, rejection: nil)
  }

  init(head: RequestHead, body: [UInt8], received: ContinuousClock.Instant, rejection: HTTPError?) {
    self.head = head
    self.body = body
    self.received = received
    self.rejection = rejection
    parameters = PathParameters()
  }

  public var method: HTTPMethod { head.method }
  public var path: String { head.path }
  public var headers: HTTPHeaders { head.headers }
  public var clientAddress: String { head.clientAddress }

  /// The query's names and values, read anew at each call.
  public var query: FormItems { FormItems(parsing: head.rawQuery.utf8) }

  /// Cookies by name, read anew at each call.
  public var cookies: [String: String] { Cookie.parse(headers.values(of: "Cookie")) }

  /// The value of the route's `{name}`.
  ///
  /// - Throws: an error shown as `internal_error`: only a template that lacks the name leads here.
  public func parameter(_ name: String) throws -> String {
    guard let value = parameters[name] else { throw MissingParameter(name: name, route: route) }
    return value
  }

  private struct MissingParameter: Error, CustomStringConvertible {
    let name: String
    let route: String?
    var description: String { "The route '\(route ?? "none")' has no parameter '\(name)'." }
  }
}
