/// Rows of an index, as a bit each.
final class RowSet: Sendable {
  /// A word for every 64 rows, in order; whole segments.
  private let memory: MappedMemory
  /// Rows in the set.
  let count: Int

  static let wordsPerSegment = VectorSegment.capacity / 64

  /// `fill` gets zeroed words.
  init(segments: Int, fill: (UnsafeMutablePointer<UInt64>) -> Void) {
    memory = MappedMemory(byteCount: segments * Self.wordsPerSegment * MemoryLayout<UInt64>.stride)
    let words: UnsafeMutablePointer<UInt64> = memory.values()
    fill(words)
    count = (0..<segments * Self.wordsPerSegment).reduce(0) { $0 + words[$1].nonzeroBitCount }
  }

  /// Words of one segment.
  func words(of segment: Int) -> UnsafePointer<UInt64> {
    UnsafePointer(memory.values(of: UInt64.self) + segment * Self.wordsPerSegment)
  }

  func contains(_ row: Int, of segment: Int) -> Bool {
    words(of: segment)[row / 64] >> UInt64(row % 64) & 1 != 0
  }
}
