internal import CArchive
import Glibc

/// Reads a zip archive through its central directory, member after member, without writing to disk.
///
/// What an archive declares is never trusted: sizes are counted while unpacking and `DocumentLimits` apply to
/// what was counted.
///
/// `@unchecked Sendable`: one thread at a time uses a reader; those kept open are lent to one by `OpenArchives`.
final class ArchiveReader: @unchecked Sendable {
  /// Position of the current member in the archive, from 0; -1 before the first.
  private(set) var position = -1

  private let archive: OpaquePointer
  private let limits: DocumentLimits
  private let archiveSize: Int
  private let locale: ArchiveLocale
  private var declared = 0
  private var unpacked = 0
  private var current: ArchiveMember?

  /// Opens a zip file on disk.
  convenience init(path: String, limits: DocumentLimits) throws {
    var status = stat()
    guard stat(path, &status) == 0 else { throw DocumentError.unreadable(errno) }
    try self.init(size: Int(status.st_size), limits: limits) { archive in
      archive_read_open_filename(archive, path, 1 << 16)
    }
  }

  /// Lends a reader of an archive in memory to `body`.
  static func read<Result>(
    _ bytes: [UInt8], limits: DocumentLimits, _ body: (ArchiveReader) throws -> Result
  ) throws -> Result {
    try bytes.withUnsafeBytes { buffer in
      let reader = try ArchiveReader(size: buffer.count, limits: limits) { archive in
        archive_read_open_memory(archive, buffer.baseAddress, buffer.count)
      }
      return try body(reader)
    }
  }

  private init(size: Int, limits: DocumentLimits, open: (OpaquePointer) -> Int32) throws {
    guard let archive = archive_read_new() else {
      throw DocumentError(.unreadable, "libarchive has no memory for a reader.")
    }
    self.archive = archive
    self.limits = limits
    archiveSize = size
    locale = ArchiveLocale()
    try locale.use {
      // Only the reader that starts from the central directory: a file cut off has none and is refused, where
      // the streaming one would give its first members as if they were all.
      try check(archive_read_support_format_zip_seekable(archive))
      try check(open(archive))
    }
  }

  deinit { archive_read_free(archive) }

  /// Moves to the next member; nil after the last.
  func next() throws -> ArchiveMember? {
    var entry: OpaquePointer?
    let result = locale.use { archive_read_next_header(archive, &entry) }
    guard result != ARCHIVE_EOF else {
      current = nil
      return nil
    }
    try check(result)
    guard let entry else { return nil }
    position += 1
    guard position < limits.members else {
      throw DocumentError(
        .archiveBomb, "It has more than \(limits.members) members. Unpack it and add the folder.")
    }
    let member = ArchiveMember(entry, position: position)
    declared = declared.addingReportingOverflow(member.size ?? 0).partialValue
    try checkGrowth(declared)
    current = member
    return member
  }

  /// The content of the current member.
  ///
  /// - Parameters:
  ///   - limit: most bytes it may have; more is `.tooLarge`.
  ///   - prefix: stops after about this many bytes.
  func read(limit: Int, prefix: Int = .max) throws -> [UInt8] {
    guard let current else { return [] }
    guard !current.isEncrypted else { throw Self.encrypted }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(min(current.size ?? 0, limit, prefix, 1 << 20))
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count < prefix {
      let count = chunk.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
      guard count != 0 else { break }
      guard count > 0 else { throw damaged() }
      unpacked += count
      try checkGrowth(unpacked)
      try DocumentLimits.check(max(bytes.count + count, current.size ?? 0), limit: limit)
      bytes.append(contentsOf: chunk[..<count])
    }
    return bytes
  }

  static let encrypted = DocumentError(
    .encrypted, "It is encrypted with a password. Unpack the archive and add the folder.")

  private func checkGrowth(_ total: Int) throws {
    let product = archiveSize.multipliedReportingOverflow(by: limits.compressionRatio)
    let growth = product.overflow ? .max : max(limits.ratioFloorBytes, product.partialValue)
    let limit = min(limits.unpackedBytes, growth)
    guard total < 0 || total > limit else { return }
    throw DocumentError(
      .archiveBomb,
      "It has \(ByteCount(archiveSize)) and unpacks to more than \(ByteCount(limit)). "
        + "If you trust it, unpack it and add the folder.")
  }

  private func check(_ result: Int32) throws {
    // A warning about a header (an odd date, an unknown extra field) leaves the member readable.
    guard result == ARCHIVE_OK || result == ARCHIVE_WARN else { throw damaged() }
  }

  private func damaged() -> DocumentError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "libarchive gives no reason"
    return DocumentError(
      .damaged, "The archive is cut off or damaged: \(reason). Fetch or export it again.")
  }
}
