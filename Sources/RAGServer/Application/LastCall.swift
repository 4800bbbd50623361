import HTTPServer
import Synchronization

/// Tells the streams of a server that it stops so soon that they cannot go on, while there is time to say so to their
/// clients: a stream that is cut off leaves them with half of an answer and no word of why.
final class LastCall: Sendable {
  private struct State {
    var isMade = false
    var next = 0
    var listeners: [Int: @Sendable () -> Void] = [:]
  }

  private let state = Mutex(State())

  /// What clients are told.
  static let error = HTTPError(
    .serviceUnavailable, code: "server_stopping",
    message: "The server was stopped before the answer was complete.",
    hint: "Send the message again; another server, or this one when it is back, answers it.",
    headers: ["Retry-After": "5"])

  /// How long before the end of a server's grace the call is made.
  private static let longest: Duration = .seconds(1)

  var isMade: Bool { state.withLock { $0.isMade } }

  /// Makes the call shortly before `grace` is over.
  func make(within grace: Duration) {
    let delay = grace - min(Self.longest, grace / 4)
    Task.detached {
      try await Task.sleep(for: delay)
      self.make()
    }
  }

  private func make() {
    let listeners = state.withLock { state in
      state.isMade = true
      defer { state.listeners = [:] }
      return state.listeners.values
    }
    for listener in listeners { listener() }
  }

  /// Calls `listener` once when the call is made, or now if it was.
  ///
  /// - Returns: what `forget` takes.
  func listen(_ listener: @escaping @Sendable () -> Void) -> Int {
    let number: Int? = state.withLock { state in
      guard !state.isMade else { return nil }
      state.next += 1
      state.listeners[state.next] = listener
      return state.next
    }
    if number == nil { listener() }
    return number ?? 0
  }

  func forget(_ number: Int) { state.withLock { $0.listeners[number] = nil } }
}
