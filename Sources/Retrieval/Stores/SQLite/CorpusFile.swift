import Glibc
import SQLite

/// The file that a corpus was opened in, so that another one in its place is noticed.
struct CorpusFile: Sendable {
  private let path: String
  private let opened: FileStatus?
  /// Whether nothing can be kept beside it, because its file system is mounted read-only or this process may not write
  /// in its folder: SQLite could not keep the index of its log there, and reads it as a file that nobody changes.
  let isFixed: Bool

  init(_ path: String, access: Corpus.Access) {
    self.path = path
    opened = try? FileStatus(path, followsLinks: true)
    let real = (try? FileStatus.realPath(path)) ?? path
    isFixed =
      access == .read && opened != nil && FileAccess.size(real + "-wal") == 0 && !Self.hasRoomBeside(real)
  }

  /// Whether the log and its index are there or can be made.
  private static func hasRoomBeside(_ path: String) -> Bool {
    var system = statvfs()
    if statvfs(path, &system) == 0, system.f_flag & UInt(ST_RDONLY) != 0 { return false }
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? "./"
    if FileAccess.isWritable(String(folder)) { return true }
    // Somebody who may write there has it open.
    return ["-wal", "-shm"].allSatisfy { access(path + $0, R_OK) == 0 }
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
      "Corpus '\(path)' was changed from elsewhere while it was read as one that nobody changes, because nothing can "
        + "be written beside it here. Run the command again, or restart ragserver.")
  }
}
