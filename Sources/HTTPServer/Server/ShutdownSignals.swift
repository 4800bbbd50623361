internal import CMicroHTTPD
import Glibc
import Synchronization

/// Receives signals as a sequence instead of dying from them. One instance at a time: a later one takes over.
public final class ShutdownSignals: Sendable {
  /// The numbers of the signals, as they come.
  public let received: AsyncStream<Int32>

  private let previous: [Int32: SignalAction]
  private let writer: Int32

  /// - Parameter signals: numbers such as `SIGTERM`; until this is let go they do nothing else.
  public init(_ signals: [Int32] = [SIGTERM, SIGINT]) {
    let (stream, continuation) = AsyncStream.makeStream(of: Int32.self)
    received = stream
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else {
      // No descriptor is left; the signals keep their usual effect, which is to end the program.
      writer = -1
      previous = [:]
      continuation.finish()
      return
    }
    let reader = ends[0]
    writer = ends[1]
    let started = ServiceThread.start {
      var signal: UInt8 = 0
      while read(reader, &signal, 1) == 1, signal != 0 { continuation.yield(Int32(signal)) }
      continuation.finish()
      close(reader)
    }
    guard started else {
      previous = [:]
      continuation.finish()
      return
    }
    // Stored before any handler runs, which also initialises the global.
    signalPipe.store(writer, ordering: .sequentiallyConsistent)
    previous = signals.reduce(into: [:]) { actions, signal in
      actions[signal] = SignalAction.replace(signal, handler: forwardSignal)
    }
  }

  deinit {
    for (signal, action) in previous { action.restore(signal) }
    guard writer >= 0 else { return }
    _ = signalPipe.compareExchange(expected: writer, desired: -1, ordering: .sequentiallyConsistent)
    var end: UInt8 = 0
    _ = write(writer, &end, 1)
    close(writer)
  }
}

/// What a signal did before. Sendable: a constant copy of the system's record.
private struct SignalAction: @unchecked Sendable {
  private var record = sigaction()

  static func replace(_ signal: Int32, handler: @escaping @convention(c) (Int32) -> Void) -> SignalAction {
    var new = sigaction()
    new.__sigaction_handler.sa_handler = handler
    new.sa_flags = SA_RESTART
    var old = SignalAction()
    sigaction(signal, &new, &old.record)
    return old
  }

  func restore(_ signal: Int32) {
    var record = record
    sigaction(signal, &record, nil)
  }
}

private let signalPipe = Atomic<Int32>(-1)

/// Runs inside of a signal: only `write`, which is allowed there.
private func forwardSignal(_ signal: Int32) {
  let saved = errno
  var byte = UInt8(truncatingIfNeeded: signal)
  let descriptor = signalPipe.load(ordering: .relaxed)
  if descriptor >= 0 { _ = write(descriptor, &byte, 1) }
  errno = saved
}
