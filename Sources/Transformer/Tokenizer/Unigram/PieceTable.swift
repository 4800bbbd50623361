/// The pieces of a Unigram vocabulary, found by their bytes.
///
/// One open-addressed table of hashes. A hash grows a byte at a time, so that all pieces that start at one place of a
/// text are found in one pass.
final class PieceTable: @unchecked Sendable {  // Sendable: the table is never written after `init`.
  static let initialHash: UInt64 = 0xCBF2_9CE4_8422_2325

  private struct Slot {
    /// The upper half of the piece's hash.
    var tag: UInt32 = 0
    /// The piece's id; -1 in an empty slot.
    var id: Int32 = -1
  }

  let pieces: ScoredPieces
  /// Bytes of the longest piece.
  let longest: Int
  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int

  init(_ pieces: ScoredPieces) {
    self.pieces = pieces
    var size = 1024
    while size < pieces.count * 2 { size *= 2 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(), count: size)
    longest = (0..<pieces.count).reduce(0) { max($0, pieces.range($1).count) }
    for id in 0..<pieces.count { insert(id) }
  }

  deinit { slots.deallocate() }

  /// The hash of a piece that is `byte` longer.
  @inline(__always)
  static func extend(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// The id of the piece with these bytes, whose hash the caller has grown with `extend`.
  @inline(__always)
  func id(of piece: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32? {
    let tag = UInt32(truncatingIfNeeded: hash >> 32)
    var index = Self.index(hash) & mask
    while slots[index].id >= 0 {
      if slots[index].tag == tag, matches(slots[index].id, piece) { return slots[index].id }
      index = (index + 1) & mask
    }
    return nil
  }

  func id(of piece: UnsafeBufferPointer<UInt8>) -> Int32? {
    id(of: piece, hash: piece.reduce(Self.initialHash, Self.extend))
  }

  func id(of text: String) -> Int32? { Array(text.utf8).withUnsafeBufferPointer { id(of: $0) } }

  private func matches(_ id: Int32, _ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    let range = pieces.range(Int(id))
    guard range.count == piece.count else { return false }
    return pieces.bytes.withUnsafeBufferPointer { bytes in
      for offset in 0..<piece.count where bytes[range.lowerBound + offset] != piece[offset] { return false }
      return true
    }
  }

  @inline(__always)
  private static func index(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 29) }

  private func insert(_ id: Int) {
    let range = pieces.range(id)
    guard !range.isEmpty else { return }
    pieces.bytes.withUnsafeBufferPointer { bytes in
      let piece = UnsafeBufferPointer(rebasing: bytes[range])
      let hash = piece.reduce(Self.initialHash, Self.extend)
      let tag = UInt32(truncatingIfNeeded: hash >> 32)
      var index = Self.index(hash) & mask
      while slots[index].id >= 0 {
        // A repeated piece keeps its last id.
        if slots[index].tag == tag, matches(slots[index].id, piece) { break }
        index = (index + 1) & mask
      }
      slots[index] = Slot(tag: tag, id: Int32(id))
    }
  }
}
