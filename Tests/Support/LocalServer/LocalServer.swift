import Glibc
import Synchronization

/// A scripted HTTP/1.1 server on 127.0.0.1 and a free port, with a thread for each connection.
///
/// The handler runs once a request, on the connection's thread, and may block and misbehave: it writes
/// whatever bytes it likes. Letting go of the server ends its connections.
public final class LocalServer: Sendable {
  public typealias Handler = @Sendable (LocalRequest, LocalConnection) -> Void

  public let port: Int
  private let listener: Int32
  private let state: ServerState

  /// `http://127.0.0.1:PORT`, without a slash at its end.
  public var url: String { "http://127.0.0.1:\(port)" }

  /// Every request so far, in the order of arrival.
  public var requests: [LocalRequest] { state.lock.withLock { $0.requests } }

  /// Connections that were accepted so far.
  public var connectionCount: Int { state.lock.withLock { $0.accepted } }

  /// Connections that are open now.
  public var openConnectionCount: Int { state.lock.withLock { $0.open.count } }

  public init(_ handler: @escaping Handler) throws(LocalServerError) {
    let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    guard listener >= 0 else { throw LocalServerError("socket") }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutableBytes(of: &address) { bytes in
      let pointer = bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
      return bind(listener, pointer, length) == 0 && listen(listener, 1024) == 0
        && getsockname(listener, pointer, &length) == 0
    }
    guard isListening else {
      close(listener)
      throw LocalServerError("bind")
    }
    port = Int(UInt16(bigEndian: address.sin_port))
    let state = ServerState(handler)
    self.listener = listener
    self.state = state
    startThread {
      while case let socket = accept(listener, nil, nil), socket >= 0 {
        guard let number = state.opened(socket) else {
          close(socket)
          break
        }
        startThread { state.serve(socket, number: number) }
      }
      close(listener)
    }
  }

  deinit {
    // Wakes the accepting thread, which closes the descriptor.
    Glibc.shutdown(listener, Int32(SHUT_RDWR))
    state.stop()
  }
}

public struct LocalServerError: Error, CustomStringConvertible {
  public let description: String

  init(_ call: String) {
    description = "\(call) failed: \(String(cString: strerror(errno)))"
  }
}

/// A request as it arrived.
public struct LocalRequest: Sendable {
  public var method: String
  /// Path and query.
  public var target: String
  public var headers: [(name: String, value: String)]
  public var body: [UInt8]
  /// Numbers connections from 1, to tell whether two requests shared one.
  public var connection: Int

  public var path: String { String(target.prefix { $0 != "?" }) }
  public var text: String { String(decoding: body, as: UTF8.self) }

  public func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }
}

/// What the accepting thread, the connections and the test share.
final class ServerState: Sendable {
  struct Values {
    var requests: [LocalRequest] = []
    var accepted = 0
    var open: Set<Int32> = []
    var isStopped = false
  }

  let handler: LocalServer.Handler
  let lock = Mutex(Values())

  init(_ handler: @escaping LocalServer.Handler) {
    self.handler = handler
  }

  /// The connection's number, nil once the server has ended.
  func opened(_ socket: Int32) -> Int? {
    lock.withLock { values in
      guard !values.isStopped else { return nil }
      values.accepted += 1
      values.open.insert(socket)
      return values.accepted
    }
  }

  func stop() {
    lock.withLock { values in
      values.isStopped = true
      for socket in values.open { Glibc.shutdown(socket, Int32(SHUT_RDWR)) }
    }
  }

  func serve(_ socket: Int32, number: Int) {
    let connection = LocalConnection(socket)
    while !connection.isClosed, let request = connection.readRequest(number: number) {
      lock.withLock { $0.requests.append(request) }
      handler(request, connection)
    }
    // Closed under the lock, so that `stop` never shuts down a descriptor that was given to somebody else.
    lock.withLock { values in
      values.open.remove(socket)
      connection.closeSocket()
    }
  }
}

/// Runs `body` on a thread of its own.
func startThread(_ body: @escaping @Sendable () -> Void) {
  final class Box: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }
  var thread = pthread_t()
  let context = Unmanaged.passRetained(Box(body)).toOpaque()
  let code = pthread_create(
    &thread, nil,
    { context in
      if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
      return nil
    }, context)
  precondition(code == 0, "no more threads")
  pthread_detach(thread)
}
