import Glibc
import Synchronization

/// A running server: what its threads share.
final class Engine: Sendable {
  let handler: any RequestHandler
  let limits: ServerLimits
  private let trustedProxies: AddressRanges
  private let poller: Poller
  private let table = Mutex(ConnectionTable())
  private let bodyBytes = Atomic<Int>(0)
  private let exchanges = Atomic<Int>(0)
  private let draining = Atomic<Bool>(false)
  private let closing = Atomic<Bool>(false)

  init(_ configuration: ServerConfiguration, handler: any RequestHandler, poller: Poller) {
    self.handler = handler
    limits = configuration.limits
    trustedProxies = configuration.trustedProxies
    self.poller = poller
  }

  // MARK: State of the server

  /// No connection is accepted any more, and every response is its connection's last.
  var isDraining: Bool { draining.load(ordering: .relaxed) }

  /// No connection may be suspended any more.
  var isClosing: Bool { closing.load(ordering: .sequentiallyConsistent) }

  /// Requests whose head was read and whose response is not sent.
  var exchangeCount: Int { exchanges.load(ordering: .acquiring) }

  func startDraining() {
    draining.store(true, ordering: .relaxed)
  }

  /// Gives up every request, so that no connection is suspended or will be.
  func abandonAll() {
    closing.store(true, ordering: .sequentiallyConsistent)
    for connection in connections { connection.exchange?.abandon(.serverStopped) }
  }

  func exchangeBegan() {
    exchanges.add(1, ordering: .relaxed)
  }

  func exchangeEnded() {
    let left = exchanges.subtract(1, ordering: .acquiringAndReleasing).newValue
    if left == 0, isDraining { poller.wake() }
  }

  /// Counts bytes of a body.
  ///
  /// - Returns: false, and counts nothing, if all bodies would have more than allowed.
  func reserve(bodyBytes count: Int) -> Bool {
    guard bodyBytes.add(count, ordering: .relaxed).newValue > limits.bodyBytesInTotal else { return true }
    bodyBytes.subtract(count, ordering: .relaxed)
    return false
  }

  func release(bodyBytes count: Int) {
    if count > 0 { bodyBytes.subtract(count, ordering: .relaxed) }
  }

  /// The last address in `X-Forwarded-For` that no trusted proxy has, if the peer is a trusted proxy. What stands
  /// before a text that is no address is not believed.
  func clientAddress(peer: String, headers: HTTPHeaders) -> String {
    guard trustedProxies.contains(peer) else { return peer }
    for address in headers.list(of: "X-Forwarded-For").reversed() where !trustedProxies.contains(address) {
      return AddressRanges.bytes(address) == nil ? peer : address
    }
    return peer
  }

  // MARK: Connections

  var connections: [Connection] { table.withLock { $0.all } }
  var connectionCount: Int { table.withLock { $0.count } }

  func connection(_ id: UInt64) -> Connection? {
    table.withLock { $0[id] }
  }

  /// Enters a connected socket that is about to be handed to `daemon`, or returns nil if it is one too many.
  func admit(_ descriptor: Int32, address: String, daemon: Daemon) -> Connection? {
    let admitted: Connection? = table.withLock { table in
      guard table.count < limits.connections,
        trustedProxies.contains(address) || table.count(from: address) < limits.connectionsPerAddress
      else { return nil }
      let connection = Connection(
        id: table.nextID(), descriptor: descriptor, address: address, engine: self, daemon: daemon)
      table.add(connection, socket: descriptor)
      return connection
    }
    guard let admitted else { return nil }
    daemon.load.add(1, ordering: .relaxed)
    // Without this the client's leaving is noticed at the next write.
    _ = poller.addHangUp(descriptor, token: admitted.id)
    return admitted
  }

  func takePending(socket: Int32) -> Connection? {
    table.withLock { $0.takePending(socket: socket) }
  }

  /// The library closes the socket after this.
  func remove(_ connection: Connection) {
    connection.forgetSocket()
    connection.endExchange()?.end(.failed)
    if table.withLock({ $0.remove(connection) }) { connection.daemon.load.subtract(1, ordering: .relaxed) }
  }
}
