import Glibc

/// An open file that is read as a whole or from its start.
final class FileContent {
  let status: FileStatus
  private let descriptor: Int32

  /// - Throws: `.unreadable` with the system's reason, also for what is not a regular file.
  init(_ path: String) throws {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    let opened = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard opened >= 0 else { throw DocumentError.unreadable(errno) }
    do {
      status = try FileStatus(descriptor: opened)
      guard status.kind == .file else {
        throw DocumentError(
          .unreadable,
          status.kind == .folder
            ? "It is a folder, not a file." : "It is not a file but a device, pipe or socket.")
      }
    } catch {
      close(opened)
      throw error
    }
    descriptor = opened
  }

  deinit { close(descriptor) }

  /// The first bytes, `count` at most.
  func head(_ count: Int) throws -> [UInt8] {
    try read(count)
  }

  /// The whole content.
  ///
  /// - Parameter limit: most bytes it may have, also if it grows while it is read; more is `.tooLarge`.
  func all(limit: Int) throws -> [UInt8] {
    try DocumentLimits.check(status.size, limit: limit)
    let bytes = try read(limit == .max ? limit : limit + 1)
    try DocumentLimits.check(bytes.count, limit: limit)
    return bytes
  }

  private func read(_ count: Int) throws -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(count, status.size + 1))
    var buffer = [UInt8](repeating: 0, count: min(count, max(4096, min(status.size, 1 << 20))))
    while bytes.count < count {
      let got = pread(descriptor, &buffer, min(buffer.count, count - bytes.count), off_t(bytes.count))
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw DocumentError.unreadable(errno) }
      guard got > 0 else { break }
      bytes.append(contentsOf: buffer[..<got])
    }
    return bytes
  }
}
