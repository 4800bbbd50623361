import Glibc

/// A client that sends exactly the bytes a test says, over a plain socket.
///
/// It blocks, so it is used on a thread of its own: `try await RawHTTPClient.onThread { ... }`.
public final class RawHTTPClient {
  public enum Failure: Error, CustomStringConvertible {
    case cannotConnect(Int32)
    case closed(received: String)
    case timedOut(received: String)
    case malformed(String)

    public var description: String {
      switch self {
      case .cannotConnect(let number): "cannot connect: \(String(cString: strerror(number)))"
      case .closed(let received): "the connection was closed after \(received.debugDescription)"
      case .timedOut(let received): "nothing more came after \(received.debugDescription)"
      case .malformed(let text): "not a response: \(text.debugDescription)"
      }
    }
  }

  public let descriptor: Int32
  private var buffer: [UInt8] = []
  private var isClosed = false
  private let timeout: Int32

  /// - Parameters:
  ///   - timeoutMilliseconds: how long reading waits for the next byte.
  ///   - receiveBuffer: bytes that the system takes for a client that does not read; nil for its default.
  public init(
    port: Int, host: String = "127.0.0.1", timeoutMilliseconds: Int32 = 10_000, receiveBuffer: Int32? = nil
  ) throws {
    timeout = timeoutMilliseconds
    let isIPv6 = host.contains(":")
    descriptor = socket(isIPv6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    guard descriptor >= 0 else { throw Failure.cannotConnect(errno) }
    if var size = receiveBuffer {
      setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &size, socklen_t(MemoryLayout<Int32>.size))
    }
    let code = isIPv6 ? Self.connect6(descriptor, host, port) : Self.connect4(descriptor, host, port)
    // The socket is closed by `deinit`, which runs after a failure here too.
    guard code == 0 else { throw Failure.cannotConnect(errno) }
  }

  deinit { if !isClosed { Glibc.close(descriptor) } }

  /// Leaves; nothing may be called after this.
  public func close() {
    isClosed = true
    Glibc.close(descriptor)
  }

  /// Runs blocking work on a new thread, so that it takes none from the tasks that it waits for.
  public static func onThread<Value: Sendable>(
    _ work: @escaping @Sendable () throws -> Value
  ) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
      let box = Unmanaged.passRetained(ThreadWork { continuation.resume(with: Result(catching: work)) })
      var thread = pthread_t()
      let code = pthread_create(&thread, nil, runThreadWork, box.toOpaque())
      if code == 0 {
        pthread_detach(thread)
      } else {
        box.release()
        continuation.resume(throwing: Failure.cannotConnect(code))
      }
    }
  }

  // MARK: Sending

  public func send(_ text: String) throws { try send(Array(text.utf8)) }

  /// Sends everything, or throws if the other end is gone.
  public func send(_ bytes: [UInt8]) throws {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { throw Failure.closed(received: text) }
      rest = rest.dropFirst(count)
    }
  }

  /// Closes the sending half: the server sees the end of what this client says.
  public func finishSending() { shutdown(descriptor, Int32(SHUT_WR)) }

  /// Makes closing send a reset instead of an end, as when a process is killed with unread data.
  public func resetOnClose() {
    var option = linger(l_onoff: 1, l_linger: 0)
    setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
  }

  // MARK: Receiving

  /// Reads one response: its head, then its body by Content-Length, by chunks, or to the end.
  public func readResponse(toHEAD isHEAD: Bool = false) throws -> RawResponse {
    let head = try readUntil("\r\n\r\n")
    guard var response = RawResponse(head: head) else { throw Failure.malformed(head) }
    if isHEAD || response.status == 204 || response.status == 304 || response.status < 200 { return response }
    if response.header("Transfer-Encoding")?.lowercased() == "chunked" {
      while case let chunk = try readChunk(), !chunk.isEmpty { response.body += chunk }
    } else if let length = response.header("Content-Length").flatMap({ Int($0) }) {
      response.body = try read(count: length)
    } else {
      response.body = try readToEnd()
    }
    return response
  }

  /// Reads one chunk of a chunked body; the last one is empty.
  public func readChunk() throws -> [UInt8] {
    // A line's end is one character.
    let line = try readUntil("\r\n").dropLast()
    guard let size = Int(line.prefix { $0 != ";" }, radix: 16) else { throw Failure.malformed(String(line)) }
    return try read(count: size + 2).dropLast(2)
  }

  /// Reads to the first `marker` and returns what came until then, the marker included.
  public func readUntil(_ marker: String) throws -> String {
    let bytes = Array(marker.utf8)
    while true {
      if let end = Self.firstRange(of: bytes, in: buffer) {
        let found = buffer[..<end]
        buffer.removeFirst(end)
        return String(decoding: found, as: UTF8.self)
      }
      guard try receive() else { throw Failure.closed(received: text) }
    }
  }

  public func read(count: Int) throws -> [UInt8] {
    while buffer.count < count {
      guard try receive() else { throw Failure.closed(received: text) }
    }
    defer { buffer.removeFirst(count) }
    return Array(buffer.prefix(count))
  }

  /// Reads until the other end closes or resets the connection.
  public func readToEnd() throws -> [UInt8] {
    while try receive() {}
    defer { buffer = [] }
    return buffer
  }

  /// True once the other end has closed or reset the connection and everything before was read; never waits.
  public var isAtEnd: Bool {
    var byte: UInt8 = 0
    let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count == 0 || (count < 0 && errno != EAGAIN)
  }

  private var text: String { String(decoding: buffer, as: UTF8.self) }

  /// - Returns: false at the end.
  private func receive() throws -> Bool {
    var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let ready = Glibc.poll(&poll, 1, timeout)
    guard ready > 0 else { throw Failure.timedOut(received: text) }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = recv(descriptor, &chunk, chunk.count, 0)
    guard count > 0 else { return false }
    buffer += chunk.prefix(count)
    return true
  }

  private static func firstRange(of marker: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= marker.count else { return nil }
    for start in 0...(bytes.count - marker.count) where bytes[start] == marker[0] {
      if bytes[start..<start + marker.count].elementsEqual(marker) { return start + marker.count }
    }
    return nil
  }

  private static func connect4(_ descriptor: Int32, _ host: String, _ port: Int) -> Int32 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = UInt16(truncatingIfNeeded: port).bigEndian
    inet_pton(AF_INET, host, &address.sin_addr)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
  }

  private static func connect6(_ descriptor: Int32, _ host: String, _ port: Int) -> Int32 {
    var address = sockaddr_in6()
    address.sin6_family = sa_family_t(AF_INET6)
    address.sin6_port = UInt16(truncatingIfNeeded: port).bigEndian
    inet_pton(AF_INET6, host, &address.sin6_addr)
    return withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in6>.size))
      }
    }
  }
}

private final class ThreadWork: Sendable {
  let run: @Sendable () -> Void
  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private func runThreadWork(_ work: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let work { Unmanaged<ThreadWork>.fromOpaque(work).takeRetainedValue().run() }
  return nil
}
