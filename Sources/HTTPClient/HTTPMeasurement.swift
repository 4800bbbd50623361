/// How long each step of a request took, as far as it came.
public struct HTTPTimings: Sendable, Equatable {
  /// Resolving the host's name; nil if that was not done.
  public var nameLookup: Duration?
  /// Connecting by TCP; nil if there was no connection, or one from before was used.
  public var connect: Duration?
  /// The TLS handshake; nil without one.
  public var tls: Duration?
  /// From the request's being ready to the first byte of the answer; nil without an answer.
  public var answer: Duration?
  public var total: Duration = .zero

  public init() {}
}

extension HTTPClient {
  /// Sends a request and says, whether it succeeds or not, how long its steps took.
  public func measure(_ request: HTTPRequest) async -> (
    timings: HTTPTimings, result: Result<HTTPResponse, HTTPClientError>
  ) {
    let transfer: Transfer
    do throws(HTTPClientError) {
      transfer = try Transfer(request, client: self, delivery: .whole)
    } catch {
      return (HTTPTimings(), .failure(error))
    }
    let lease = TransferLease(transfer)
    defer { withExtendedLifetime(lease) {} }
    do throws(HTTPClientError) {
      let head = try await transfer.start().get()
      let body = try await transfer.nextChunk().get() ?? []
      return (transfer.measured, .success(HTTPResponse(head: head, body: body)))
    } catch {
      return (transfer.measured, .failure(error))
    }
  }
}
