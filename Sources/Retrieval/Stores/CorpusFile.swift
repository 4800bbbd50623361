import Glibc
import SQLite

/// The file that a corpus was opened in, so that another one in its place is noticed.
struct CorpusFile: Sendable {
  private let path: String
  private let opened: FileStatus?
  /// Whether it lies on a file system that is mounted read-only: SQLite cannot keep the index of its log beside it, and
  /// reads it as a file that nobody changes.
  let isFixed: Bool

  init(_ path: String, access: Corpus.Access) {
    self.path = path
    opened = try? FileStatus(path, followsLinks: true)
    var system = statvfs()
    isFixed =
      access == .read && statvfs(path, &system) == 0 && system.f_flag & UInt(ST_RDONLY) != 0
      && FileAccess.size(path + "-wal") == 0
  }

  /// How the file is opened for reading only.
  var reading: Connection.Mode { isFixed ? .immutable : .readOnly }

  /// Whether another file, or none, lies there now; or the same, changed from elsewhere although it seemed fixed.
  var isReplaced: Bool {
    guard let opened else { return false }
    guard let now = try? FileStatus(path, followsLinks: true), now.identity == opened.identity else {
      return true
    }
    return isFixed && (now.size != opened.size || now.modified != opened.modified)
  }

  /// - Throws: `CorpusError` where what was just read may be of two states of the file.
  func checkUnchanged() throws {
    guard isFixed, isReplaced else { return }
    throw CorpusError(
      .storage,
      "Corpus '\(path)' was changed from elsewhere while it was read from a file system that is mounted read-only. "
        + "Run the command again, or restart ragserver.")
  }
}
