/// The parts of an Office Open XML package (ECMA-376) and how they refer to each other.
struct OfficeParts {
  struct Relationship {
    let type: String
    /// Path of the part within the package.
    let target: String
  }

  let parts: ArchiveParts

  init(_ bytes: [UInt8], limits: DocumentLimits) throws {
    parts = try ArchiveParts(bytes, limits: limits) { path in
      ["xml", "rels"].contains(FileName.pathExtension(path))
    }
  }

  func tree(_ path: String) throws -> XMLTree? {
    try parts[path].map { try XMLTree($0, part: path) }
  }

  /// What the part at `path` refers to, by identifier.
  func relationships(of path: String) throws -> [String: Relationship] {
    let name = String(FileName.lastComponent(path))
    let list = "\(path.dropLast(name.count))_rels/\(name).rels"
    var found: [String: Relationship] = [:]
    for element in try tree(list)?.root?.all("Relationship") ?? [] {
      guard let id = element.attribute("Id"), let target = element.attribute("Target"),
        element.attribute("TargetMode") != "External"
      else { continue }
      let type = element.attribute("Type") ?? ""
      found[id] = Relationship(
        type: String(FileName.lastComponent(type)), target: MemberPath.resolved(target, against: path))
    }
    return found
  }

  /// The title among the package's properties; properties that cannot be parsed have none.
  var title: String? {
    let path = "docProps/core.xml"
    guard let content = parts[path], let root = try? XMLTree(content, part: path, recovers: true).root else {
      return nil
    }
    return PDFProperties.sensible(root.first("title")?.text ?? "")
  }
}
