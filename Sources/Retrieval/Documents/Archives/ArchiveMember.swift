internal import CArchive
import Glibc

/// A member of an archive as its directory describes it.
struct ArchiveMember {
  enum Kind { case file, directory, other }

  /// Where it stands in the archive, from 0.
  let position: Int
  /// The name, made safe by `MemberPath`.
  let path: String
  let kind: Kind
  /// Unpacked size in bytes, as declared.
  let size: Int?
  /// Last change in nanoseconds since 1970, as declared.
  let modified: Int64?
  let isEncrypted: Bool

  /// - Parameter entry: libarchive's entry, valid until the next header is read.
  init(_ entry: OpaquePointer, position: Int) {
    self.position = position
    path = MemberPath.sanitised(Self.name(entry))
    kind =
      switch archive_entry_filetype(entry) {
      case footnote_archive_regular(): .file
      case footnote_archive_directory(): .directory
      default: .other
      }
    size =
      archive_entry_size_is_set(entry) != 0 ? Int(clamping: max(0, archive_entry_size(entry))) : nil
    if archive_entry_mtime_is_set(entry) != 0 {
      let seconds = Int64(archive_entry_mtime(entry)).multipliedReportingOverflow(by: 1_000_000_000)
      modified = seconds.overflow ? nil : seconds.partialValue
    } else {
      modified = nil
    }
    isEncrypted = archive_entry_is_encrypted(entry) != 0
  }

  private static func name(_ entry: OpaquePointer) -> [UInt8] {
    guard let name = archive_entry_pathname(entry) else { return [] }
    return Array(UnsafeBufferPointer(start: name, count: strlen(name)).lazy.map { UInt8(bitPattern: $0) })
  }
}
