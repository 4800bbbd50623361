/// Runs an operation again as a policy says. Clock, sleep and random source can be replaced in tests.
public struct Retrier: Sendable {
  /// What an error means for another try.
  public enum Verdict: Sendable, Equatable {
    case giveUp
    /// Waiting may cure it; `after` is what the server asked for.
    case retry(after: Duration? = nil)
  }

  public var policy: RetryPolicy
  public var now: @Sendable () -> ContinuousClock.Instant
  public var sleep: @Sendable (Duration) async throws -> Void
  /// Uniform in 0..<1.
  public var random: @Sendable () -> Double

  public init(
    policy: RetryPolicy = RetryPolicy(),
    now: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
    random: @escaping @Sendable () -> Double = { .random(in: 0..<1) }
  ) {
    self.policy = policy
    self.now = now
    self.sleep = sleep
    self.random = random
  }

  /// Returns the first success, or throws the last error once the policy, the verdict or the deadline
  /// forbids another try.
  public func run<Value, Failure: Error>(
    deadline: ContinuousClock.Instant? = nil,
    verdict: (Failure) -> Verdict,
    isolation: isolated (any Actor)? = #isolation,
    operation: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    var attempt = 1
    var previous: Duration?
    while true {
      do throws(Failure) {
        return try await operation()
      } catch {
        guard case .retry(let serverDelay) = verdict(error),
          let delay = policy.delay(
            afterAttempt: attempt, previous: previous, serverDelay: serverDelay,
            remaining: deadline.map { $0 - now() }, random: random())
        else { throw error }
        // Only a cancelled task's sleep throws; the failure that led here says more than that.
        guard (try? await sleep(delay)) != nil, !Task.isCancelled else { throw error }
        previous = delay
        attempt += 1
      }
    }
  }
}
