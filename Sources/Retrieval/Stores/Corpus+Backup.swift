import Glibc

extension Corpus {
  /// Writes the corpus as it is now to a new file, which is there when it is complete. Ingests and servers go on meanwhile.
  ///
  /// - Returns: bytes of the file.
  /// - Throws: `CorpusError`, also if there is something at `path`.
  public func backUp(to path: String) throws -> Int {
    guard !FileAccess.exists(path) else {
      throw CorpusError(.storage, "'\(path)' exists already. Name a file that does not, or remove it.")
    }
    let part = path + ".part"
    // One that was broken off.
    unlink(part)
    FileAccess.createPrivately(part)
    do {
      try Self.reported(self.path) { try connection.backUp(to: part) }
      guard FileAccess.publish(part, as: path) else {
        throw CorpusError(.storage, "Cannot write '\(path)': \(String(cString: strerror(errno))).")
      }
    } catch {
      unlink(part)
      throw error
    }
    return FileAccess.size(path)
  }
}
