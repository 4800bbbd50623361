/// Sends HTTP/1.1 requests and reuses connections; any number may be in flight.
///
/// One thread runs libcurl's multi interface for the whole client. Certificates are verified, answers may
/// be compressed with gzip or deflate, and redirects are followed only where a request says so. The client
/// lives until its last transfer ends.
public final class HTTPClient: Sendable {
  public let configuration: Configuration
  let loop: TransferLoop

  public init(configuration: Configuration = Configuration()) {
    self.configuration = configuration
    loop = TransferLoop(idleConnections: configuration.idleConnections)
  }

  deinit {
    loop.stop()
  }

  /// Sends a request and waits for the whole answer, whatever its status.
  ///
  /// The transfer is aborted when the task is cancelled.
  public func send(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPResponse {
    let transfer = try Transfer(request, client: self, delivery: .whole)
    let lease = TransferLease(transfer)
    defer { withExtendedLifetime(lease) {} }
    let head = try await transfer.start().get()
    return HTTPResponse(head: head, body: try await transfer.nextChunk().get() ?? [])
  }

  /// Sends a request and returns as soon as the head of the answer is there.
  public func stream(_ request: HTTPRequest) async throws(HTTPClientError) -> HTTPStreamedResponse {
    let transfer = try Transfer(
      request, client: self, delivery: .pieces(bufferBytes: configuration.streamBufferBytes))
    let lease = TransferLease(transfer)
    let head = try await transfer.start().get()
    return HTTPStreamedResponse(head: head, body: HTTPBody(lease: lease))
  }

  /// Ends the client now: transfers in flight and later ones fail with `closed`.
  public func shutdown() {
    loop.stop()
  }
}
