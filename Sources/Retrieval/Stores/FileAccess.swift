import Glibc

/// What this process may do with a path.
enum FileAccess {
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  static func isFolder(_ path: String) -> Bool {
    (try? FileStatus(path, followsLinks: true))?.kind == .folder
  }

  /// Whether there is certainly nothing: what may not be looked at, or fails when it is, may still be there.
  static func isGone(_ path: String) -> Bool {
    access(path, F_OK) != 0 && (errno == ENOENT || errno == ENOTDIR)
  }

  static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

  /// Makes an empty file that nobody but its owner may read, unless there is one or it cannot be made. SQLite gives its
  /// companions the same permissions.
  static func createPrivately(_ path: String) {
    guard !path.hasPrefix(":") else { return }
    let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
    if descriptor >= 0 { close(descriptor) }
  }

  /// Permissions of what belongs to a file: the file's own, or its owner's alone if there is none.
  static func permissions(beside path: String) -> UInt32 {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & 0o666 : 0o600
  }

  /// Size of a file in bytes, 0 if there is none.
  static func size(_ path: String) -> Int { (try? FileStatus(path, followsLinks: true))?.size ?? 0 }

  /// Gives the file `part` the name `path` in place of its own. Unlike a rename, never replaces what somebody else has put
  /// there.
  ///
  /// - Parameter link: fails where a file can have one name only, as on FAT and some network file systems.
  /// - Returns: false with the reason in `errno`.
  static func publish(
    _ part: String, as path: String, link: (String, String) -> Int32 = { Glibc.link($0, $1) }
  ) -> Bool {
    if link(part, path) == 0 {
      unlink(part)
      return true
    }
    guard errno != EEXIST else { return false }
    // The name is taken first, by a file that may be replaced.
    let taken = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0o600)
    guard taken >= 0 else { return false }
    close(taken)
    if rename(part, path) == 0 { return true }
    let reason = errno
    unlink(path)
    errno = reason
    return false
  }
}
