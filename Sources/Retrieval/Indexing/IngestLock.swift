import Glibc

/// Held by the one process that writes a corpus; the system releases it when that process ends, however it ends.
public final class IngestLock: Sendable {
  private let descriptor: Int32

  private init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Takes the lock of the corpus at `path`.
  ///
  /// - Parameters:
  ///   - waits: waits for another process to finish; otherwise an error says who holds the lock.
  ///   - onWait: called once before waiting with what is known of the holder, such as "process 4711".
  /// - Throws: `CorpusError`, or `CancellationError` while waiting.
  public static func acquire(
    for path: String, waits: Bool = true, onWait: @Sendable (String) -> Void = { _ in }
  ) async throws -> IngestLock {
    let lockPath = path + suffix
    let descriptor = open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, FileAccess.permissions(beside: path))
    guard descriptor >= 0 else {
      throw CorpusError(
        .readOnly,
        "Cannot open lock file '\(lockPath)': \(String(cString: strerror(errno))). Check that its folder exists "
          + "and can be written.")
    }
    let lock = IngestLock(descriptor: descriptor)
    var announced = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let holder = lock.holder
      guard waits else {
        throw CorpusError(
          .locked, "Corpus '\(path)' is being written by \(holder). Try again when it has finished.")
      }
      if !announced { onWait(holder) }
      announced = true
      try await Task.sleep(for: .milliseconds(100))
    }
    lock.sign()
    return lock
  }

  /// Whether a file is such a lock, which changes with every run and is no document.
  ///
  /// - Parameter head: its first bytes.
  static func isLock(_ name: some StringProtocol, head: [UInt8]) -> Bool {
    name.hasSuffix(suffix) && head.starts(with: mark.utf8)
  }

  private static let suffix = "-lock"
  private static let mark = "process "

  /// Writes this process into the file, for those who wait.
  private func sign() {
    let text = Array("\(Self.mark)\(getpid())\n".utf8)
    if ftruncate(descriptor, 0) == 0 { pwrite(descriptor, text, text.count, 0) }
  }

  private var holder: String {
    var buffer = [UInt8](repeating: 0, count: 64)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let text = String(decoding: buffer.prefix(max(0, count)).prefix { $0 != 0x0A }, as: UTF8.self)
    return text.isEmpty ? "another process" : text
  }
}
