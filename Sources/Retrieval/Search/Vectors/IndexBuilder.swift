internal import CVectorKernels
import Dispatch

/// Takes the rows of a corpus into an index. Rows are coded by the pool's threads while the next are read.
final class IndexBuilder: Sendable {
  let dimensions: Int
  private let options: DenseIndex.Options
  private let pool: ScanPool
  private let coding = DispatchGroup()
  private let space: CodeSpace?
  private let keepsVectors: Bool

  /// - Parameters:
  ///   - capacity: rows expected; more may come.
  ///   - sample: vectors from all over the corpus, whose mean is the centre of the codes.
  init(
    dimensions: Int, capacity: Int, sample: [[Float]], options: DenseIndex.Options, pool: ScanPool
  ) {
    self.dimensions = dimensions
    self.options = options
    self.pool = pool
    let isCoded = capacity >= options.codedRows && CodeSpace.holds(dimensions: dimensions)
    keepsVectors = options.vectors == .full || !isCoded || capacity < options.compactRows
    if isCoded {
      space = CodeSpace(
        center: CodeSpace.center(of: sample, dimensions: dimensions), kernels: options.kernels)
    } else {
      space = nil
    }
  }

  /// Rows in segments of their own, added by one thread at a time.
  final class Part {
    private let builder: IndexBuilder
    fileprivate var segments: [VectorSegment] = []
    fileprivate var codes: [CodeSegment] = []
    private(set) var count = 0
    private var coded = 0
    /// Vectors of the rows that are not coded yet, where they are not kept.
    private var batch: MappedMemory?

    /// Rows that are coded together.
    private static let step = 8192

    init(of builder: IndexBuilder) { self.builder = builder }

    /// Chunks of the rows.
    var chunks: [Int] { (0..<count).map { segments.chunk(of: $0) } }

    /// Adds a row, whose vector must have the index's dimensions.
    func append(chunk: Int, document: Int, embedding: Int, vector: UnsafeRawBufferPointer) {
      let dimensions = builder.dimensions
      let (index, offset) = count.quotientAndRemainder(dividingBy: VectorSegment.capacity)
      if offset == 0 {
        segments.append(VectorSegment(dimensions: dimensions, keepsVectors: builder.keepsVectors))
        if let space = builder.space { codes.append(CodeSegment(space: space)) }
      }
      let segment = segments[index]
      segment.chunks[offset] = Int64(chunk)
      segment.documents[offset] = Int64(document)
      segment.embeddings[offset] = Int64(embedding)
      let bytes = dimensions * MemoryLayout<Float>.stride
      let target: UnsafeMutableRawPointer
      if let vectors = segment.vectors {
        target = UnsafeMutableRawPointer(vectors + offset * dimensions)
      } else {
        let memory = batch ?? MappedMemory(byteCount: Self.step * bytes)
        batch = memory
        target = memory.start + (count - coded) * bytes
      }
      if let source = vector.baseAddress {
        target.copyMemory(from: source, byteCount: min(bytes, vector.count))
      }
      count += 1
      if count % Self.step == 0 { encode() }
    }

    /// Has the rows since the last time coded.
    fileprivate func encode() {
      let rows = coded..<count
      coded = count
      guard let space = builder.space, !rows.isEmpty else { return }
      let (index, offset) = rows.lowerBound.quotientAndRemainder(dividingBy: VectorSegment.capacity)
      let (segment, codes, batch) = (segments[index], codes[index], batch)
      self.batch = nil
      builder.coding.enter()
      builder.pool.submit { [coding = builder.coding, dimensions = builder.dimensions] in
        if let vectors = segment.vectors.map({ $0 + offset * dimensions }) ?? batch?.values() {
          codes.encode(vectors, count: rows.count, at: offset, in: space)
        }
        coding.leave()
      }
    }
  }

  /// The index of the rows of all parts. Waits for the last to be coded; not to be called on the cooperative
  /// pool.
  ///
  /// The segments of a part follow those of the one before; what is left of its last segment counts as removed.
  func index(
    of parts: [Part], at position: CorpusPosition, missing: Set<Int>, reader: @escaping VectorReader
  ) -> DenseIndex {
    for part in parts { part.encode() }
    coding.wait()
    let parts = parts.filter { $0.count > 0 }
    let segments = parts.flatMap(\.segments)
    let chunkRows = ChunkRows(capacity: parts.reduce(0) { $0 + $1.count })
    var ranges: [Range<Int>] = []
    var first = 0
    for part in parts {
      ranges.append(first..<first + part.count)
      first += part.segments.count * VectorSegment.capacity
      chunkRows.insert(ranges[ranges.count - 1], in: segments)
    }
    let count = ranges.last?.upperBound ?? 0
    let live =
      parts.count < 2
      ? nil
      : RowSet(segments: segments.count) { words in
        for range in ranges {
          for row in range { words[row / 64] |= 1 << UInt64(row % 64) }
        }
      }
    let codes = space.map { DenseIndex.Codes(space: $0, segments: parts.flatMap(\.codes), basis: count) }
    return DenseIndex(
      position: position, dimensions: dimensions, count: count, segments: segments,
      residency: VectorResidency(isPlanned: keepsVectors, isComplete: keepsVectors), codes: codes, live: live,
      missing: missing, options: options, pool: pool, shelf: ScanScratch.Shelf(), chunkRows: chunkRows,
      reader: reader)
  }
}
