import Glibc

/// Writes a file from its start.
struct FileWriter: ~Copyable {
  struct Failure: Error, CustomStringConvertible {
    var description: String
  }

  private let path: String
  private var descriptor: Int32

  init(path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Self.failure(path) }
  }

  /// Finds out whether a file can be written, before the work that it is for; what it holds stays.
  static func check(_ path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw failure(path) }
    _ = Glibc.close(descriptor)
  }

  /// Writes `text` as the whole of a file.
  static func write(_ text: String, to path: String) throws {
    var writer = try FileWriter(path: path)
    try writer.write(Array(text.utf8))
    try writer.close()
  }

  deinit { if descriptor >= 0 { _ = Glibc.close(descriptor) } }

  mutating func write(_ bytes: [UInt8]) throws {
    var offset = 0
    while offset < bytes.count {
      let count = bytes[offset...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw Self.failure(path) }
      offset += count
    }
  }

  /// Makes sure that everything is on the disk.
  mutating func close() throws {
    let failed = fsync(descriptor) != 0
    if failed { throw Self.failure(path) }
    _ = Glibc.close(descriptor)
    descriptor = -1
  }

  private static func failure(_ path: String) -> Failure {
    Failure(description: "Cannot write '\(path)': \(String(cString: strerror(errno))).")
  }
}
