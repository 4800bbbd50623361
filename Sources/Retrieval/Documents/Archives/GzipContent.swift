internal import CArchive

/// What is packed with gzip (RFC 1952): one file without a name, such as a sitemap's `.xml.gz`.
enum GzipContent {
  /// Whether the bytes begin as such content does.
  static func isPacked(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x1F, 0x8B]) }

  /// - Parameter limit: most bytes that may come out; counted while unpacking, whatever is declared.
  /// - Throws: `DocumentError`, `.tooLarge` beyond the limit and `.damaged` where it is cut off or broken.
  static func unpacked(_ bytes: [UInt8], limit: Int) throws -> [UInt8] {
    try bytes.withUnsafeBytes { buffer in
      try read(limit: limit) { archive_read_open_memory($0, buffer.baseAddress, buffer.count) }
    }
  }

  /// The first bytes of what is packed, at most `count`; what lies behind them is not unpacked.
  ///
  /// - Throws: `.damaged` where it is cut off or broken before them.
  static func head(_ bytes: [UInt8], count: Int) throws -> [UInt8] {
    try bytes.withUnsafeBytes { buffer in
      try read(prefix: count) { archive_read_open_memory($0, buffer.baseAddress, buffer.count) }
    }
  }

  /// The same of a packed file on disk, of which no more is read than that takes.
  static func head(ofFile path: String, count: Int) throws -> [UInt8] {
    try read(prefix: count) { archive_read_open_filename($0, path, 1 << 14) }
  }

  private static func read(
    limit: Int = .max, prefix: Int = .max, open: (OpaquePointer) -> Int32
  ) throws -> [UInt8] {
    guard let archive = archive_read_new() else {
      throw DocumentError(.unreadable, "libarchive has no memory for a reader.")
    }
    defer { archive_read_free(archive) }
    func check(_ result: Int32) throws {
      guard result != ARCHIVE_OK, result != ARCHIVE_WARN else { return }
      throw damaged(archive)
    }
    try check(archive_read_support_filter_gzip(archive))
    try check(archive_read_support_format_raw(archive))
    try check(archive_read_support_format_empty(archive))
    try check(open(archive))
    var entry: OpaquePointer?
    let result = archive_read_next_header(archive, &entry)
    // A head that is cut off is none to libarchive, which would give the bytes as they are.
    guard archive_filter_code(archive, 0) == ARCHIVE_FILTER_GZIP else { throw damaged(archive) }
    // Nothing was packed.
    if result == ARCHIVE_EOF { return [] }
    try check(result)
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while content.count < prefix {
      let count = chunk.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
      guard count != 0 else { break }
      guard count > 0 else { throw damaged(archive) }
      guard content.count + count <= limit else {
        throw DocumentError(.tooLarge, "It unpacks to more than \(ByteCount(limit)).")
      }
      content.append(contentsOf: chunk[..<min(count, prefix - content.count)])
    }
    return content
  }

  private static func damaged(_ archive: OpaquePointer) -> DocumentError {
    let reason = archive_error_string(archive).map { String(cString: $0) } ?? "libarchive gives no reason"
    return DocumentError(.damaged, "What is packed with gzip is cut off or damaged: \(reason).")
  }
}
