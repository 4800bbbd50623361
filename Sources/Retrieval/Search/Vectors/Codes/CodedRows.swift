/// Puts the pieces that a corpus file keeps together to an index.
struct CodedRows {
  private let space: CodeSpace
  private let dimensions: Int
  private let residency: VectorResidency
  private var segments: [VectorSegment] = []
  private var codes: [CodeSegment] = []
  private let chunkRows: ChunkRows
  private let capacity: Int
  private(set) var count = 0

  /// - Parameters:
  ///   - capacity: rows of all pieces.
  ///   - reservesVectors: whether there shall be memory for the vectors, to be filled later.
  init(space: CodeSpace, capacity: Int, reservesVectors: Bool) {
    self.space = space
    self.capacity = capacity
    dimensions = Int(space.raw.dimensions)
    residency = VectorResidency(isPlanned: reservesVectors, isComplete: false)
    chunkRows = ChunkRows(capacity: capacity)
  }

  /// Adds a piece, if it is the next and as long as it should be.
  mutating func append(_ bytes: UnsafeRawBufferPointer, number: Int) {
    guard number * CodePiece.capacity == count, count < capacity else { return }
    let (index, offset) = count.quotientAndRemainder(dividingBy: VectorSegment.capacity)
    if index == segments.count {
      segments.append(VectorSegment(dimensions: dimensions, keepsVectors: residency.isPlanned))
      codes.append(CodeSegment(space: space))
    }
    let rows = min(CodePiece.capacity, capacity - count)
    guard
      CodePiece.read(bytes, as: offset..<offset + rows, of: segments[index], codes[index], space: space)
    else { return }
    chunkRows.insert(count..<count + rows, in: segments)
    count += rows
  }

  func index(
    at position: CorpusPosition, options: DenseIndex.Options, pool: ScanPool, reader: @escaping VectorReader
  ) -> DenseIndex {
    DenseIndex(
      position: position, dimensions: dimensions, count: count, segments: segments, residency: residency,
      codes: DenseIndex.Codes(space: space, segments: codes, basis: count), live: nil, missing: [],
      options: options, pool: pool, shelf: ScanScratch.Shelf(), chunkRows: chunkRows, reader: reader)
  }
}
