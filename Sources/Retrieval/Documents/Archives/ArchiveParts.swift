/// The members of a document that is a zip archive (EPUB, DOCX), unpacked into memory.
struct ArchiveParts {
  /// Every member's path, unpacked or not, in stored order.
  private(set) var paths: [String] = []
  private var contents: [String: [UInt8]] = [:]
  /// The first path of those that differ in case alone, by its lower case.
  private var pathsByLowerCase: [String: String] = [:]

  /// Unpacks the members that `isWanted` chooses by path.
  init(_ bytes: [UInt8], limits: DocumentLimits, isWanted: (String) -> Bool) throws {
    (paths, contents) = try ArchiveReader.read(bytes, limits: limits) { reader in
      var paths: [String] = []
      var contents: [String: [UInt8]] = [:]
      while let member = try reader.next() {
        guard member.kind == .file else { continue }
        paths.append(member.path)
        if isWanted(member.path), contents[member.path] == nil {
          contents[member.path] = try reader.read(limit: limits.documentBytes)
        }
      }
      return (paths, contents)
    }
    pathsByLowerCase = Dictionary(
      paths.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
  }

  /// The content at `path`; a path that differs in case alone is found too, as on the systems where such
  /// documents are made.
  subscript(path: String) -> [UInt8]? {
    contents[path] ?? pathsByLowerCase[path.lowercased()].flatMap { contents[$0] }
  }

  /// - Throws: `.damaged`, naming the member that is missing and what it is.
  func required(_ path: String, is role: String) throws -> [UInt8] {
    guard let content = self[path] else {
      throw DocumentError(
        .damaged, "'\(path)', \(role), is missing from it. Fetch or export the document again.")
    }
    return content
  }
}
