/// Which chunks need the vector of a text, by the text's hash: a hash table with open addressing over the chunks of
/// a whole corpus, so that vectors can be read in the order in which they lie in the file.
struct ChunkVectors {
  struct Chunk {
    var id: Int
    var document: Int
    fileprivate var hash: (UInt64, UInt64)
    /// Another chunk with the same text; -1 for none.
    fileprivate var next: Int32 = -1
  }

  private(set) var chunks: [Chunk] = []
  /// Index of a chunk + 1; 0 is free. A power of two.
  private var slots: [Int32] = []

  init(capacity: Int) {
    chunks.reserveCapacity(capacity)
    var size = 64
    while size < 2 * capacity { size *= 2 }
    slots = [Int32](repeating: 0, count: size)
  }

  private static func key(_ hash: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
    // Hashes are 16 bytes of SHA-256; of a shorter one the rest counts as zero.
    var key: (UInt64, UInt64) = (0, 0)
    withUnsafeMutableBytes(of: &key) {
      $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: hash.prefix(16)))
    }
    return key
  }

  mutating func insert(id: Int, document: Int, hash: UnsafeRawBufferPointer) {
    var chunk = Chunk(id: id, document: document, hash: Self.key(hash))
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: chunk.hash.0) & mask
    while slots[slot] != 0, chunks[Int(slots[slot]) - 1].hash != chunk.hash { slot = (slot + 1) & mask }
    if slots[slot] != 0 { chunk.next = slots[slot] - 1 }
    chunks.append(chunk)
    slots[slot] = Int32(chunks.count)
  }

  /// Visits the chunks with a text.
  func forEach(_ hash: UnsafeRawBufferPointer, _ body: (Chunk) throws -> Void) rethrows {
    let key = Self.key(hash)
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.0) & mask
    while slots[slot] != 0, chunks[Int(slots[slot]) - 1].hash != key { slot = (slot + 1) & mask }
    var index = slots[slot] - 1
    while index >= 0 {
      let chunk = chunks[Int(index)]
      try body(chunk)
      index = chunk.next
    }
  }
}
