/// The events of a streamed answer, read as they are asked for.
public struct ServerSentEvents: AsyncSequence, Sendable {
  public typealias Element = ServerSentEvent
  public typealias Failure = HTTPClientError

  let body: HTTPBody
  let maximumEventBytes: Int

  public func makeAsyncIterator() -> AsyncIterator {
    AsyncIterator(body: body, parser: ServerSentEventParser(maximumEventBytes: maximumEventBytes))
  }

  public struct AsyncIterator: AsyncIteratorProtocol {
    let body: HTTPBody
    var parser: ServerSentEventParser
    /// Events that came with one piece, the next to be returned last.
    var waiting: [ServerSentEvent] = []

    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(HTTPClientError) -> ServerSentEvent? {
      while waiting.isEmpty {
        guard let bytes = try await body.next() else { return nil }
        waiting = try parser.consume(bytes).reversed()
      }
      return waiting.popLast()
    }

    public mutating func next() async throws(HTTPClientError) -> ServerSentEvent? {
      try await next(isolation: nil)
    }
  }
}

extension HTTPBody {
  /// Reads the body as `text/event-stream`.
  public func events(maximumEventBytes: Int = 4 << 20) -> ServerSentEvents {
    ServerSentEvents(body: self, maximumEventBytes: maximumEventBytes)
  }
}
