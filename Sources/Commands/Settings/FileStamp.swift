import Glibc

/// What changes when a file does.
struct FileStamp: Equatable {
  let device: UInt
  let inode: UInt
  let size: Int
  /// Nanoseconds since 1970.
  let modified: Int
  let changed: Int
  let isRegular: Bool

  /// Nil where nothing can be found at `path`.
  init?(path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    device = UInt(status.st_dev)
    inode = UInt(status.st_ino)
    size = Int(status.st_size)
    modified = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
    changed = status.st_ctim.tv_sec * 1_000_000_000 + status.st_ctim.tv_nsec
    isRegular = status.st_mode & S_IFMT == S_IFREG
  }

  static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return time.tv_sec * 1_000_000_000 + time.tv_nsec
  }
}
