internal import CMicroHTTPD
import Glibc
import Synchronization

/// The thread that accepts connections, notices clients that leave, cuts off slow ones and stops the server.
final class EngineLoop: Sendable {
  private struct Control {
    /// When running requests are cut off; nil while the server runs.
    var stopDeadline: Int64?
    var isFinished = false
    var waiters: [CheckedContinuation<Void, Never>] = []
  }

  /// How often deadlines are looked at, in milliseconds.
  private static let tick: Int32 = 200

  let address: ServerAddress
  private let listeners: [Int32]
  private let daemons: [Daemon]
  private let engine: Engine
  private let poller: Poller
  private let control = Mutex(Control())

  /// Binds the address and starts the threads.
  static func start(
    _ configuration: ServerConfiguration, handler: any RequestHandler
  ) throws(ServerError) -> EngineLoop {
    SystemLimits.allowOpenFiles(configuration.limits.connections + 256)
    let sockets = try ListenSockets.open(host: configuration.host, port: configuration.port)
    var daemons: [Daemon] = []
    do throws(ServerError) {
      let poller = try Poller()
      let engine = Engine(configuration, handler: handler, poller: poller)
      for _ in 0..<configuration.threads {
        daemons.append(try Daemon(limits: configuration.limits, engine: engine))
      }
      let loop = EngineLoop(sockets, daemons, engine, poller)
      for (index, listener) in sockets.descriptors.enumerated() {
        guard poller.addListener(listener, token: UInt64(index) | listenerBit) else {
          throw ServerError(sockets.address, errno: errno)
        }
      }
      guard ServiceThread.start({ loop.run() }) else {
        throw ServerError(.unavailable, "Cannot start the server: the system has no thread left for it.")
      }
      return loop
    } catch {
      for daemon in daemons { daemon.stop() }
      for listener in sockets.descriptors { close(listener) }
      throw error
    }
  }

  /// Marks tokens of listeners among those of connections, which count from 1.
  private static let listenerBit: UInt64 = 1 << 62

  private init(_ sockets: ListenSockets, _ daemons: [Daemon], _ engine: Engine, _ poller: Poller) {
    address = sockets.address
    listeners = sockets.descriptors
    self.daemons = daemons
    self.engine = engine
    self.poller = poller
  }

  var connectionCount: Int { engine.connectionCount }
  var requestCount: Int { engine.exchangeCount }

  /// Stops accepting now, and cuts off after `grace` what still runs. An earlier deadline replaces a later.
  func stop(within grace: Duration) {
    let deadline = MonotonicTime.after(grace)
    control.withLock { $0.stopDeadline = min($0.stopDeadline ?? deadline, deadline) }
    poller.wake()
  }

  /// Returns when the server has stopped.
  func finished() async {
    await withCheckedContinuation { continuation in
      let isFinished = control.withLock { control in
        if !control.isFinished { control.waiters.append(continuation) }
        return control.isFinished
      }
      if isFinished { continuation.resume() }
    }
  }

  private func run() {
    let reserve = SpareDescriptor()
    var nextLook: Int64 = 0
    while true {
      let deadline = control.withLock { $0.stopDeadline }
      if let deadline {
        if !engine.isDraining { stopListening() }
        if engine.exchangeCount == 0 || MonotonicTime.now() >= deadline { break }
      }
      for event in poller.wait(milliseconds: timeout(deadline)) {
        if event.token & Self.listenerBit != 0 {
          accept(listeners[Int(event.token & ~Self.listenerBit)], reserve)
        } else {
          engine.connection(event.token)?.hangUp()
        }
      }
      let now = MonotonicTime.now()
      guard now >= nextLook else { continue }
      nextLook = now + Int64(Self.tick) * 1_000_000
      for connection in engine.connections { connection.watch(now: now) }
    }
    engine.abandonAll()
    for daemon in daemons { daemon.stop() }
    let waiters = control.withLock { control in
      control.isFinished = true
      defer { control.waiters = [] }
      return control.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Without connections nothing can become due.
  private func timeout(_ deadline: Int64?) -> Int32 {
    guard let deadline else { return engine.connectionCount == 0 ? -1 : Self.tick }
    let left = (deadline - MonotonicTime.now()) / 1_000_000 + 1
    return Int32(clamping: min(max(left, 1), Int64(Self.tick)))
  }

  private func stopListening() {
    engine.startDraining()
    for listener in listeners {
      poller.remove(listener)
      close(listener)
    }
  }

  private func accept(_ listener: Int32, _ reserve: SpareDescriptor) {
    // Bounded, so that a flood of connections cannot keep deadlines from being looked at.
    for _ in 0..<128 {
      guard control.withLock({ $0.stopDeadline == nil }) else { return }
      var address = SocketAddress()
      let flags = Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
      let descriptor = address.withMutable { accept4(listener, $0, $1, flags) }
      if descriptor < 0 {
        if errno == EMFILE || errno == ENFILE { reserve.refuseOne(listener) }
        if errno != ECONNABORTED { return }
        continue
      }
      // Proof of `!`: a server has at least one daemon.
      let daemon = daemons.min { $0.load.load(ordering: .relaxed) < $1.load.load(ordering: .relaxed) }!
      guard let connection = engine.admit(descriptor, address: address.host, daemon: daemon) else {
        Refusal.send(to: descriptor)
        continue
      }
      PeerLiveness.require(descriptor, within: engine.limits.idleTimeout)
      if !daemon.add(descriptor, &address) { engine.remove(connection) }
    }
  }
}
