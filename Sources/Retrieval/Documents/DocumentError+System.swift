import Glibc

extension DocumentError {
  /// A system call on the document failed with `code` of `errno`.
  static func unreadable(_ code: Int32) -> DocumentError {
    let reason = String(cString: strerror(code))
    switch code {
    case ELOOP:
      return DocumentError(.symlinkLoop, "Its symbolic links lead back to themselves. Remove one of them.")
    case ENOENT, ENOTDIR:
      return DocumentError(.unreadable, "It does not exist (\(reason)). Check the path.")
    case EACCES, EPERM:
      return DocumentError(.unreadable, "It cannot be read (\(reason)). Change its permissions with chmod.")
    default:
      return DocumentError(.unreadable, "It cannot be read (\(reason)).")
    }
  }
}
