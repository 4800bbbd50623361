internal import CMicroHTTPD
import Glibc

/// Lets the system find out that the other end of a connection has vanished without closing it: a machine
/// switched off, a network gone.
enum PeerLiveness {
  /// Breaks the connection when nothing comes back for about `timeout`: what was sent is not acknowledged,
  /// or, while nothing is sent, probes are not answered.
  static func require(_ descriptor: Int32, within timeout: Duration) {
    let seconds = Int32(min(max(1, timeout.components.seconds), 86_400))
    set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, max(1, seconds / 2))
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, max(1, seconds / 6))
    set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
    set(descriptor, Int32(IPPROTO_TCP), TCP_USER_TIMEOUT, seconds * 1_000)
  }

  private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
    var value = value
    // A refusal leaves the system's own, much longer times.
    setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
  }
}
