/// A path that was given by name.
enum WalkRoot {
  case file(SourceFile)
  /// The folder's real path and its own name.
  case folder(path: String, name: String)
  case failure(SourceFailure)

  init(_ path: String) {
    do {
      let status = try FileStatus(path, followsLinks: true)
      let real = try FileStatus.realPath(path)
      switch status.kind {
      case .folder:
        self = .folder(path: real, name: String(FileName.lastComponent(real)))
      case .file:
        // A link keeps the name it was given by: its extension is the one that was meant.
        let last = FileName.lastComponent(path)
        self = .file(
          SourceFile(source: real, name: String(last), size: status.size, modified: status.modified))
      case .link, .other:
        throw DocumentError(.unreadable, "It is neither a file nor a folder but a device, pipe or socket.")
      }
    } catch let error as DocumentError {
      self = .failure(SourceFailure(source: path, name: path, error: error))
    } catch {
      self = .failure(SourceFailure(source: path, name: path, error: DocumentError(.unreadable, "\(error)")))
    }
  }
}
