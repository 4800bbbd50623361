import Glibc
import Synchronization

/// A client's connection, from its acceptance until the library has closed it.
final class Connection: Sendable {
  private struct State {
    /// The socket, nil once the library is about to close it: the number may then mean something else.
    var descriptor: Int32?
    var exchange: Exchange?
    var hasHungUp = false
  }

  let id: UInt64
  let address: String
  let engine: Engine
  let daemon: Daemon
  /// When it is cut off unless something happens before; in `MonotonicTime`.
  private let deadline: Atomic<Int64>
  private let state: Mutex<State>

  init(id: UInt64, descriptor: Int32, address: String, engine: Engine, daemon: Daemon) {
    self.id = id
    self.address = address
    self.engine = engine
    self.daemon = daemon
    deadline = Atomic(MonotonicTime.never)
    state = Mutex(State(descriptor: descriptor))
  }

  /// The request that is being read or answered. Kept here so that it lives exactly until the library says
  /// that it is over.
  var exchange: Exchange? { state.withLock { $0.exchange } }

  /// True once the client has closed its side.
  var hasHungUp: Bool { state.withLock { $0.hasHungUp } }

  func begin(_ exchange: Exchange) {
    state.withLock { $0.exchange = exchange }
    expect(within: engine.limits.headTimeout)
  }

  /// Forgets the request. The next one may take the idle time to begin.
  func endExchange() -> Exchange? {
    let (exchange, hasHungUp) = state.withLock { state in
      defer { state.exchange = nil }
      return (state.exchange, state.hasHungUp)
    }
    awaitRequest()
    // No other request comes, and the library does not notice the end of what it has read already.
    if hasHungUp { cutOff() }
    return exchange
  }

  func awaitRequest() {
    expect(within: engine.limits.idleTimeout + engine.limits.headTimeout)
  }

  /// Cuts the connection off unless this or `expectNothing` is called again within `duration`.
  func expect(within duration: Duration) {
    deadline.store(MonotonicTime.after(duration), ordering: .relaxed)
  }

  func expectNothing() {
    deadline.store(MonotonicTime.never, ordering: .relaxed)
  }

  /// Called several times a second.
  func watch(now: Int64) {
    if deadline.load(ordering: .relaxed) <= now {
      expectNothing()
      cutOff()
    } else {
      exchange?.watch(now: now)
    }
  }

  /// The client has closed its side: nobody waits for an answer, unless all of it is under way already.
  ///
  /// Clients that close one half and wait are cut off as well. The library itself never answers them: it
  /// reads once more after resuming a connection, and takes the end of reading for the end of all.
  func hangUp() {
    let exchange = state.withLock { state in
      state.hasHungUp = true
      return state.exchange
    }
    if exchange?.abandon(.clientGone) ?? true { cutOff() }
  }

  /// Ends the connection from outside; the library notices and cleans up.
  func cutOff() {
    state.withLock { state in
      if let descriptor = state.descriptor { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }
    }
  }

  /// The library closes the socket after this.
  func forgetSocket() {
    state.withLock { $0.descriptor = nil }
  }
}
