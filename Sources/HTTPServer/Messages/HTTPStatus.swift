/// A final response's status code.
public struct HTTPStatus: Sendable, Hashable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  public let code: Int

  /// A code outside 200...599 cannot end a request and becomes 500.
  public init(_ code: Int) {
    self.code = (200...599).contains(code) ? code : 500
  }

  public init(integerLiteral value: Int) {
    self.init(value)
  }

  public var description: String { String(code) }

  /// False for the codes whose responses never carry content (RFC 9110, section 6.4.1).
  var allowsBody: Bool { code != 204 && code != 304 }

  public static let ok: HTTPStatus = 200
  public static let created: HTTPStatus = 201
  public static let accepted: HTTPStatus = 202
  public static let noContent: HTTPStatus = 204
  public static let notModified: HTTPStatus = 304
  public static let badRequest: HTTPStatus = 400
  public static let unauthorized: HTTPStatus = 401
  public static let forbidden: HTTPStatus = 403
  public static let notFound: HTTPStatus = 404
  public static let methodNotAllowed: HTTPStatus = 405
  public static let conflict: HTTPStatus = 409
  public static let contentTooLarge: HTTPStatus = 413
  public static let uriTooLong: HTTPStatus = 414
  public static let unsupportedMediaType: HTTPStatus = 415
  public static let tooManyRequests: HTTPStatus = 429
  public static let headersTooLarge: HTTPStatus = 431
  /// Written to the access log when the client left before its answer; never sent.
  public static let clientClosedRequest: HTTPStatus = 499
  public static let internalServerError: HTTPStatus = 500
  public static let notImplemented: HTTPStatus = 501
  public static let badGateway: HTTPStatus = 502
  public static let serviceUnavailable: HTTPStatus = 503
  public static let gatewayTimeout: HTTPStatus = 504
}
