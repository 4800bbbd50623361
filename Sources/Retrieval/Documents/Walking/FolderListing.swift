import Glibc

/// The entries of one folder.
enum FolderListing {
  struct Entry {
    let name: String
    /// Whether the name is not UTF-8, in which case `name` is only its likeness.
    let isGarbled: Bool
  }

  /// Entries by the bytes of their names, without `.` and `..`.
  static func entries(_ path: String) throws -> [Entry] {
    guard let folder = opendir(path) else { throw DocumentError.unreadable(errno) }
    defer { closedir(folder) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        guard errno == 0 else { throw DocumentError.unreadable(errno) }
        break
      }
      let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if bytes == [0x2E] || bytes == [0x2E, 0x2E] { continue }
      if let name = String(validating: bytes, as: UTF8.self) {
        entries.append(Entry(name: name, isGarbled: false))
      } else {
        entries.append(Entry(name: String(decoding: bytes, as: UTF8.self), isGarbled: true))
      }
    }
    return entries.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }
}
