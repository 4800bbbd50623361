/// The directory of an archive on disk at one moment.
final class OpenArchive: Sendable {
  let path: String
  /// Where each member stands; of several with one name, the first.
  let positions: [String: Int]
  private let identity: FileStatus.Identity
  private let size: Int
  private let modified: Int64

  init(_ path: String, _ status: FileStatus, _ limits: DocumentLimits) throws {
    self.path = path
    (identity, size, modified) = (status.identity, status.size, status.modified)
    let reader = try ArchiveReader(path: path, limits: limits)
    var positions: [String: Int] = [:]
    while let member = try reader.next() {
      if member.kind == .file, positions[member.path] == nil { positions[member.path] = member.position }
    }
    self.positions = positions
  }

  /// Whether the file is still the one that was read.
  func isCurrent(_ status: FileStatus) -> Bool {
    status.identity == identity && status.size == size && status.modified == modified
  }
}
