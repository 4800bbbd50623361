/// A folder and those above it on the way that a walk took.
final class FolderLineage: Sendable {
  private let identity: FileStatus.Identity
  private let parent: FolderLineage?

  init(identity: FileStatus.Identity, parent: FolderLineage?) {
    self.identity = identity
    self.parent = parent
  }

  func contains(_ identity: FileStatus.Identity) -> Bool {
    var folder: FolderLineage? = self
    while let current = folder {
      if current.identity == identity { return true }
      folder = current.parent
    }
    return false
  }
}
