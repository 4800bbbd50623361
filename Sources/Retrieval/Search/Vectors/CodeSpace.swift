internal import CVectorKernels

/// Centre and rotation that vectors are coded with, and the kernels that code and scan them.
final class CodeSpace: Sendable {
  let kernels: VectorKernels
  /// Points into `memory`.
  nonisolated(unsafe) let raw: vk_space
  private let memory: MappedMemory

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
