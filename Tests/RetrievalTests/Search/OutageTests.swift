import Models
import Synchronization
import Testing

@testable import Retrieval

@Suite struct OutageTests {
  /// A clock that moves when it is told to.
  private final class Hand: Sendable {
    private let instant = Mutex(ContinuousClock.now)

    var now: ContinuousClock.Instant { instant.withLock { $0 } }

    func move(_ seconds: Double) { instant.withLock { $0 += .seconds(seconds) } }
  }

  private let hand = Hand()

  private func outage(_ policy: Outage.Policy = Outage.Policy()) -> Outage {
    Outage(policy: policy) { [hand] in hand.now }
  }

  private static func error(_ kind: ModelError.Kind, retryAfter: Duration? = nil) -> ModelError {
    ModelError(kind, provider: "test", message: "No.", hint: "Wait.", retryAfter: retryAfter)
  }

  /// Whether the call was made; a nil error is success.
  private func call(_ outage: Outage, _ error: (any Error)?) async -> Bool {
    var isMade = false
    do {
      try await outage.run {
        isMade = true
        if let error { throw error }
      }
    } catch {}
    return isMade
  }

  @Test func `after three failures in a row nobody waits, then one call tries, and each while is longer`()
    async throws
  {
    let outage = outage(Outage.Policy(pause: .seconds(10), longest: .seconds(30)))
    let late = Self.error(.timeout)
    for _ in 0..<2 { #expect(await call(outage, late)) }
    #expect(outage.current == nil)
    #expect(await call(outage, late))
    let left = try #require(outage.current)
    #expect(left.failures == 3 && left.error == late)
    for pause in [10.0, 20, 30, 30] {
      hand.move(pause - 1)
      #expect(await !call(outage, nil), "within \(pause) s")
      hand.move(1)
      #expect(await call(outage, late), "after \(pause) s")
      #expect(await !call(outage, nil))
    }
    hand.move(30)
    #expect(outage.current != nil, "until a trial has succeeded")
    #expect(await call(outage, nil))
    #expect(outage.current == nil)
    #expect(await call(outage, late))
    #expect(outage.current == nil, "one failure is none again")
  }

  @Test func `while one call tries, the others still go without`() async throws {
    let outage = outage(Outage.Policy(failures: 1))
    _ = await call(outage, Self.error(.unavailable))
    hand.move(15)
    try await outage.run {
      #expect(await !call(outage, nil))
    }
    #expect(await call(outage, nil))
  }

  @Test func `a trial that is cancelled leaves the next call to try`() async {
    let outage = outage(Outage.Policy(failures: 1))
    _ = await call(outage, Self.error(.unavailable))
    hand.move(15)
    #expect(await call(outage, CancellationError()))
    #expect(outage.current != nil)
    #expect(await call(outage, nil))
    #expect(outage.current == nil)
  }

  @Test(arguments: [
    ModelError.Kind.authentication, .quotaExceeded, .modelNotFound, .invalidRequest, .contextLengthExceeded,
    .cancelled,
  ])
  func `what is refused at once does not count: a key put right works with the next call`(
    kind: ModelError.Kind
  ) async {
    let outage = outage()
    for _ in 0..<10 { #expect(await call(outage, Self.error(kind))) }
    #expect(outage.current == nil)
  }

  @Test(arguments: [
    (ModelError.Kind.timeout, 1), (.unavailable, 3), (.rateLimited, 3), (.invalidResponse, 3),
  ])
  func `waiting in vain may be enough once`(kind: ModelError.Kind, count: Int) async {
    let outage = outage(Outage.Policy(late: 1))
    var calls = 0
    while await call(outage, Self.error(kind)), calls < 10 { calls += 1 }
    #expect(calls == count)
  }

  @Test func `a success in between begins the count anew`() async {
    let outage = outage()
    for _ in 0..<5 {
      for _ in 0..<2 { #expect(await call(outage, Self.error(.unavailable))) }
      #expect(await call(outage, nil))
    }
  }

  @Test func `the provider's own wish to wait counts, up to the longest while`() async {
    for (wish, wait) in [(60.0, 60.0), (3600, 300), (1, 15)] {
      let outage = outage(Outage.Policy(failures: 1))
      _ = await call(outage, Self.error(.rateLimited, retryAfter: .seconds(wish)))
      hand.move(wait - 0.5)
      #expect(await !call(outage, nil), "\(wish)")
      hand.move(0.5)
      #expect(await call(outage, nil), "\(wish)")
    }
  }

  @Test func `what is said names the model, how often, until when and what to do`() async throws {
    let outage = outage(Outage.Policy(failures: 2))
    for _ in 0..<2 { _ = await call(outage, Self.error(.unavailable)) }
    let left = try #require(outage.current)
    let reason = left.reason("scripted")
    #expect(
      reason.message
        == "'scripted' has failed 2 times in a row and is left out until \(left.time). The last time: No.")
    #expect(reason.hint == "Wait. Then one question tries it again." && reason.code == "unavailable")
    hand.move(14)
    #expect(outage.current?.isDue == false)
    hand.move(1)
    let due = try #require(outage.current).reason("scripted")
    #expect(
      due.message
        == "'scripted' has failed 2 times in a row and is about to be tried again. The last time: No.",
      "no time that has passed long ago where nobody asks")
    #expect(due.hint == "Wait. One question tries it again.")
    #expect(left.time.hasSuffix("Z") && left.modelError("scripted").kind == .unavailable)
  }
}
