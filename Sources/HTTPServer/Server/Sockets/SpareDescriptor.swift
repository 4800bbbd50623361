internal import CMicroHTTPD
import Glibc

/// A descriptor kept for the moment when there are no others: given up, it lets one connection be accepted
/// and closed, instead of leaving it in a queue that then never stops being reported.
final class SpareDescriptor {
  private var descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func refuseOne(_ listener: Int32) {
    if descriptor >= 0 { close(descriptor) }
    let refused = accept4(listener, nil, nil, Int32(SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue))
    if refused >= 0 { Refusal.send(to: refused) }
    descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC)
  }
}
