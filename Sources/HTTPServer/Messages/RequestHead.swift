/// What a request says before its body.
public struct RequestHead: Sendable {
  public var method: HTTPMethod
  /// The path as it was sent, percent-encoded, beginning with `/` (or `*` for `OPTIONS *`).
  public var path: String
  /// What follows the `?`, as it was sent; empty without one.
  public var rawQuery: String
  public var headers: HTTPHeaders
  /// Address of the other end of the connection, without its port: `192.0.2.7`, `2001:db8::1`.
  public var peerAddress: String
  /// Address of the client: the peer's, or what a trusted proxy says of it.
  public var clientAddress: String

  public init(
    method: HTTPMethod = .get, target: String, headers: HTTPHeaders = [:], peerAddress: String = "127.0.0.1",
    clientAddress: String? = nil
  ) {
    self.method = method
    let query = target.utf8.firstIndex(of: 0x3F)
    path = String(target[..<(query ?? target.endIndex)])
    rawQuery = query.map { String(target[target.utf8.index(after: $0)...]) } ?? ""
    self.headers = headers
    self.peerAddress = peerAddress
    self.clientAddress = clientAddress ?? peerAddress
  }
}
