internal import CSpawn
import Glibc

/// A pipe that no child inherits unless it is given it; its ends close with it unless they are kept.
public final class Pipe {
  public private(set) var reader: Int32
  public private(set) var writer: Int32

  public init() throws(ProcessError) {
    var ends: [Int32] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC) == 0 else { throw ProcessError("make a pipe", errno) }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    if reader >= 0 { close(reader) }
    closeWriter()
  }

  /// Lets the reader see the end once the child has closed its copy.
  public func closeWriter() {
    guard writer >= 0 else { return }
    close(writer)
    writer = -1
  }

  /// The reading end, which is the caller's to close from now on.
  public func keepReader() -> Int32 {
    defer { reader = -1 }
    return reader
  }

  /// The writing end, which is the caller's to close from now on.
  public func keepWriter() -> Int32 {
    defer { writer = -1 }
    return writer
  }
}
