import HTTPClient
import Testing

@Suite("Concurrency limiter")
struct ConcurrencyLimiterTests {
  @Test("halves once for all requests of a round and grows by one after a round of successes")
  func adapts() async throws {
    let limiter = ConcurrencyLimiter(initial: 8, maximum: 16)
    var slots: [ConcurrencyLimiter.Slot] = []
    for _ in 0..<8 { slots.append(try await limiter.acquire()) }
    for slot in slots { await limiter.release(slot, .overloaded) }
    #expect(await limiter.limit == 4)

    slots = []
    for _ in 0..<4 { slots.append(try await limiter.acquire()) }
    for slot in slots { await limiter.release(slot, .success) }
    let grown = await limiter.limit
    #expect(grown > 4.8 && grown <= 5)

    await limiter.release(try await limiter.acquire(), .neutral)
    #expect(await limiter.limit == grown)
  }

  @Test("never goes below one or above its maximum")
  func bounds() async throws {
    let limiter = ConcurrencyLimiter(initial: 2, maximum: 3)
    for _ in 0..<10 { await limiter.release(try await limiter.acquire(), .overloaded) }
    #expect(await limiter.limit == 1)
    for _ in 0..<50 { await limiter.release(try await limiter.acquire(), .success) }
    #expect(await limiter.limit == 3)
  }

  @Test("never runs more than the limit, and everybody gets a turn")
  func crowd() async throws {
    let limiter = ConcurrencyLimiter(initial: 3, maximum: 3)
    let most = await withTaskGroup(of: Int.self) { group in
      for _ in 0..<100 {
        group.addTask {
          guard let slot = try? await limiter.acquire() else { return 1000 }
          let running = await limiter.running
          await Task.yield()
          await limiter.release(slot, .success)
          return running
        }
      }
      return await group.reduce(0, max)
    }
    #expect((1...3).contains(most))
    #expect(await limiter.running == 0)
  }

  @Test("lets go of a waiter whose task is cancelled")
  func cancelled() async throws {
    let limiter = ConcurrencyLimiter(initial: 1, maximum: 1)
    let slot = try await limiter.acquire()
    let waiting = Task { try await limiter.acquire() }
    let later = Task { try await limiter.acquire() }
    waiting.cancel()
    await #expect(throws: CancellationError.self) { try await waiting.value }
    await limiter.release(slot, .neutral)
    await limiter.release(try await later.value, .neutral)
    #expect(await limiter.running == 0)
  }
}
