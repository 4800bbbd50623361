/// A term's list in one segment during one search: moves forward only, decodes one block at a time.
///
/// The segment and the memory handed to `init` have to outlive it.
struct PostingCursor {
  /// Bytes of memory that a cursor of `blocks` blocks needs.
  static func memory(blocks: Int) -> Int { (3 * PostingFormat.block + blocks) * 4 }

  private let list: PostingList
  private let limit: Int
  private let lengths: UnsafePointer<UInt16>
  private let weight: Float
  private let scale: BM25.Scale
  /// Chunks, frequencies minus 1 and scores of the decoded block.
  private let chunks: UnsafeMutablePointer<UInt32>
  private let frequencies: UnsafeMutablePointer<UInt32>
  private let scores: UnsafeMutablePointer<Float>
  /// The most that each block adds to a score.
  private let bounds: UnsafeMutablePointer<Float>
  private let blocks: Int
  private let isShort: Bool
  /// Place of the cursor: everything before this block lies behind.
  private var block = 0
  private var position = 0
  private var decoded = -1
  private var count = 0
  private var isScored = false
  private var packed: PostingList.Frequencies?

  init(
    _ list: PostingList, in segment: LexicalSegment, weight: Float, scale: BM25.Scale,
    memory: UnsafeMutableRawPointer
  ) {
    self.list = list
    self.weight = weight
    self.scale = scale
    limit = segment.count
    lengths = segment.lengths
    isShort = list.blocks == 0
    blocks = max(1, list.blocks)
    chunks = memory.assumingMemoryBound(to: UInt32.self)
    frequencies = chunks + PostingFormat.block
    scores = (memory + 8 * PostingFormat.block).assumingMemoryBound(to: Float.self)
    bounds = scores + PostingFormat.block
    if isShort {
      score(0)
      var highest: Float = 0
      for index in 0..<count { highest = max(highest, scores[index]) }
      bounds[0] = highest
    } else {
      for block in 0..<blocks {
        let impact = list.impact(block)
        bounds[block] = scale.highest(
          weight: weight, frequencies: impact.frequencies, lengths: impact.lengths)
      }
    }
  }

  /// Last chunk of a block.
  @inline(__always)
  private func last(_ block: Int) -> Int {
    isShort ? (count > 0 ? Int(chunks[count &- 1]) : -1) : list.last(block)
  }

  /// The most that this term adds to the score of a chunk in `start..<end`. Moves to `start`.
  @inline(__always)
  mutating func bound(_ start: Int, _ end: Int) -> Float {
    while block < blocks, last(block) < start { block &+= 1 }
    guard block < blocks else { return 0 }
    if isShort { return Int(chunks[0]) < end ? bounds[0] : 0 }
    var highest = bounds[block]
    var block = block
    while block &+ 1 < blocks, last(block) < end &- 1 {
      block &+= 1
      highest = max(highest, bounds[block])
    }
    return highest
  }

  /// Decodes the chunks of a block.
  private mutating func decode(_ block: Int) {
    guard decoded != block else { return }
    decoded = block
    position = 0
    isScored = false
    count = list.decode(block, limit: limit, chunks: chunks, shortFrequencies: frequencies, packed: &packed)
  }

  /// Decodes a block and works out the scores of its chunks.
  private mutating func score(_ block: Int) {
    decode(block)
    guard !isScored else { return }
    isScored = true
    if let packed { BitPacking.unpack(packed.source, width: packed.width, into: frequencies) }
    var index = 0
    while index &+ 4 <= count {
      let frequency =
        SIMD4<Float>(
          SIMD4<Int32>(
            truncatingIfNeeded: UnsafeRawPointer(frequencies + index).loadUnaligned(as: SIMD4<UInt32>.self)))
        + 1
      let length = SIMD4<Float>(
        SIMD4<Int32>(
          Int32(lengths[Int(chunks[index])]), Int32(lengths[Int(chunks[index &+ 1])]),
          Int32(lengths[Int(chunks[index &+ 2])]), Int32(lengths[Int(chunks[index &+ 3])])))
      let result = weight * frequency / (frequency + (scale.base + scale.slope * length))
      UnsafeMutableRawPointer(scores + index).storeBytes(of: result, as: SIMD4<Float>.self)
      index &+= 4
    }
    while index < count {
      scores[index] = scale.score(
        weight: weight, frequency: Float(frequencies[index]) + 1, length: Float(lengths[Int(chunks[index])]))
      index &+= 1
    }
  }

  /// First place in the decoded block, from `position` on, whose chunk is not below `chunk`.
  @inline(__always)
  private func place(of chunk: Int) -> Int {
    var low = position
    var high = count
    while low < high {
      let middle = (low &+ high) >> 1
      if Int(chunks[middle]) < chunk { low = middle &+ 1 } else { high = middle }
    }
    return low
  }

  /// Visits chunks and scores in `start..<end`, a decoded block at a time.
  @inline(__always)
  mutating func forEachRun(
    _ start: Int, _ end: Int,
    _ body: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<Float>, Range<Int>) -> Void
  ) {
    while block < blocks {
      if last(block) < start {
        block &+= 1
        continue
      }
      score(block)
      guard count > 0 else {
        block &+= 1
        continue
      }
      let from = Int(chunks[position < count ? position : count &- 1]) < start ? place(of: start) : position
      let isLast = last(block) >= end
      position = from
      let to = isLast ? place(of: end) : count
      if from < to { body(chunks, scores, from..<to) }
      position = to
      if isLast { return }
      block &+= 1
    }
  }

  /// What this term adds to the score of `chunk`, 0 if the chunk does not hold it. To be asked for rising chunks.
  @inline(__always)
  mutating func score(of chunk: Int) -> Float {
    while block < blocks, last(block) < chunk { block &+= 1 }
    guard block < blocks else { return 0 }
    decode(block)
    position = place(of: chunk)
    guard position < count, Int(chunks[position]) == chunk else { return 0 }
    if isScored { return scores[position] }
    let frequency = packed.map { BitPacking.value(position, in: $0.source, width: $0.width) }
    return scale.score(
      weight: weight, frequency: Float(frequency ?? frequencies[position]) + 1, length: Float(lengths[chunk]))
  }
}
