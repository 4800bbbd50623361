import Synchronization

/// An HTTP/1.1 server.
///
/// ```swift
/// let server = HTTPServer(configuration: .init(port: 8080), handler: router.build())
/// try server.start()
/// await server.run(stoppingOn: ShutdownSignals(), within: .seconds(10))
/// ```
public final class HTTPServer: Sendable {
  private let configuration: ServerConfiguration
  private let handler: any RequestHandler
  private let loop = Mutex<EngineLoop?>(nil)

  public init(configuration: ServerConfiguration, handler: any RequestHandler) {
    self.configuration = configuration
    self.handler = handler
  }

  /// A server that is let go stops as if by `shutdown(within: .zero)`, some time later.
  deinit {
    loop.withLock { $0 }?.stop(within: .zero)
  }

  /// Binds the address and begins to answer. Starting twice does nothing.
  ///
  /// - Returns: where it can be reached, with the port that was chosen if 0 was asked for.
  /// - Throws: `ServerError` for a port that is taken, an address that is not this machine's, and the like.
  @discardableResult
  public func start() throws(ServerError) -> ServerAddress {
    let configuration = configuration
    let handler = handler
    return try loop.withLock { (loop) throws(ServerError) in
      if let loop { return loop.address }
      let started = try EngineLoop.start(configuration, handler: handler)
      loop = started
      return started.address
    }
  }

  /// Where it can be reached; nil before `start`.
  public var address: ServerAddress? { loop.withLock { $0?.address } }

  /// Connections that are open now; 0 before `start`.
  public var connectionCount: Int { loop.withLock { $0 }?.connectionCount ?? 0 }

  /// Requests whose head was read and whose response is not sent; 0 before `start`.
  public var requestCount: Int { loop.withLock { $0 }?.requestCount ?? 0 }

  /// Stops accepting connections, lets running requests finish for `grace`, cuts off the rest, and returns
  /// when the port and all connections are closed. Handlers that are cut off are cancelled; those that
  /// ignore it run on, and nobody sees their answers.
  public func shutdown(within grace: Duration = .seconds(10)) async {
    guard let loop = loop.withLock({ $0 }) else { return }
    loop.stop(within: grace)
    await loop.finished()
  }

  /// Returns when a started server has stopped, whoever stopped it: `shutdown`, the surrounding task's
  /// cancellation, or the first of `signals`. A second signal cuts off what still runs.
  public func run(stoppingOn signals: ShutdownSignals? = nil, within grace: Duration = .seconds(10)) async {
    guard let loop = loop.withLock({ $0 }) else { return }
    let listener = Task {
      guard let signals else { return }
      var grace = grace
      for await _ in signals.received {
        loop.stop(within: grace)
        grace = .zero
      }
    }
    await withTaskCancellationHandler {
      await loop.finished()
    } onCancel: {
      loop.stop(within: grace)
    }
    listener.cancel()
  }
}
