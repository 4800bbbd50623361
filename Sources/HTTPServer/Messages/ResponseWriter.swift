/// Writes the body of a response that is being sent.
public struct ResponseWriter: Sendable {
  let sink: any ResponseSink

  /// Queues `bytes` for sending and returns when they fit into the stream's buffer: a slow client makes this
  /// wait. One task at a time should write, or pieces of long writes may mix.
  ///
  /// - Throws: `ClientGone` once the client has left, `CancellationError` when the task is cancelled.
  public func write(_ bytes: [UInt8]) async throws {
    try await sink.write(bytes)
  }

  /// Queues a text's UTF-8.
  public func write(_ text: String) async throws {
    try await sink.write(Array(text.utf8))
  }

  /// Sends `bytes` whenever nothing was written for `interval`, so that proxies keep the connection and a
  /// client that vanished without a word is noticed. Never sent inside of a write.
  public func keepAlive(every interval: Duration, sending bytes: [UInt8]) {
    sink.keepAlive(every: interval, sending: bytes)
  }
}
