/// A member of an archive as a source names it: `/a/b.zip!/inner.md`.
struct MemberSource: Equatable {
  /// Path of the archive on disk.
  let archive: String
  /// Path inside it.
  let member: String

  /// The source of a member.
  static func source(archive: String, member: String) -> String { "\(archive)!/\(member)" }

  /// Finds the archive: the first part before a `!/` that is a file. Folders may end with `!` too.
  init?(_ source: String) {
    let bytes = Array(source.utf8)
    let marks = bytes.indices.dropLast().filter {
      bytes[$0] == UInt8(ascii: "!") && bytes[$0 + 1] == UInt8(ascii: "/")
    }
    for mark in marks {
      let path = String(decoding: bytes[..<mark], as: UTF8.self)
      guard let status = try? FileStatus(path, followsLinks: true), status.kind == .file else { continue }
      archive = path
      member = String(decoding: bytes[(mark + 2)...], as: UTF8.self)
      return
    }
    return nil
  }
}
