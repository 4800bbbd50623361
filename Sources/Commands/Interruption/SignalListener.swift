import Dispatch
import Glibc
import Synchronization

/// Hears SIGINT and SIGTERM through the "self-pipe": the handler, which may do next to nothing, writes the
/// signal's number into a pipe, and a dispatch source reads it where everything is allowed.
///
/// A thread in `sigwait` would need the signals blocked in every thread, also in those that libraries start
/// before `main`; a handler is called whichever thread the signal meets.
final class SignalListener {
  private let reader: any DispatchSourceRead
  /// What the signals did before.
  private var before: [(number: Int32, action: sigaction)] = []

  /// Calls `body` with a signal's number on a queue of its own; nil where no pipe can be had, or another
  /// listener is at work.
  init?(_ body: @escaping @Sendable (Int32) -> Void) {
    guard let pipe = signalPipe,
      isListening.compareExchange(expected: false, desired: true, ordering: .sequentiallyConsistent).exchanged
    else { return nil }
    Self.drain(pipe.reading)
    signalCount.store(0, ordering: .sequentiallyConsistent)
    reader = DispatchSource.makeReadSource(
      fileDescriptor: pipe.reading, queue: DispatchQueue(label: "signals", qos: .userInitiated))
    reader.setEventHandler {
      var number: UInt8 = 0
      if read(pipe.reading, &number, 1) == 1 { body(Int32(number)) }
    }
    reader.resume()
    for number in [SIGINT, SIGTERM] {
      var old = sigaction()
      // Shells start background jobs with SIGINT ignored, and that should stay.
      guard sigaction(number, nil, &old) == 0, !Self.isIgnored(old) else { continue }
      var new = sigaction()
      new.__sigaction_handler.sa_handler = handleSignal
      // System calls that the signal meets go on instead of failing with EINTR.
      new.sa_flags = SA_RESTART
      sigaction(number, &new, nil)
      before.append((number, old))
    }
  }

  /// Gives the signals the effect they had before.
  func stop() {
    for (number, action) in before {
      var old = action
      sigaction(number, &old, nil)
    }
    reader.cancel()
    isListening.store(false, ordering: .sequentiallyConsistent)
  }

  private static func isIgnored(_ action: sigaction) -> Bool {
    // SIG_IGN is the address 1, which Swift cannot compare functions with.
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self) == 1
  }

  private static func drain(_ descriptor: Int32) {
    var byte: UInt8 = 0
    while read(descriptor, &byte, 1) == 1 {}
  }
}

/// Made once and never closed: a handler still running could otherwise write into whatever file got its number.
private let signalPipe: (reading: Int32, writing: Int32)? = {
  var descriptors: [Int32] = [-1, -1]
  guard pipe(&descriptors) == 0 else { return nil }
  for descriptor in descriptors {
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
  }
  wakeDescriptor.store(descriptors[1], ordering: .sequentiallyConsistent)
  return (descriptors[0], descriptors[1])
}()

/// Atomics without locks, touched before a handler is installed, are what a handler may use.
private let wakeDescriptor = Atomic<Int32>(-1)
private let signalCount = Atomic<Int32>(0)
private let isListening = Atomic<Bool>(false)

/// Runs in whichever thread the signal meets: async-signal-safe calls only (signal-safety(7)).
private func handleSignal(_ number: Int32) {
  let savedError = errno
  if signalCount.add(1, ordering: .sequentiallyConsistent).oldValue > 0 { _exit(128 + number) }
  var byte = UInt8(truncatingIfNeeded: number)
  _ = write(wakeDescriptor.load(ordering: .sequentiallyConsistent), &byte, 1)
  errno = savedError
}
