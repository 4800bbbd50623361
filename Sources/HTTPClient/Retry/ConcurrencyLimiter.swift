/// Lets as many requests run at once as a server bears: additive increase, multiplicative decrease.
///
/// Each success raises the limit by `1 / limit` (one more after a whole round of successes); a sign of
/// overload halves it, once for all requests that were already running when it was halved. The scheme is
/// TCP's congestion avoidance (Chiu and Jain, 1989).
public actor ConcurrencyLimiter {
  /// What a request learned about the server's load.
  public enum Outcome: Sendable {
    case success
    /// 429 or the like.
    case overloaded
    /// A failure that says nothing about load.
    case neutral
  }

  /// Permission to run one request, to be given back with `release`.
  public struct Slot: Sendable {
    fileprivate let round: Int
  }

  public let maximum: Int
  /// The present limit; its whole part is what may run at once. Never below 1.
  public private(set) var limit: Double
  public private(set) var running = 0

  /// How often the limit was halved: slots of an earlier round do not halve it again.
  private var round = 0
  private var waiters: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
  private var nextID = 0

  public init(initial: Int = 4, maximum: Int = 32) {
    self.maximum = max(1, maximum)
    limit = Double(min(max(1, initial), max(1, maximum)))
  }

  /// Waits for its turn, first come, first served.
  ///
  /// - Throws: `CancellationError` if the task is cancelled before.
  public func acquire() async throws(CancellationError) -> Slot {
    if Task.isCancelled { throw CancellationError() }
    if waiters.isEmpty, running < Int(limit) {
      running += 1
      return Slot(round: round)
    }
    let id = nextID
    nextID += 1
    let granted = await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        if Task.isCancelled {
          continuation.resume(returning: false)
        } else {
          waiters.append((id, continuation))
        }
      }
    } onCancel: {
      Task { await self.withdraw(id) }
    }
    guard granted else { throw CancellationError() }
    return Slot(round: round)
  }

  public func release(_ slot: Slot, _ outcome: Outcome) {
    _ = report(outcome, of: slot)
    running -= 1
    admit()
  }

  /// Tells of an outcome while the request goes on, such as one that waits to be sent again. The slot that
  /// is returned takes the place of the old one.
  public func report(_ outcome: Outcome, of slot: Slot) -> Slot {
    switch outcome {
    case .success:
      limit = min(Double(maximum), limit + 1 / limit)
    case .overloaded where slot.round == round:
      limit = max(1, limit / 2)
      round += 1
    case .overloaded, .neutral:
      break
    }
    return Slot(round: round)
  }

  private func admit() {
    while running < Int(limit), !waiters.isEmpty {
      running += 1
      waiters.removeFirst().continuation.resume(returning: true)
    }
  }

  private func withdraw(_ id: Int) {
    guard let index = waiters.firstIndex(where: { $0.id == id }) else { return }
    waiters.remove(at: index).continuation.resume(returning: false)
  }
}
