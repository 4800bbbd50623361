import FoundationEssentials
import Models
import Synchronization

/// Leaves a model out that fails several times in a row: for a while nobody waits for it, then one call tries it again,
/// and each trial that fails doubles the while.
///
/// What a provider refuses at once, such as a wrong key, does not count: it costs no time, and a key that was put right
/// takes effect with the next call.
public final class Outage: Sendable {
  /// When a model is left out, and for how long.
  public struct Policy: Sendable, Hashable {
    /// Failures in a row after which it is left out.
    public var failures: Int
    /// The same where the last call was not answered in time.
    public var late: Int
    /// For how long at first.
    public var pause: Duration
    /// For how long at most.
    public var longest: Duration

    public init(
      failures: Int = 3, late: Int = 3, pause: Duration = .seconds(15), longest: Duration = .seconds(300)
    ) {
      self.failures = max(1, failures)
      self.late = max(1, late)
      self.pause = pause
      self.longest = max(pause, longest)
    }
  }

  /// Why and until when nobody asks the model.
  public struct LeftOut: Error, Sendable, Equatable {
    /// In a row.
    public var failures: Int
    /// The last failure.
    public var error: ModelError
    /// When a call tries it again, in whole seconds.
    public var until: Date
    /// Whether that has come: the next question tries it, or one does now.
    public var isDue: Bool
  }

  private struct State {
    var failures = 0
    var error: ModelError?
    /// Of the next time.
    var pause: Duration?
    var until: ContinuousClock.Instant?
    var isTrying = false
  }

  private let policy: Policy
  private let now: @Sendable () -> ContinuousClock.Instant
  private let state = Mutex(State())

  public init(
    policy: Policy = Policy(), now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
  ) {
    self.policy = policy
    self.now = now
  }

  /// Why the model is left out; nil while it is asked. Stays until a trial has succeeded.
  public var current: LeftOut? { state.withLock { leftOut($0) } }

  /// Makes a call of the model, unless it is left out.
  ///
  /// - Throws: `LeftOut` without a call; what `body` throws.
  public func run<Result>(_ body: () async throws -> Result) async throws -> Result {
    let isTrial = try admit()
    do {
      let result = try await body()
      state.withLock { $0 = State() }
      return result
    } catch {
      note(error, isTrial: isTrial)
      throw error
    }
  }

  /// Whether the call that may be made now is a trial.
  private func admit() throws -> Bool {
    try state.withLock { state in
      guard let until = state.until else { return false }
      if until <= now(), !state.isTrying {
        state.isTrying = true
        return true
      }
      if let leftOut = leftOut(state) { throw leftOut }
      return false
    }
  }

  private func note(_ error: any Error, isTrial: Bool) {
    state.withLock { state in
      if isTrial { state.isTrying = false }
      // Whoever left says nothing of the model.
      if error is CancellationError { return }
      let failure =
        error as? ModelError ?? ModelError(.unavailable, provider: "model", message: "\(error)")
      switch failure.kind {
      case .cancelled: return
      case .authentication, .quotaExceeded, .modelNotFound, .invalidRequest, .contextLengthExceeded:
        state = State()
        return
      case .timeout, .unavailable, .rateLimited, .invalidResponse: break
      }
      // A call that began before the model was left out says nothing new.
      guard isTrial || state.until == nil else { return }
      state.failures += 1
      state.error = failure
      let bound = failure.kind == .timeout ? policy.late : policy.failures
      guard isTrial || state.failures >= bound else { return }
      let pause = min(max(state.pause ?? policy.pause, failure.retryAfter ?? .zero), policy.longest)
      state.until = now() + pause
      state.pause = min(pause * 2, policy.longest)
    }
  }

  private func leftOut(_ state: State) -> LeftOut? {
    guard let until = state.until, let error = state.error else { return nil }
    let wait = max(.zero, until - now()) / .seconds(1)
    return LeftOut(
      failures: state.failures, error: error,
      until: Date(timeIntervalSince1970: (Date().timeIntervalSince1970 + wait).rounded(.up)),
      isDue: until <= now())
  }
}

extension Outage.LeftOut {
  /// When it is tried again, in ISO 8601.
  public var time: String { until.formatted(.iso8601) }

  /// What is said of the model called `name`.
  public func reason(_ name: String) -> DegradedReason {
    let times = failures == 1 ? "has failed" : "has failed \(failures) times in a row"
    let rest = isDue ? "and is about to be tried again" : "and is left out until \(time)"
    let trial = isDue ? "One question tries it again." : "Then one question tries it again."
    return DegradedReason(
      code: error.kind.rawValue, message: "'\(name)' \(times) \(rest). The last time: \(error.message)",
      hint: [error.hint, trial].filter { !$0.isEmpty }.joined(separator: " "))
  }

  /// The last failure, with what became of it.
  public func modelError(_ name: String) -> ModelError {
    let reason = reason(name)
    var copy = error
    copy.message = reason.message
    copy.hint = reason.hint ?? ""
    return copy
  }
}
