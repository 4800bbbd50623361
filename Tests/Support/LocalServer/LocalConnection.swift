import Glibc

/// The server's end of one connection. Used by its own thread only.
public final class LocalConnection {
  private let socket: Int32
  private var buffer: [UInt8] = []
  private(set) var isClosed = false

  init(_ socket: Int32) {
    self.socket = socket
  }

  // MARK: Writing

  /// A complete, well-formed answer with a Content-Length.
  public func respond(_ response: LocalResponse) {
    write(response.head(contentLength: response.body.count))
    write(response.body)
  }

  /// Starts a chunked answer; `chunk` and `endChunks` follow.
  public func beginChunks(_ response: LocalResponse = LocalResponse()) {
    write(response.head(contentLength: nil))
  }

  public func chunk(_ text: String) {
    guard !text.isEmpty else { return }
    write(String(text.utf8.count, radix: 16) + "\r\n" + text + "\r\n")
  }

  public func endChunks() {
    write("0\r\n\r\n")
  }

  public func write(_ text: String) {
    write(Array(text.utf8))
  }

  /// Writes everything; false once the peer has gone. `stalled` is called when the peer takes nothing for
  /// 50 ms.
  @discardableResult
  public func write(_ bytes: some Collection<UInt8>, stalled: (() -> Void)? = nil) -> Bool {
    let bytes = Array(bytes)
    var sent = 0
    while sent < bytes.count, !isClosed {
      var descriptor = pollfd(fd: socket, events: Int16(POLLOUT), revents: 0)
      if poll(&descriptor, 1, 50) == 0 {
        stalled?()
        continue
      }
      let count = bytes[sent...].withUnsafeBytes {
        send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL | MSG_DONTWAIT))
      }
      if count > 0 {
        sent += count
      } else if errno != EINTR, errno != EAGAIN {
        isClosed = true
      }
    }
    return !isClosed
  }

  // MARK: Misbehaving

  /// Writes one byte after the other with a pause before each, until the peer has had enough.
  public func dribble(_ bytes: some Collection<UInt8>, milliseconds: Int) {
    for byte in bytes {
      if waitForPeerToClose(milliseconds: milliseconds) || !write([byte]) { return }
    }
  }

  /// Ends the connection after what was written.
  public func cut() {
    isClosed = true
  }

  /// Ends the connection with a reset instead of an orderly end.
  public func reset() {
    var linger = linger(l_onoff: 1, l_linger: 0)
    setsockopt(socket, SOL_SOCKET, SO_LINGER, &linger, socklen_t(MemoryLayout.size(ofValue: linger)))
    isClosed = true
  }

  /// Writes nothing until the peer closes the connection or the server ends; true if that happened before
  /// the time was up.
  @discardableResult
  public func waitForPeerToClose(milliseconds: Int = -1) -> Bool {
    var descriptor = pollfd(fd: socket, events: Int16(POLLIN), revents: 0)
    guard poll(&descriptor, 1, Int32(milliseconds)) > 0 else { return false }
    isClosed = true
    return true
  }

  // MARK: Reading

  func readRequest(number: Int) -> LocalRequest? {
    guard let head = read(until: Array("\r\n\r\n".utf8)) else { return nil }
    var lines = String(decoding: head, as: UTF8.self).split(separator: "\r\n").map(String.init)
    guard !lines.isEmpty else { return nil }
    let words = lines.removeFirst().split(separator: " ").map(String.init)
    guard words.count == 3 else { return nil }
    let headers = lines.map { line in
      let colon = line.firstIndex(of: ":") ?? line.endIndex
      return (name: String(line[..<colon]), value: String(line[colon...].dropFirst().drop { $0 == " " }))
    }
    var request = LocalRequest(
      method: words[0], target: words[1], headers: headers, body: [], connection: number)
    let length = request.header("Content-Length").flatMap(Int.init) ?? 0
    while buffer.count < length {
      guard fill() else { return nil }
    }
    request.body = Array(buffer.prefix(length))
    buffer.removeFirst(length)
    return request
  }

  private func read(until end: [UInt8]) -> [UInt8]? {
    var searched = 0
    // What does not start with a method, such as a TLS handshake, never has such an end.
    if buffer.isEmpty, !fill() { return nil }
    guard (0x41...0x5A).contains(buffer[0]) else { return nil }
    while true {
      var index = searched
      while index + end.count <= buffer.count {
        if buffer[index] == end[0], buffer[index..<index + end.count].elementsEqual(end) {
          let head = Array(buffer[..<index])
          buffer.removeFirst(index + end.count)
          return head
        }
        index += 1
      }
      searched = max(0, buffer.count - end.count + 1)
      guard fill() else { return nil }
    }
  }

  private func fill() -> Bool {
    let bytes = [UInt8](unsafeUninitializedCapacity: 65_536) { target, count in
      var received = recv(socket, target.baseAddress, target.count, 0)
      while received < 0 && errno == EINTR { received = recv(socket, target.baseAddress, target.count, 0) }
      count = max(0, received)
    }
    buffer.append(contentsOf: bytes)
    return !bytes.isEmpty
  }

  func closeSocket() {
    close(socket)
  }
}
