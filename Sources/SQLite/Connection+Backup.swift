internal import CSQLite

extension Connection {
  /// Copies the database page by page into a new file, as it is at one moment; others may read and write meanwhile.
  public func backUp(to path: String) throws(SQLiteError) {
    let target = try Connection(path: path, mode: .create)
    let operation = "back up \(self.path) to \(path)"
    guard let backup = sqlite3_backup_init(target.handle, "main", handle, "main") else {
      throw Self.error(sqlite3_errcode(target.handle), target.handle, operation)
    }
    // All pages in one step are all of one moment.
    let code = sqlite3_backup_step(backup, -1)
    let end = sqlite3_backup_finish(backup)
    guard code == SQLITE_DONE, end == SQLITE_OK else {
      throw Self.error(code == SQLITE_DONE ? end : code, target.handle, operation)
    }
  }
}
