/// What a server serves: usually a built `Router`.
public protocol RequestHandler: Sendable {
  /// The most bytes that the body of this request may have, or nil for the server's default; asked before
  /// the body is read.
  func bodyLimit(for head: RequestHead) -> Int?

  func respond(to request: Request) async -> Response
}
