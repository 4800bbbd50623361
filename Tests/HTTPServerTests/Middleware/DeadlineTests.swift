import HTTPServer
import Testing

@Suite struct DeadlineTests {
  private func answer(_ limit: Duration, _ handler: @escaping Endpoint) async -> Response {
    let router = Router(middleware: [ErrorRendering(report: { _, _ in })])
    router.group(middleware: [Deadline(limit)]).get("/", handler)
    return await router.build().respond(to: Request(head: RequestHead(target: "/")))
  }

  @Test func `a handler in time is not touched`() async {
    #expect(await answer(.seconds(60)) { _ in .text("ok") }.status == .ok)
  }

  @Test func `its error passes through`() async {
    #expect(await answer(.seconds(60)) { _ in throw HTTPError.notFound("x") }.status == .notFound)
  }

  @Test func `a slow handler is cancelled and answered 504`() async {
    let cancelled = Collector<Bool>()
    let response = await answer(.milliseconds(5)) { _ in
      try? await Task.sleep(for: .seconds(600))
      cancelled.add(Task.isCancelled)
      return .text("late")
    }
    #expect(response.status == .gatewayTimeout)
    await cancelled.wait(for: 1)
    #expect(cancelled.values == [true])
  }

  @Test func `a handler that ignores its cancellation does not hold the answer up`() async {
    let (stream, release) = AsyncStream.makeStream(of: Void.self)
    let finished = Collector<Void>()
    let response = await answer(.milliseconds(5)) { _ in
      await Task.detached { for await _ in stream {} }.value
      finished.add(())
      return .text("late")
    }
    #expect(response.status == .gatewayTimeout)
    #expect(finished.values.isEmpty)
    release.finish()
    await finished.wait(for: 1)
  }

  @Test func `cancelling the request cancels the handler`() async {
    let started = Collector<Void>()
    let cancelled = Collector<Bool>()
    let task = Task {
      await answer(.seconds(600)) { _ in
        started.add(())
        try? await Task.sleep(for: .seconds(600))
        cancelled.add(Task.isCancelled)
        return .text("late")
      }
    }
    await started.wait(for: 1)
    task.cancel()
    #expect(await task.value.status == .clientClosedRequest)
    await cancelled.wait(for: 1)
    #expect(cancelled.values == [true])
  }
}
