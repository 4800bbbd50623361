import FoundationEssentials

/// A corpus file that nobody wants to keep.
enum TemporaryCorpus {
  static func unique(_ name: String) -> String {
    FileManager.default.temporaryDirectory.appending(path: "\(name)-\(UUID().uuidString).db")
      .path(percentEncoded: false)
  }

  static func remove(_ path: String) {
    for suffix in ["", "-wal", "-shm", "-lock"] { try? FileManager.default.removeItem(atPath: path + suffix) }
  }
}
