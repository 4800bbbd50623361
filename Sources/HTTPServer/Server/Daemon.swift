internal import CMicroHTTPD
import Glibc
import Synchronization

/// One of libmicrohttpd's event loops: a thread and an epoll set, with the connections that were handed to it.
///
/// A loop accepts nothing by itself. The library's own pool shares a listening socket between its threads,
/// and stopping to accept there (`MHD_quiesce_daemon`) removes that socket from their sets while they do the
/// same, which ends the process if they meet (0.9.75).
final class Daemon: Sendable {
  /// Sendable: the library's functions used here may be called from any thread.
  private struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  private let handle: Handle
  /// Connections it has; for spreading new ones.
  let load = Atomic<Int>(0)

  /// - Parameter engine: what the callbacks are given; it must outlive the daemon.
  init(limits: ServerLimits, engine: Engine) throws(ServerError) {
    let timeout = max(1, UInt32(clamping: limits.idleTimeout.components.seconds))
    guard
      let pointer = footnote_mhd_start(
        Unmanaged.passUnretained(engine).toOpaque(), handleRequest, requestCompleted, connectionChanged,
        requestLineRead, keepEscapes, timeout,
        limits.connectionMemory, UInt32(clamping: limits.connections + 1))
    else {
      throw ServerError(
        .unavailable,
        "Cannot start an event loop: \(String(cString: strerror(errno))). Free some memory or threads.")
    }
    handle = Handle(pointer: pointer)
  }

  /// Hands over a connected socket, which the library closes in any case.
  func add(_ descriptor: Int32, _ address: inout SocketAddress) -> Bool {
    address.withMutable { pointer, length in
      MHD_add_connection(handle.pointer, descriptor, pointer, length.pointee) == .YES
    }
  }

  /// Closes every connection and waits for the thread. No connection may be suspended.
  func stop() {
    MHD_stop_daemon(handle.pointer)
  }
}
