/// The documents in a zip archive, and what in it cannot be read.
struct ArchiveListing {
  private(set) var members: [SourceFile] = []
  private(set) var failures: [SourceFailure] = []

  /// Chooses members as a walk chooses files: by extension, else by whether they begin like text; hidden ones and
  /// those of skipped folders are passed over, and so is what a generator put beside the pages of a site.
  ///
  /// - Parameter archive: a zip file on disk.
  init(_ archive: SourceFile, limits: DocumentLimits) throws {
    let selection = WalkSelection(SourceWalker.Options())
    let reader = try ArchiveReader(path: archive.source, limits: limits)
    var seen: Set<String> = []
    var paths: [String] = []
    var found: [(path: String, file: SourceFile)] = []
    while let member = try reader.next() {
      guard member.kind == .file, !member.path.isEmpty, Self.isSelected(member.path, selection) else {
        continue
      }
      paths.append(member.path)
      let file = SourceFile(
        source: MemberSource.source(archive: archive.source, member: member.path),
        name: MemberSource.source(archive: archive.name, member: member.path), size: member.size,
        modified: member.modified)
      do {
        guard try Self.isDocument(member, reader, limits) else { continue }
        guard seen.insert(member.path).inserted else {
          throw DocumentError(.damaged, "The archive has two members of this name; the first was taken.")
        }
        found.append((member.path, file))
      } catch let error as DocumentError where error.code != .archiveBomb {
        failures.append(SourceFailure(source: file.source, name: file.name, error: error))
      }
    }
    let byproducts = BuiltSite.byproducts(of: paths)
    members = found.filter { !byproducts.contains($0.path) }.map(\.file)
  }

  private static func isSelected(_ path: String, _ selection: WalkSelection) -> Bool {
    let names = PathComponent.all(path)
    return names.indices.allSatisfy { index in
      selection.takes(Array(names[...index]), isFolder: index < names.count - 1, verdict: nil)
    }
  }

  private static func isDocument(
    _ member: ArchiveMember, _ reader: ArchiveReader, _ limits: DocumentLimits
  ) throws -> Bool {
    if BinaryFormat.isArchive(member.path) {
      throw DocumentError(
        .nestedArchive, "It is an archive inside another. Unpack the outer one and add the folder.")
    }
    let isNamed = DocumentFormat(name: member.path) != nil
    guard isNamed || !BinaryFormat.isBinary(member.path), isNamed || member.size != 0 else { return false }
    if member.isEncrypted { throw ArchiveReader.encrypted }
    if isNamed, !PackedScript.mayBePacked(member.path) { return true }
    let head = try reader.read(limit: limits.documentBytes, prefix: TextSniffer.length)
    if isNamed { return !PackedScript.isPacked(name: member.path, head: head) }
    return BinaryFormat.name(head) == nil && TextSniffer.isText(head)
  }
}
