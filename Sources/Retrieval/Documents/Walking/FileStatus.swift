import Glibc

/// What the file system says about a path.
struct FileStatus {
  enum Kind { case file, folder, link, other }

  /// The same for every name of one file or folder.
  struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  let kind: Kind
  let identity: Identity
  let size: Int
  /// Nanoseconds since 1970.
  let modified: Int64

  /// - Parameter followsLinks: whether a symbolic link stands for what it leads to.
  /// - Throws: `DocumentError`, `.symlinkLoop` where links lead back to themselves.
  init(_ path: String, followsLinks: Bool) throws {
    var status = stat()
    let result = followsLinks ? stat(path, &status) : lstat(path, &status)
    guard result == 0 else { throw DocumentError.unreadable(errno) }
    self.init(status)
  }

  /// The status of an open file.
  init(descriptor: Int32) throws {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw DocumentError.unreadable(errno) }
    self.init(status)
  }

  private init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      default: .other
      }
    identity = Identity(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
    size = Int(status.st_size)
    let seconds = Int64(status.st_mtim.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
    modified = seconds.overflow ? 0 : seconds.partialValue &+ Int64(status.st_mtim.tv_nsec)
  }

  /// The absolute path without links, `.` and `..`.
  static func realPath(_ path: String) throws -> String {
    guard let real = realpath(path, nil) else { throw DocumentError.unreadable(errno) }
    defer { free(real) }
    return String(cString: real)
  }
}
