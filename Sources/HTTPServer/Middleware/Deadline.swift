/// Answers 504 when the handlers inside take too long, and cancels them. It ends with the response's head: a
/// stream that has begun may go on.
public struct Deadline: Middleware {
  private let limit: Duration

  public init(_ limit: Duration) {
    self.limit = limit
  }

  public func respond(to request: Request, next: @escaping Endpoint) async throws -> Response {
    // Not a task group: it would wait for a handler that ignores its cancellation.
    let first = FirstResult<Response>()
    let work = Task {
      do {
        first.resolve(.success(try await next(request)))
      } catch {
        first.resolve(.failure(error))
      }
    }
    let limit = limit
    let timer = Task {
      try await Task.sleep(for: limit)
      first.resolve(
        .failure(
          HTTPError(
            .gatewayTimeout, code: "timeout", message: "Request took too long to process",
            hint: "It may take \(limit). Try again, or ask for less.")))
    }
    defer {
      work.cancel()
      timer.cancel()
    }
    return try await withTaskCancellationHandler {
      try await first.value()
    } onCancel: {
      first.resolve(.failure(CancellationError()))
    }
  }
}
