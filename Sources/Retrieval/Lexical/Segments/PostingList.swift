/// The stored chunks that hold a term. The bytes belong to the segment, which has to be kept alive meanwhile.
struct PostingList {
  /// Chunks in the list, the removed ones included.
  var frequency: Int
  var bytes: UnsafeRawBufferPointer

  /// Blocks with an entry of their own; 0 for a short list.
  var blocks: Int {
    guard frequency >= PostingFormat.block else { return 0 }
    let blocks = PostingFormat.blocks(frequency)
    return blocks * PostingFormat.entry <= bytes.count ? blocks : 0
  }

  @inline(__always)
  func last(_ block: Int) -> Int {
    Int(bytes.loadUnaligned(fromByteOffset: block &* PostingFormat.entry, as: UInt32.self))
  }

  @inline(__always)
  func impact(_ block: Int) -> (frequencies: SIMD4<UInt16>, lengths: SIMD4<UInt16>) {
    let offset = block &* PostingFormat.entry
    return (
      bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: SIMD4<UInt16>.self),
      bytes.loadUnaligned(fromByteOffset: offset &+ 16, as: SIMD4<UInt16>.self)
    )
  }

  /// Bytes of a block.
  private func data(_ block: Int) -> UnsafeRawBufferPointer {
    let start = blocks * PostingFormat.entry
    let offset = Int(
      bytes.loadUnaligned(fromByteOffset: block &* PostingFormat.entry &+ 4, as: UInt32.self))
    guard start + offset <= bytes.count else {
      return UnsafeRawBufferPointer(rebasing: bytes[bytes.count...])
    }
    return UnsafeRawBufferPointer(rebasing: bytes[(start + offset)...])
  }

  /// Where a decoded block's frequencies lie.
  struct Frequencies {
    var source: UnsafeRawPointer
    var width: Int
  }

  /// Writes the chunks of a block and gives their number, 0 if the bytes are damaged: then they are below `limit`
  /// and rising. Frequencies of a full block are left packed, where `frequencies` says; those of a short one are
  /// written, each minus 1.
  func decode(
    _ block: Int, limit: Int, chunks: UnsafeMutablePointer<UInt32>,
    shortFrequencies: UnsafeMutablePointer<UInt32>,
    packed: inout Frequencies?
  ) -> Int {
    packed = nil
    if blocks == 0 {
      guard frequency < PostingFormat.block else { return 0 }
      return decodeShort(bytes, frequency, after: -1, limit: limit, chunks, shortFrequencies)
    }
    let previous = block == 0 ? -1 : last(block - 1)
    let data = data(block)
    let count = min(PostingFormat.block, frequency - block * PostingFormat.block)
    if count < PostingFormat.block {
      return decodeShort(data, count, after: previous, limit: limit, chunks, shortFrequencies)
    }
    guard data.count >= 2 else { return 0 }
    let gapWidth = Int(data[0])
    let frequencyWidth = Int(data[1])
    let size = 2 + BitPacking.size(width: gapWidth) + BitPacking.size(width: frequencyWidth)
    guard gapWidth <= PostingFormat.widest, frequencyWidth <= 16, data.count >= size, last(block) < limit,
      let base = data.baseAddress
    else { return 0 }
    BitPacking.unpack(base + 2, width: gapWidth, into: chunks)
    BitPacking.accumulate(chunks, after: Int32(truncatingIfNeeded: previous))
    guard Int(chunks[PostingFormat.block - 1]) == last(block) else { return 0 }
    packed = Frequencies(source: base + 2 + BitPacking.size(width: gapWidth), width: frequencyWidth)
    return count
  }

  private func decodeShort(
    _ bytes: UnsafeRawBufferPointer, _ count: Int, after previous: Int, limit: Int,
    _ chunks: UnsafeMutablePointer<UInt32>, _ frequencies: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var reader = ByteReader(bytes)
    var chunk = previous
    for index in 0..<count {
      let gap = reader.variable()
      let step = gap >> 1
      guard step > 0, step < limit - chunk else { return 0 }
      chunk += step
      chunks[index] = UInt32(truncatingIfNeeded: chunk)
      frequencies[index] =
        gap & 1 == 1 ? 0 : UInt32(truncatingIfNeeded: min(reader.variable(), Int(UInt16.max)) + 1)
    }
    return count
  }

  /// Visits all chunks of the list with their frequencies.
  func forEach(limit: Int, _ body: (_ chunk: Int, _ frequency: Int) -> Void) {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * PostingFormat.block) { buffer in
      guard let chunks = buffer.baseAddress else { return }
      let frequencies = chunks + PostingFormat.block
      var packed: Frequencies?
      for block in 0..<max(1, blocks) {
        let count = decode(
          block, limit: limit, chunks: chunks, shortFrequencies: frequencies, packed: &packed)
        if let packed { BitPacking.unpack(packed.source, width: packed.width, into: frequencies) }
        for index in 0..<count { body(Int(chunks[index]), Int(frequencies[index]) + 1) }
      }
    }
  }
}
