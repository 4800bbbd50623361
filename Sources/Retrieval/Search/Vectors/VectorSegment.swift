/// Consecutive rows of an index: their vectors and what they belong to.
///
/// Rows are only ever added after those that an index counts, so that older indexes over the same segment stay
/// as they are.
final class VectorSegment: Sendable {
  static let capacity = 65_536

  let dimensions: Int
  /// `capacity` x `dimensions`, row-major; nil where the vectors stay on disk.
  private let matrix: MappedMemory?
  private let keys = MappedMemory(byteCount: 3 * VectorSegment.capacity * MemoryLayout<Int64>.stride)

  init(dimensions: Int, keepsVectors: Bool) {
    self.dimensions = dimensions
    matrix =
      keepsVectors
      ? MappedMemory(byteCount: Self.capacity * dimensions * MemoryLayout<Float>.stride) : nil
  }

  var vectors: UnsafeMutablePointer<Float>? { matrix?.values() }
  /// Chunk of each row.
  var chunks: UnsafeMutablePointer<Int64> { keys.values() }
  /// Document of each row.
  var documents: UnsafeMutablePointer<Int64> { keys.values(of: Int64.self) + Self.capacity }
  /// Row of the table `embeddings` that holds each row's vector.
  var embeddings: UnsafeMutablePointer<Int64> { keys.values(of: Int64.self) + 2 * Self.capacity }
}
