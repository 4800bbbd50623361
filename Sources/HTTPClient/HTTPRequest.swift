/// One request: everything that is sent and how long and how much may come back.
public struct HTTPRequest: Sendable {
  public var method: HTTPMethod
  /// Absolute, `http` or `https`.
  public var url: String
  /// Fields to send. Content-Length, Host and Accept-Encoding are set by the client.
  public var headers: HTTPHeaders
  public var body: [UInt8]?
  /// When the last byte of the answer must have arrived; the client's own timeout if nil.
  public var deadline: ContinuousClock.Instant?
  /// Longest silence of the peer, while the answer's reader is not what it waits for; the client's if nil.
  public var idleTimeout: Duration?
  /// Most bytes of the decoded body; the client's limit if nil.
  public var maximumResponseBytes: Int?
  /// Redirects that are followed; with none left, the 3xx answer itself is returned.
  public var redirects = 0
  /// Where it may connect to, redirects included.
  public var addresses = AddressPolicy.any

  public init(
    _ method: HTTPMethod = .get, _ url: String, headers: HTTPHeaders = [:], body: [UInt8]? = nil,
    deadline: ContinuousClock.Instant? = nil
  ) {
    self.method = method
    self.url = url
    self.headers = headers
    self.body = body
    self.deadline = deadline
  }
}
