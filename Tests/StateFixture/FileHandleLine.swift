import Glibc

/// Standard output without buffers.
enum FileHandleLine {
  struct Failure: Error {}

  static func write(_ text: String) throws {
    let bytes = Array((text + "\n").utf8)
    guard Glibc.write(STDOUT_FILENO, bytes, bytes.count) == bytes.count else { throw Failure() }
  }
}
