import Glibc

/// Reads a settings file again when its identity, size or times have changed.
struct SettingsFile: Sendable {
  let path: String
  private(set) var contents = DotEnvFile.empty {
    didSet { secrets = contents.entries.filter { Redaction.isSecretName($0.key) }.map(\.value.value) }
  }
  /// The values of variables named like secrets.
  private(set) var secrets: [String] = []
  /// Why the file could not be read; a file that is not there is no failure.
  private(set) var failure: String?
  private(set) var timesRead = 0
  private var stamp: FileStamp?
  private var isSettled = false

  /// More than this is no settings file but a mistake in the path.
  private static let largest = 1 << 20

  init(path: String) {
    self.path = path
  }

  /// - Parameter now: nanoseconds since 1970, taken before the file is looked at: what is written later is
  ///   stamped later.
  mutating func refresh(now: Int = FileStamp.now()) {
    let current = FileStamp(path: path)
    if isSettled, current == stamp { return }
    stamp = current
    // Times of files are coarse (10 ms, or 1 s on some file systems): a file just written may be written once
    // more with the same time and size, so it is read again until its time is safely past.
    isSettled = current.map { max($0.modified, $0.changed) < now - 2_000_000_000 } ?? true
    failure = nil
    guard let current else {
      contents = .empty
      return
    }
    guard current.isRegular else { return fail("it is not a regular file") }
    guard current.size <= Self.largest else { return fail("it is larger than 1 MiB") }
    timesRead += 1
    do throws(ReadFailure) {
      contents = DotEnvFile(bytes: try Self.read(path))
    } catch {
      fail(String(cString: strerror(error.code)))
    }
  }

  private mutating func fail(_ reason: String) {
    contents = .empty
    failure = reason
    // The reason may pass without the file changing (a permission of a folder above it).
    isSettled = false
  }

  private struct ReadFailure: Error {
    let code: Int32
  }

  private static func read(_ path: String) throws(ReadFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { throw ReadFailure(code: errno) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16384)
    while bytes.count <= largest {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw ReadFailure(code: errno) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
