import Glibc

/// Writes to a descriptor it does not own; an interrupted or partial write goes on.
public struct FileDescriptorSink: OutputSink {
  public let descriptor: Int32

  public init(_ descriptor: Int32) {
    self.descriptor = descriptor
  }

  public static let standardOutput = FileDescriptorSink(STDOUT_FILENO)
  public static let standardError = FileDescriptorSink(STDERR_FILENO)

  /// Asked for anew each time, as windows change their size; 80 where the terminal does not say.
  public var terminalWidth: Int? {
    guard isatty(descriptor) == 1 else { return nil }
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  public func write(_ text: String) throws(OutputError) {
    var text = text
    let failure = text.withUTF8 { bytes in Self.writeAll(descriptor, UnsafeRawBufferPointer(bytes)) }
    switch failure {
    case nil: return
    case EPIPE: throw .closed
    case .some(let code): throw .failed(String(cString: strerror(code)))
    }
  }

  /// The error number of the write that failed.
  private static func writeAll(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int32? {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
      if count >= 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // Whoever shares the descriptor has made it non-blocking: wait until there is room.
        var waiting = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&waiting, 1, -1)
      } else if errno != EINTR {
        return errno
      }
    }
    return nil
  }
}
