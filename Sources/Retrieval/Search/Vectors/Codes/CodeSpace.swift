internal import CVectorKernels

/// Centre and rotation that vectors are coded with, and the kernels that code and scan them.
final class CodeSpace: Sendable {
  let kernels: VectorKernels
  /// Points into `memory`.
  nonisolated(unsafe) let raw: vk_space
  private let memory: MappedMemory

  /// The point that vectors are coded around.
  var center: [Float] { Array(UnsafeBufferPointer(start: raw.center, count: Int(raw.dimensions))) }

  /// - Parameter center: a point in the midst of the vectors; any will do, a near one makes estimates better.
  init(center: [Float], kernels: VectorKernels) {
    self.kernels = kernels
    let padded = (center.count + 31) / 32 * 32
    let signs = padded * 2 * Int(VK_ROUNDS)
    memory = MappedMemory(byteCount: (signs + center.count) * MemoryLayout<Float>.stride)
    let values: UnsafeMutablePointer<Float> = memory.values()
    vk_make_signs(Int32(padded), values)
    (values + signs).update(from: center, count: center.count)
    raw = vk_space(
      dimensions: Int32(center.count), padded: Int32(padded), level_stride: Int32((padded + 127) / 128 * 64),
      reserved: 0, signs: values, center: values + signs)
  }

  var padded: Int { Int(raw.padded) }
  var levelStride: Int { Int(raw.level_stride) }

  /// The mean of `vectors`; zero for values that are no numbers.
  static func center(of vectors: [[Float]], dimensions: Int) -> [Float] {
    var center = [Float](repeating: 0, count: dimensions)
    for vector in vectors where vector.count == dimensions {
      for column in 0..<dimensions { center[column] += vector[column] / Float(vectors.count) }
    }
    return center.map { $0.isFinite ? $0 : 0 }
  }

  /// Whether vectors of so many values can be coded: sums over more overflow 16 bits.
  static func holds(dimensions: Int) -> Bool { (64...32_768).contains(dimensions) }
}

/// Codes of the rows of one segment, of `padded / 8 + level_stride + 12` bytes each.
final class CodeSegment: Sendable {
  private let bits: MappedMemory
  private let levels: MappedMemory
  private let factors: MappedMemory

  init(space: CodeSpace) {
    bits = MappedMemory(byteCount: VectorSegment.capacity * space.padded / 8)
    levels = MappedMemory(byteCount: VectorSegment.capacity * space.levelStride)
    factors = MappedMemory(byteCount: VectorSegment.capacity * 12)
  }

  var raw: vk_codes {
    let halves: UnsafeMutablePointer<UInt16> = factors.values()
    let floats = (factors.start + VectorSegment.capacity * 4).assumingMemoryBound(to: Float.self)
    return vk_codes(
      bits: bits.values(), gains: halves, offsets: halves + VectorSegment.capacity, levels: levels.values(),
      factors: floats)
  }

  /// The memory that holds the codes of `rows`, the first of them at the start of a block.
  func stretches(_ rows: Range<Int>, in space: CodeSpace) -> [UnsafeMutableRawBufferPointer] {
    let (raw, first, count) = (raw, rows.lowerBound, rows.count)
    let block = Int(VK_BLOCK)
    let bytes = space.padded / 8
    return [
      UnsafeMutableRawBufferPointer(
        start: raw.bits + first * bytes, count: (count + block - 1) / block * block * bytes),
      UnsafeMutableRawBufferPointer(start: raw.gains + first, count: 2 * count),
      UnsafeMutableRawBufferPointer(start: raw.offsets + first, count: 2 * count),
      UnsafeMutableRawBufferPointer(
        start: raw.levels + first * space.levelStride, count: count * space.levelStride),
      UnsafeMutableRawBufferPointer(start: raw.factors + 2 * first, count: 8 * count),
    ]
  }

  /// Codes `count` vectors as the rows from `row` on.
  func encode(_ vectors: UnsafePointer<Float>, count: Int, at row: Int, in space: CodeSpace) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * space.padded) { scratch in
      withUnsafePointer(to: space.raw) { raw in
        withUnsafePointer(to: self.raw) { codes in
          vk_encode(space.kernels.table, raw, codes, row, vectors, count, scratch.baseAddress)
        }
      }
    }
  }
}
