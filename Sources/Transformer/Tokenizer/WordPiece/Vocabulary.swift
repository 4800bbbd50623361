/// The pieces of a WordPiece model, found by their bytes.
///
/// One open-addressed table holds the pieces that begin a word and those that continue one. The hash grows
/// a byte at a time, so that all prefixes of a word are hashed in one pass.
final class Vocabulary: @unchecked Sendable {  // Sendable: the tables are never written after `init`.
  /// What a piece's hash starts from, so that `s` and `##s` are different keys.
  static let initialHash: UInt64 = 0xCBF2_9CE4_8422_2325
  static let continuingHash: UInt64 = 0x84222325_CBF29CE4

  private struct Slot {
    var hash: UInt64 = 0
    var offset: Int32 = 0
    /// Bytes of the piece; 0 in an empty slot.
    var length: Int32 = 0
    var id: Int32 = 0
  }

  /// Bytes of the longest piece, without the prefix of continuing ones.
  let longest: Int
  let largestID: Int32
  private let bytes: UnsafeMutableBufferPointer<UInt8>
  private let slots: UnsafeMutablePointer<Slot>
  private let mask: Int

  /// Pieces with their ids; those that start with `prefix` continue a word.
  init(_ pieces: [(text: String, id: Int32)], continuingPrefix prefix: String) {
    var size = 1024
    while size < pieces.count * 4 { size *= 2 }
    mask = size - 1
    slots = .allocate(capacity: size)
    slots.initialize(repeating: Slot(), count: size)
    bytes = .allocate(capacity: pieces.reduce(0) { $0 + $1.text.utf8.count })
    longest = pieces.reduce(0) { max($0, $1.text.utf8.count) }
    largestID = pieces.reduce(0) { max($0, $1.id) }
    var offset = 0
    for (text, id) in pieces {
      let end = bytes.suffix(from: offset).update(fromContentsOf: text.utf8)
      insert(offset..<end, hash: Self.initialHash, id: id)
      if !prefix.isEmpty, text.utf8.starts(with: prefix.utf8) {
        insert(offset + prefix.utf8.count..<end, hash: Self.continuingHash, id: id)
      }
      offset = end
    }
  }

  deinit {
    slots.deallocate()
    bytes.deallocate()
  }

  /// The hash of a piece that is `byte` longer.
  @inline(__always)
  static func extend(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    (hash ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  /// The id of the piece with these bytes, whose hash the caller has grown with `extend`.
  @inline(__always)
  func id(of piece: UnsafeBufferPointer<UInt8>, hash: UInt64) -> Int32? {
    var index = Self.index(hash) & mask
    while slots[index].length != 0 {
      if slots[index].hash == hash, matches(slots[index], piece) { return slots[index].id }
      index = (index + 1) & mask
    }
    return nil
  }

  /// The id of a piece that begins a word.
  func id(of text: String) -> Int32? {
    let bytes = Array(text.utf8)
    let hash = bytes.reduce(Self.initialHash, Self.extend)
    return bytes.withUnsafeBufferPointer { id(of: $0, hash: hash) }
  }

  private func matches(_ slot: Slot, _ piece: UnsafeBufferPointer<UInt8>) -> Bool {
    guard Int(slot.length) == piece.count else { return false }
    for i in 0..<piece.count where bytes[Int(slot.offset) + i] != piece[i] { return false }
    return true
  }

  @inline(__always)
  private static func index(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash ^ hash >> 32) }

  private func insert(_ range: Range<Int>, hash: UInt64, id: Int32) {
    guard !range.isEmpty else { return }
    let piece = UnsafeBufferPointer(rebasing: bytes[range])
    let hash = piece.reduce(hash, Self.extend)
    var index = Self.index(hash) & mask
    while slots[index].length != 0 {
      // A repeated piece keeps its last id.
      if slots[index].hash == hash, matches(slots[index], piece) { break }
      index = (index + 1) & mask
    }
    slots[index] = Slot(hash: hash, offset: Int32(range.lowerBound), length: Int32(range.count), id: id)
  }
}
