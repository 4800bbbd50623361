import Glibc
import SQLite

extension StateError {
  /// Runs `body` and puts SQLite's errors into words about the state database.
  static func reported<Result>(_ path: String, _ body: () throws -> Result) throws -> Result {
    do {
      return try body()
    } catch let error as SQLiteError {
      throw StateError(error, path: path)
    }
  }

  init(_ error: SQLiteError, path: String) {
    self =
      if error.isFull {
        StateError(
          .unavailable, "The state database '\(path)' cannot grow: the disk is full. Free some space on it.")
      } else if error.isBusy {
        StateError(
          .unavailable,
          "The state database '\(path)' is locked by another process. "
            + "Stop the program that holds it, or try again.")
      } else if error.isCorrupt {
        StateError(
          .incompatible,
          "'\(path)' is not a state database, or a damaged one (\(error.message)). "
            + "Restore it from a backup, or choose another file with --state.")
      } else if error.cannotOpen {
        StateError(
          .unavailable,
          "The state database '\(path)' cannot be written (\(error.message)). "
            + "Give this user the right to write the file and its folder, or choose another file with --state."
        )
      } else {
        StateError(
          .unavailable,
          "The state database '\(path)' failed: \(error). "
            + "Check the disk that it is on; the server's log has the time.")
      }
  }

  /// A file that `open` refused.
  init(opening path: String, _ code: Int32) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    let fix =
      switch code {
      case ENOENT, ENOTDIR: "There is no folder '\(folder)': make it with 'mkdir -p'"
      case EACCES, EPERM, EROFS: "Give this user the right to write in '\(folder)'"
      case EISDIR: "It is a folder"
      case ENOSPC, EDQUOT: "The disk is full: free some space on it"
      default: "Check the file and its folder"
      }
    self.init(
      .unavailable,
      "Cannot open the state database '\(path)' (\(String(cString: strerror(code)))). "
        + "\(fix), or choose another file with --state.")
  }
}
