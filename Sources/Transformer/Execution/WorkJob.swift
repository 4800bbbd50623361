import Synchronization

/// Numbered pieces of work that threads take one by one.
final class WorkJob: Sendable {
  private struct State {
    var next = 0
    var running = 0
    var onEnd: (@Sendable () -> Void)?
  }

  private let work: @Sendable (Int, Workspace) -> Void
  private let count: Int
  private let state = Mutex(State())

  init(count: Int, work: @escaping @Sendable (Int, Workspace) -> Void) {
    self.count = count
    self.work = work
  }

  /// Sets what is called, once, after the last piece; to be called before the job is queued.
  func onEnd(_ action: @escaping @Sendable () -> Void) { state.withLock { $0.onEnd = action } }

  /// Gives up the pieces that have not started.
  func cancel() { state.withLock { $0.next = count } }

  /// How many pieces were taken; nil where none is left.
  var taken: Int? { state.withLock { $0.next < count ? $0.next : nil } }

  /// Takes the next piece, if one is left.
  func take() -> Int? {
    state.withLock { state in
      guard state.next < count else { return nil }
      defer { state.next += 1 }
      state.running += 1
      return state.next
    }
  }

  func run(_ piece: Int, in workspace: Workspace) {
    work(piece, workspace)
    state.withLock { $0.running -= 1 }
    endIfDone()
  }

  /// Calls the end action when nothing runs and nothing is left.
  func endIfDone() {
    let action = state.withLock { state -> (@Sendable () -> Void)? in
      guard state.next >= count, state.running == 0 else { return nil }
      defer { state.onEnd = nil }
      return state.onEnd
    }
    action?()
  }
}
