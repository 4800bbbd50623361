import Glibc

extension Corpus {
  /// Writes the corpus as it is now to a new file, which is there when it is complete. Ingests and servers go on meanwhile.
  ///
  /// - Returns: bytes of the file.
  /// - Throws: `CorpusError`, also if there is something at `path`, or somebody else just writes it.
  public func backUp(to path: String) throws -> Int {
    guard !FileAccess.exists(path) else {
      throw CorpusError(.storage, "'\(path)' exists already. Name a file that does not, or remove it.")
    }
    let part = path + ".part"
    let descriptor = try Self.claim(part, of: path)
    defer { close(descriptor) }
    do {
      try Self.reported(self.path) { try connection.backUp(to: part) }
      guard FileAccess.publish(part, as: path) else { throw Self.cannotWrite(path) }
    } catch {
      unlink(part)
      throw error
    }
    return FileAccess.size(path)
  }

  /// Makes an empty file that nobody else fills: two copies in one file would be neither.
  ///
  /// - Returns: its descriptor, to be closed when it has its name.
  private static func claim(_ part: String, of path: String) throws -> Int32 {
    let descriptor = open(part, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw cannotWrite(path) }
    let isHeld = flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK
    // Whoever held it has given the file another name meanwhile.
    let isGone =
      (try? FileStatus(descriptor: descriptor).identity)
      != (try? FileStatus(part, followsLinks: true).identity)
    guard !isHeld, !isGone else {
      close(descriptor)
      throw CorpusError(
        .locked, "'\(path)' is just being written by somebody else. Name another file, or try again later.")
    }
    // What one that was broken off has left.
    guard ftruncate(descriptor, 0) == 0 else {
      defer { close(descriptor) }
      throw cannotWrite(path)
    }
    unlink(part + "-journal")
    return descriptor
  }

  private static func cannotWrite(_ path: String) -> CorpusError {
    CorpusError(.storage, "Cannot write '\(path)': \(String(cString: strerror(errno))).")
  }
}
