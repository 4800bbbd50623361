import Glibc

/// A pipe whose ends close with it and are not inherited.
final class Pipe {
  let reader: Int32
  private(set) var writer: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw DocumentError.unreadable(errno) }
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (reader, writer) = (ends[0], ends[1])
  }

  deinit {
    close(reader)
    closeWriter()
  }

  /// Lets the reader see the end once the child has closed its copy.
  func closeWriter() {
    guard writer >= 0 else { return }
    close(writer)
    writer = -1
  }
}
