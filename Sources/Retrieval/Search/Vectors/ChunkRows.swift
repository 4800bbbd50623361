import Synchronization

/// Finds the row of a chunk: a hash table of row numbers with open addressing, four to eight bytes a row.
///
/// Shared by the indexes that grow out of one another; each ignores rows that it does not count.
final class ChunkRows: Sendable {
  private struct Slots {
    /// Row + 1; 0 is free. A power of two.
    var rows: [UInt32]
    var used = 0
  }

  private let slots: Mutex<Slots>

  init(capacity: Int) {
    slots = Mutex(Slots(rows: [UInt32](repeating: 0, count: Self.size(for: capacity))))
  }

  private static func size(for count: Int) -> Int {
    var size = 64
    while size < count + count / 2 { size *= 2 }
    return size
  }

  private static func hash(_ chunk: Int) -> Int {
    Int(truncatingIfNeeded: (UInt64(truncatingIfNeeded: chunk) &* 0x9E37_79B9_7F4A_7C15) >> 32)
  }

  /// Adds rows, or moves their chunks to them.
  func insert(_ rows: Range<Int>, in segments: [VectorSegment]) {
    slots.withLock { slots in
      if slots.used + rows.count > slots.rows.count * 3 / 4 {
        let old = slots.rows
        slots = Slots(rows: [UInt32](repeating: 0, count: Self.size(for: 2 * (slots.used + rows.count))))
        for entry in old where entry != 0 { Self.insert(Int(entry) - 1, segments, &slots) }
      }
      for row in rows { Self.insert(row, segments, &slots) }
    }
  }

  private static func insert(_ row: Int, _ segments: [VectorSegment], _ slots: inout Slots) {
    let chunk = segments.chunk(of: row)
    let mask = slots.rows.count - 1
    var slot = hash(chunk) & mask
    while slots.rows[slot] != 0 {
      if segments.chunk(of: Int(slots.rows[slot]) - 1) == chunk { break }
      slot = (slot + 1) & mask
    }
    if slots.rows[slot] == 0 { slots.used += 1 }
    slots.rows[slot] = UInt32(row + 1)
  }

  /// The latest row of each chunk; nil for one that has none.
  func rows(of chunks: [Int], in segments: [VectorSegment], count: Int) -> [Int?] {
    slots.withLock { slots in
      let mask = slots.rows.count - 1
      return chunks.map { chunk in
        var slot = Self.hash(chunk) & mask
        while slots.rows[slot] != 0 {
          let row = Int(slots.rows[slot]) - 1
          // A row that a later index has added may lie in a segment that is not known here.
          if row / VectorSegment.capacity < segments.count, segments.chunk(of: row) == chunk {
            return row < count ? row : nil
          }
          slot = (slot + 1) & mask
        }
        return nil
      }
    }
  }
}

extension [VectorSegment] {
  func chunk(of row: Int) -> Int {
    Int(self[row / VectorSegment.capacity].chunks[row % VectorSegment.capacity])
  }
}
