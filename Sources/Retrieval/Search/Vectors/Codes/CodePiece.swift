/// Consecutive rows of an index with their codes, as a corpus file keeps them: what the rows belong to, then their
/// codes, in the byte order of the processor.
enum CodePiece {
  /// Rows of every piece but the last.
  static let capacity = 4096
  /// Counted up when codes are made or laid out in another way, so that those of earlier versions are left alone.
  static let format = 1

  /// The bytes of `rows`, which begin a piece.
  static func bytes(
    of rows: Range<Int>, in segment: VectorSegment, _ codes: CodeSegment, space: CodeSpace
  ) -> [UInt8] {
    var bytes: [UInt8] = []
    for stretch in stretches(rows, segment, codes, space) { bytes.append(contentsOf: stretch) }
    return bytes
  }

  /// Takes `bytes` as `rows` of a segment.
  ///
  /// - Returns: false if they are of another length.
  static func read(
    _ bytes: UnsafeRawBufferPointer, as rows: Range<Int>, of segment: VectorSegment, _ codes: CodeSegment,
    space: CodeSpace
  ) -> Bool {
    let stretches = stretches(rows, segment, codes, space)
    guard bytes.count == stretches.reduce(0, { $0 + $1.count }) else { return false }
    var offset = 0
    for stretch in stretches {
      stretch.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + stretch.count]))
      offset += stretch.count
    }
    return true
  }

  /// The memory of `rows`, in the order of their bytes.
  private static func stretches(
    _ rows: Range<Int>, _ segment: VectorSegment, _ codes: CodeSegment, _ space: CodeSpace
  ) -> [UnsafeMutableRawBufferPointer] {
    let keys = [segment.chunks, segment.documents, segment.embeddings].map {
      UnsafeMutableRawBufferPointer(
        UnsafeMutableBufferPointer(start: $0 + rows.lowerBound, count: rows.count))
    }
    return keys + codes.stretches(rows, in: space)
  }
}
