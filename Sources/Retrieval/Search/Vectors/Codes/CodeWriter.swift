/// Cuts rows into pieces with their codes, holding few at a time.
struct CodeWriter {
  let space: CodeSpace
  private let dimensions: Int
  /// Where a piece is put together.
  private let segment: VectorSegment
  private let codes: CodeSegment
  private var rows: [(chunk: Int, document: Int, embedding: Int)] = []
  private var vectors: [Float] = []
  private var written = 0

  init(space: CodeSpace) {
    self.space = space
    dimensions = Int(space.raw.dimensions)
    segment = VectorSegment(dimensions: dimensions, keepsVectors: false)
    codes = CodeSegment(space: space)
  }

  /// Rows that were added.
  var count: Int { written + rows.count }

  /// Adds a row, whose vector must have the space's dimensions.
  mutating func append(chunk: Int, document: Int, embedding: Int, vector: UnsafeRawBufferPointer) {
    rows.append((chunk, document, embedding))
    vectors.append(contentsOf: vector.bindMemory(to: Float.self))
  }

  /// The next piece of those that are whole; with `isLast`, of all.
  mutating func piece(isLast: Bool) -> (number: Int, bytes: [UInt8])? {
    guard isLast ? !rows.isEmpty : rows.count >= CodePiece.capacity else { return nil }
    let count = min(rows.count, CodePiece.capacity)
    for (index, row) in rows.prefix(count).enumerated() {
      segment.chunks[index] = Int64(row.chunk)
      segment.documents[index] = Int64(row.document)
      segment.embeddings[index] = Int64(row.embedding)
    }
    codes.encode(vectors, count: count, at: 0, in: space)
    let bytes = CodePiece.bytes(of: 0..<count, in: segment, codes, space: space)
    rows.removeFirst(count)
    vectors.removeFirst(count * dimensions)
    defer { written += count }
    return (written / CodePiece.capacity, bytes)
  }
}
