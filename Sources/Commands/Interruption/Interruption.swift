import Glibc
import Synchronization

/// Turns SIGINT (Ctrl-C) and SIGTERM into cancellation of a task; a second one ends the process at once.
public enum Interruption {
  /// The signals heard.
  public enum Signal: Int32, Sendable {
    case interrupt = 2
    case terminate = 15

    /// 128 and the signal's number, as shells count.
    public var exitCode: ExitCode { ExitCode(rawValue: 128 + rawValue) }
  }

  /// What became of an operation.
  public struct Outcome<Value: Sendable>: Sendable {
    public let result: Result<Value, any Error>
    /// The signal that cancelled it, where one did.
    public let signal: Signal?
  }

  /// Runs `operation` in a task that the first signal cancels; it should then end soon, by throwing
  /// `CancellationError` or, as a server does after letting its requests finish, with a value.
  ///
  /// One operation a process at a time: the signals are the process's.
  ///
  /// - Parameter onSignal: called once, when the first signal has come, before the task is cancelled.
  public static func cancelling<Value: Sendable>(
    onSignal: @escaping @Sendable (Signal) -> Void = { _ in },
    _ operation: @escaping @Sendable () async throws -> Value
  ) async -> Outcome<Value> {
    let state = Mutex(State())
    // Where signals cannot be heard, they still end the process, as they do by default.
    let listener = SignalListener { number in
      guard let signal = Signal(rawValue: number) else { return }
      onSignal(signal)
      let cancel = state.withLock { state in
        state.signal = signal
        return state.cancel
      }
      cancel?()
    }
    let task = Task { try await operation() }
    let isLate = state.withLock { state in
      state.cancel = { task.cancel() }
      return state.signal != nil
    }
    if isLate { task.cancel() }
    let result = await withTaskCancellationHandler {
      await task.result
    } onCancel: {
      task.cancel()
    }
    listener?.stop()
    return Outcome(result: result, signal: state.withLock(\.signal))
  }

  /// Between the signal's queue and the task.
  private struct State {
    var signal: Signal?
    var cancel: (@Sendable () -> Void)?
  }
}
