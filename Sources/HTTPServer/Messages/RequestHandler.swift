/// What a server serves: usually a built `Router`.
public protocol RequestHandler: Sendable {
  /// The most bytes that the body of this request may have, or nil for the server's default; asked before
  /// the body is read.
  func bodyLimit(for head: RequestHead) -> Int?

  /// Whether the answer is made on the thread that reads and writes connections: for answers that are there
  /// already, so that nothing that the processor is busy with can delay them.
  func isImmediate(_ head: RequestHead) -> Bool

  func respond(to request: Request) async -> Response
}

extension RequestHandler {
  public func isImmediate(_ head: RequestHead) -> Bool { false }
}
