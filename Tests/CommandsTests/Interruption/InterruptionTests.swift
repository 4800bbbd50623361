import Glibc
import Testing

@testable import Commands

@Suite(.serialized) struct InterruptionTests {
  @Test func `an operation that ends by itself gives its value and no signal`() async throws {
    let outcome = await Interruption.cancelling { 42 }
    #expect(try outcome.result.get() == 42)
    #expect(outcome.signal == nil)
  }

  @Test func `a signal to this process cancels the operation and is reported first`() async {
    let (heard, told) = AsyncStream.makeStream(of: Interruption.Signal.self)
    let outcome = await Interruption.cancelling { signal in
      told.yield(signal)
      told.finish()
    } _: {
      kill(getpid(), SIGTERM)
      try await Task.sleep(for: .seconds(60))
    }
    #expect(throws: CancellationError.self) { try outcome.result.get() }
    #expect(outcome.signal == .terminate)
    #expect(outcome.signal?.exitCode == .terminated)
    #expect(await heard.reduce(into: []) { $0.append($1) } == [.terminate])
  }

  @Test func `cancellation from around reaches the operation`() async {
    let task = Task {
      await Interruption.cancelling { try await Task.sleep(for: .seconds(60)) }
    }
    task.cancel()
    let outcome = await task.value
    #expect(throws: CancellationError.self) { try outcome.result.get() }
    #expect(outcome.signal == nil)
  }

  @Test func `signals have their former effect afterwards`() async {
    var before = sigaction()
    sigaction(SIGTERM, nil, &before)
    _ = await Interruption.cancelling {}
    var after = sigaction()
    sigaction(SIGTERM, nil, &after)
    #expect(
      unsafeBitCast(before.__sigaction_handler.sa_handler, to: Int.self)
        == unsafeBitCast(after.__sigaction_handler.sa_handler, to: Int.self))
  }
}
