/// What a walk has met, so that links and overlapping paths give nothing twice.
struct SeenSources {
  private var files: Set<String> = []
  private var folders: Set<FileStatus.Identity> = []

  /// - Returns: whether the file is new.
  mutating func insert(_ source: String) -> Bool { files.insert(source).inserted }

  /// - Returns: whether the folder is new.
  mutating func insert(_ folder: FileStatus.Identity) -> Bool { folders.insert(folder).inserted }
}
