/// The bytes of an answer as they arrive, for one reader.
///
/// While the reader is slower than the peer, the transfer is paused: at most the client's
/// `streamBufferBytes` and one more piece wait in memory. Cancelling the reading task, or letting go of
/// the body and its iterator, closes the connection.
public struct HTTPBody: AsyncSequence, Sendable {
  public typealias Element = [UInt8]
  public typealias Failure = HTTPClientError

  let lease: TransferLease

  /// Waits for the next bytes; nil at the end of the answer.
  public func next() async throws(HTTPClientError) -> [UInt8]? {
    try await lease.transfer.nextChunk().get()
  }

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(body: self)
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    let body: HTTPBody

    public mutating func next() async throws(HTTPClientError) -> [UInt8]? {
      try await body.next()
    }

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(HTTPClientError) -> [UInt8]? {
      try await body.next()
    }
  }
}

/// Cancels the transfer when nobody holds its body any more.
final class TransferLease: Sendable {
  let transfer: Transfer

  init(_ transfer: Transfer) {
    self.transfer = transfer
  }

  deinit {
    transfer.cancel()
  }
}
