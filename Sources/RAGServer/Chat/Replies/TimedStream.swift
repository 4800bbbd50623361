import HTTPServer

/// Streams of work that has a time limit.
enum TimedStream {
  /// Runs `work` at once, and ends the stream with the error 504 if it has not returned by `end`, or with 503 where the
  /// server stops before. Letting go of the stream cancels the work.
  static func make<Element: Sendable>(
    until end: ContinuousClock.Instant, limit: Duration, lastCall: LastCall,
    _ work: @escaping @Sendable (_ emit: @Sendable (Element) -> Void) async throws -> Void
  ) -> AsyncThrowingStream<Element, any Error> {
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: Element.self)
    let timer = Task {
      try await Task.sleep(until: end, clock: .continuous)
      continuation.finish(
        throwing: HTTPError(
          .gatewayTimeout, code: "timeout", message: "Request took too long to process",
          hint: "It may take \(limit). Try again, or ask for less."))
    }
    let task = Task {
      do {
        try await work { continuation.yield($0) }
        continuation.finish()
      } catch {
        continuation.finish(throwing: lastCall.isMade ? LastCall.error : error)
      }
    }
    // The work is stopped, and not the stream, so that what it still has to store is stored before the server is gone.
    let number = lastCall.listen { task.cancel() }
    continuation.onTermination = { _ in task.cancel() }
    Task {
      await task.value
      timer.cancel()
      lastCall.forget(number)
    }
    return stream
  }
}
