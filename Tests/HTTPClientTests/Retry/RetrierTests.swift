import HTTPClient
import Synchronization
import Testing

@Suite("Retrier")
struct RetrierTests {
  /// Time that passes only by sleeping.
  final class FakeTime: Sendable {
    private let state = Mutex((now: ContinuousClock.now, slept: [Duration]()))

    var slept: [Duration] { state.withLock { $0.slept } }
    var now: ContinuousClock.Instant { state.withLock { $0.now } }

    func retrier(_ policy: RetryPolicy) -> Retrier {
      Retrier(
        policy: policy, now: { self.now },
        sleep: { delay in
          try Task.checkCancellation()
          self.state.withLock {
            $0.now += delay
            $0.slept.append(delay)
          }
        },
        random: { 0.5 })
    }
  }

  struct Failure: Error, Equatable {
    var number: Int
    var retry = true
    var after: Duration?
  }

  static let policy = RetryPolicy(attempts: 4, base: .seconds(1), cap: .seconds(8), jitter: .none)

  static func verdict(_ failure: Failure) -> Retrier.Verdict {
    failure.retry ? .retry(after: failure.after) : .giveUp
  }

  @Test("tries until it succeeds, waiting longer each time or as the server asks")
  func success() async throws {
    let time = FakeTime()
    var tries = 0
    let value = try await time.retrier(Self.policy).run(verdict: Self.verdict) { () throws(Failure) in
      tries += 1
      if tries < 4 { throw Failure(number: tries, after: tries == 2 ? .seconds(30) : nil) }
      return "done after \(tries)"
    }
    #expect(value == "done after 4")
    #expect(time.slept == [.seconds(1), .seconds(30), .seconds(4)])
  }

  @Test("throws the last error when the tries are used up")
  func exhausted() async {
    let time = FakeTime()
    var tries = 0
    await #expect(throws: Failure(number: 4)) {
      try await time.retrier(Self.policy).run(verdict: Self.verdict) { () throws(Failure) in
        tries += 1
        throw Failure(number: tries)
      }
    }
    #expect(time.slept == [.seconds(1), .seconds(2), .seconds(4)])
  }

  @Test("does not repeat what waiting cannot cure")
  func hopeless() async {
    let time = FakeTime()
    await #expect(throws: Failure(number: 1, retry: false)) {
      try await time.retrier(Self.policy).run(verdict: Self.verdict) { () throws(Failure) in
        throw Failure(number: 1, retry: false)
      }
    }
    #expect(time.slept.isEmpty)
  }

  @Test("never waits past the deadline")
  func deadline() async {
    let time = FakeTime()
    let deadline = time.now + .seconds(4)
    var tries = 0
    await #expect(throws: Failure.self) {
      try await time.retrier(Self.policy).run(deadline: deadline, verdict: Self.verdict) {
        () throws(Failure) in
        tries += 1
        throw Failure(number: tries)
      }
    }
    #expect(time.slept == [.seconds(1), .seconds(2)])
    #expect(time.now < deadline)
  }

  @Test("ends with the error at hand when the task is cancelled")
  func cancelled() async {
    let time = FakeTime()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      var tries = 0
      do {
        try await time.retrier(Self.policy).run(verdict: Self.verdict) { () throws(Failure) in
          tries += 1
          throw Failure(number: tries)
        }
      } catch {
        return (error as? Failure)?.number
      }
      return 0
    }
    #expect(await task.value == 1)
  }
}
