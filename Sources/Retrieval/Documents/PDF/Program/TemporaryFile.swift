import Glibc

/// Bytes in a file that has no name any more: it goes when it is closed, whatever happens to the process.
final class TemporaryFile {
  let descriptor: Int32

  init(_ bytes: [UInt8]) throws {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var path = Array("\(folder)/footnote-XXXXXX".utf8CString)
    descriptor = mkstemp(&path)
    guard descriptor >= 0 else { throw Self.failure(folder) }
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    unlink(path)
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes {
        write(descriptor, $0.baseAddress?.advanced(by: written), $0.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(folder) }
      written += count
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  private static func failure(_ folder: String) -> DocumentError {
    DocumentError(
      .unreadable,
      "It cannot be copied to '\(folder)' for reading (\(String(cString: strerror(errno)))). Set TMPDIR to a folder "
        + "with room.")
  }
}
