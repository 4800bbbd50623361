internal import CVectorKernels

/// Questions ready to be compared with the rows of one index.
final class PreparedQuestions: Sendable {
  let count: Int
  private let dimensions: Int
  private let memory: MappedMemory
  /// `count` questions; their arrays lie in `memory`. Never written after init, freed in deinit.
  nonisolated(unsafe) let raw: UnsafeMutablePointer<vk_query>

  /// - Parameters:
  ///   - values: `count` x `dimensions`.
  ///   - space: nil where only exact products are needed.
  ///   - confidence: standard deviations of an estimate's error that are allowed for.
  init(_ values: UnsafeBufferPointer<Float>, dimensions: Int, space: CodeSpace?, confidence: Float) {
    count = values.count / dimensions
    self.dimensions = dimensions
    let table = 4 * (space?.padded ?? 0)
    let weights = 2 * (space?.levelStride ?? 0)
    // Rounded up so that every array is aligned.
    let floats = (dimensions * MemoryLayout<Float>.stride + 63) / 64 * 64
    let each = table + weights + floats
    let scratch = 2 * (space?.padded ?? 0) * MemoryLayout<Float>.stride
    memory = MappedMemory(byteCount: count * each + scratch)
    raw = .allocate(capacity: max(count, 1))
    for index in 0..<count {
      let start = memory.start + index * each
      let question = (start + table + weights).assumingMemoryBound(to: Float.self)
      // With a question there are values, and so an address.
      question.update(from: values.baseAddress! + index * dimensions, count: dimensions)
      var query = vk_query()
      query.table = start.assumingMemoryBound(to: UInt8.self)
      query.weights = (start + table).assumingMemoryBound(to: Int8.self)
      query.values = question
      (raw + index).initialize(to: query)
      guard let space else { continue }
      let room = (memory.start + count * each).assumingMemoryBound(to: Float.self)
      withUnsafePointer(to: space.raw) {
        vk_prepare(space.kernels.table, $0, confidence, raw + index, room)
      }
    }
  }

  deinit { raw.deallocate() }

  /// Values of one question.
  func values(_ index: Int) -> UnsafePointer<Float> { UnsafePointer(raw[index].values) }
}
