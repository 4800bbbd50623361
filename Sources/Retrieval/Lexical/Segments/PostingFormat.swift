/// How the list of chunks that hold a term is stored.
///
/// A short list (fewer than 128 chunks) is variable-length numbers: the gap to the chunk before, doubled, plus 1 if
/// the frequency is 1; otherwise the frequency minus 2 follows. A longer one starts with an entry for each block of
/// 128, then come the blocks: widths of gaps and frequencies, the packed gaps minus 1, the packed frequencies minus
/// 1. The last block, if it is not full, is stored like a short list.
enum PostingFormat {
  static let block = BitPacking.count
  /// Bytes of an entry: last chunk, start after the entries (UInt32 each), and the impact.
  static let entry = 24
  /// Widest gap that a block can hold, in bits: what 128 of them add up to stays below 2^31.
  static let widest = 24
  /// Most chunks of a segment.
  static let mostChunks = 1 << widest

  static func blocks(_ frequency: Int) -> Int { (frequency + block - 1) / block }

  /// Appends a list of ascending chunks.
  static func append(
    _ chunks: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt16>, lengths: [UInt16],
    to bytes: inout [UInt8]
  ) {
    guard chunks.count >= block else {
      appendShort(chunks, frequencies, after: -1, to: &bytes)
      return
    }
    let entries = bytes.count
    let count = blocks(chunks.count)
    bytes.append(contentsOf: repeatElement(0, count: count * entry))
    let data = bytes.count
    var previous = -1
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: block) { values in
      for number in 0..<count {
        let start = number * block
        let end = min(chunks.count, start + block)
        let chunks = UnsafeBufferPointer(rebasing: chunks[start..<end])
        let frequencies = UnsafeBufferPointer(rebasing: frequencies[start..<end])
        let last = chunks[chunks.count - 1]
        let impact = Impact(chunks, frequencies, lengths: lengths)
        bytes.withUnsafeMutableBytes { bytes in
          let offset = entries + number * entry
          bytes.storeBytes(of: last, toByteOffset: offset, as: UInt32.self)
          bytes.storeBytes(of: UInt32(bytes.count - data), toByteOffset: offset + 4, as: UInt32.self)
          bytes.storeBytes(of: impact.frequencies, toByteOffset: offset + 8, as: SIMD4<UInt16>.self)
          bytes.storeBytes(of: impact.lengths, toByteOffset: offset + 16, as: SIMD4<UInt16>.self)
        }
        if chunks.count < block {
          appendShort(chunks, frequencies, after: previous, to: &bytes)
        } else {
          appendBlock(chunks, frequencies, after: previous, values, to: &bytes)
        }
        previous = Int(last)
      }
    }
  }

  private static func appendBlock(
    _ chunks: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt16>, after previous: Int,
    _ values: UnsafeMutableBufferPointer<UInt32>, to bytes: inout [UInt8]
  ) {
    let widths = bytes.count
    bytes.append(0)
    bytes.append(0)
    var previous = previous
    for index in 0..<block {
      values[index] = UInt32(Int(chunks[index]) - previous - 1)
      previous = Int(chunks[index])
    }
    let gapWidth = BitPacking.width(UnsafeBufferPointer(values))
    BitPacking.pack(UnsafeBufferPointer(values), width: gapWidth, into: &bytes)
    for index in 0..<block { values[index] = UInt32(frequencies[index]) - 1 }
    let frequencyWidth = BitPacking.width(UnsafeBufferPointer(values))
    BitPacking.pack(UnsafeBufferPointer(values), width: frequencyWidth, into: &bytes)
    bytes[widths] = UInt8(gapWidth)
    bytes[widths + 1] = UInt8(frequencyWidth)
  }

  private static func appendShort(
    _ chunks: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt16>, after previous: Int,
    to bytes: inout [UInt8]
  ) {
    var previous = previous
    for (chunk, frequency) in zip(chunks, frequencies) {
      let gap = Int(chunk) - previous
      bytes.appendVariable(frequency == 1 ? gap << 1 | 1 : gap << 1)
      if frequency > 1 { bytes.appendVariable(Int(frequency) - 2) }
      previous = Int(chunk)
    }
  }
}

/// Four pairs of frequency and length of which one scores at least as high as every chunk of a block, whatever the
/// parameters of BM25 are.
struct Impact {
  var frequencies = SIMD4<UInt16>()
  var lengths = SIMD4<UInt16>()

  init(
    _ chunks: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt16>, lengths: [UInt16]
  ) {
    // The shortest chunk of each frequency; those of 16 and more share the last place.
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 17) { shortest in
      shortest.initialize(repeating: .max)
      var highest: UInt16 = 0
      for (chunk, frequency) in zip(chunks, frequencies) {
        let place = min(Int(frequency), 16)
        shortest[place] = min(shortest[place], UInt32(lengths[Int(chunk)]))
        highest = max(highest, frequency)
      }
      // Pairs that no other beats in both, from the highest frequency down.
      var count = 0
      var bound = UInt32.max
      for place in stride(from: 16, to: 0, by: -1) where shortest[place] < bound {
        bound = shortest[place]
        let frequency = place == 16 ? highest : UInt16(place)
        // A fifth pair and what comes after it joins the fourth: its frequency, their length.
        if count < 4 { self.frequencies[count] = frequency }
        self.lengths[min(count, 3)] = UInt16(truncatingIfNeeded: bound)
        count += 1
      }
      for rest in min(count, 4)..<4 where count > 0 {
        self.frequencies[rest] = self.frequencies[0]
        self.lengths[rest] = self.lengths[0]
      }
    }
  }
}
