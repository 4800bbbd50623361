internal import CMicroHTTPD
import Glibc

/// Waits for events on sockets, each named by a number.
final class Poller: Sendable {
  struct Event {
    let token: UInt64
  }

  private static let wakeToken = UInt64.max

  private let epoll: Int32
  private let wakeDescriptor: Int32

  init() throws(ServerError) {
    epoll = epoll_create1(Int32(EPOLL_CLOEXEC))
    wakeDescriptor = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
    guard epoll >= 0, wakeDescriptor >= 0, add(wakeDescriptor, Self.wakeToken, EPOLLIN.rawValue) else {
      throw ServerError(.unavailable, "Cannot start the server: \(String(cString: strerror(errno))).")
    }
  }

  deinit {
    if epoll >= 0 { close(epoll) }
    if wakeDescriptor >= 0 { close(wakeDescriptor) }
  }

  /// Reports connections that wait on a listening socket, as long as there are any.
  func addListener(_ descriptor: Int32, token: UInt64) -> Bool {
    add(descriptor, token, EPOLLIN.rawValue)
  }

  /// Reports once when the other end closes its side or the connection breaks. Bytes that arrive are not
  /// reported, so that watching costs nothing per request.
  func addHangUp(_ descriptor: Int32, token: UInt64) -> Bool {
    add(descriptor, token, EPOLLRDHUP.rawValue | EPOLLET.rawValue)
  }

  func remove(_ descriptor: Int32) {
    epoll_ctl(epoll, EPOLL_CTL_DEL, descriptor, nil)
  }

  /// Ends a `wait` on another thread.
  func wake() {
    eventfd_write(wakeDescriptor, 1)
  }

  /// Waits at most `milliseconds`, or without end for -1.
  func wait(milliseconds: Int32) -> [Event] {
    var events = [epoll_event](repeating: epoll_event(), count: 256)
    let count = epoll_wait(epoll, &events, Int32(events.count), milliseconds)
    guard count > 0 else { return [] }
    return events.prefix(Int(count)).compactMap { event in
      if event.data.u64 == Self.wakeToken {
        var value: eventfd_t = 0
        eventfd_read(wakeDescriptor, &value)
        return nil
      }
      return Event(token: event.data.u64)
    }
  }

  private func add(_ descriptor: Int32, _ token: UInt64, _ mask: UInt32) -> Bool {
    var event = epoll_event()
    event.events = mask
    event.data.u64 = token
    return epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0
  }
}
