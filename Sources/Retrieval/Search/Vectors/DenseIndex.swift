import Synchronization

/// The vectors of one generation of a corpus, and the search for the nearest.
///
/// A large index is searched in three steps: upper bounds of all cosines from codes of one bit a value, better
/// estimates of the few rows that may be among the best from codes of four bits, and float32 products of those
/// that still may. Nothing is trained or built: a row is coded when it is added. Below `codedRows` every row is
/// compared in float32.
///
/// Immutable; a later generation shares the rows of the one before.
final class DenseIndex: Sendable {
  struct Options: Sendable {
    /// Whether the float32 vectors stay on disk while the index is large.
    var vectors = VectorMemory.full
    /// Standard deviations of an estimate's error that are allowed for. With 3, one neighbour in a thousand
    /// is missed at each step at worst.
    var confidence: Float = 3
    /// Rows from which on codes are used.
    var codedRows = 4096
    /// Rows from which on vectors may stay on disk, and codes are kept there too.
    var compactRows: Int { 8 * codedRows }
    /// Bytes of codes or vectors up to which a search stays on the calling thread: a third of a millisecond's.
    var inlineBytes = 12 << 20
    var kernels = VectorKernels()
  }

  /// Where the corpus was when the vectors were read.
  let position: CorpusPosition
  let dimensions: Int
  /// Rows, those removed among them.
  let count: Int
  let segments: [VectorSegment]
  /// Whether the vectors are in memory, beside their codes.
  let residency: VectorResidency
  let codes: Codes?
  /// Rows that can be found; nil for all.
  let live: RowSet?
  /// Chunks of the corpus whose vectors were not there.
  let missing: Set<Int>
  let options: Options
  let pool: ScanPool
  let shelf: ScanScratch.Shelf
  let chunkRows: ChunkRows
  /// Reads vectors, by rows of the table `embeddings`, for an index that keeps none in memory.
  let reader: VectorReader
  private let filtered = Mutex<[SearchFilter: RowSet]>([:])

  /// Codes of all rows of an index.
  struct Codes: Sendable {
    var space: CodeSpace
    var segments: [CodeSegment]
    /// Rows whose mean the centre is; the codes are made anew when there are many more.
    var basis: Int
  }

  init(
    position: CorpusPosition, dimensions: Int, count: Int, segments: [VectorSegment],
    residency: VectorResidency, codes: Codes?, live: RowSet?, missing: Set<Int>, options: Options,
    pool: ScanPool, shelf: ScanScratch.Shelf,
    chunkRows: ChunkRows,
    reader: @escaping VectorReader
  ) {
    self.position = position
    self.dimensions = dimensions
    self.count = count
    self.segments = segments
    self.residency = residency
    self.codes = codes
    self.live = live
    self.missing = missing
    self.options = options
    self.pool = pool
    self.shelf = shelf
    self.chunkRows = chunkRows
    self.reader = reader
  }

  /// Rows that can be found.
  var liveCount: Int { live?.count ?? count }

  /// Rows in one segment.
  func rows(in segment: Int) -> Int {
    min(VectorSegment.capacity, count - segment * VectorSegment.capacity)
  }

  /// The rows of the documents that `filter` lets through, remembered for the next search.
  ///
  /// - Parameter documents: rows of the table `documents`.
  func rows(for filter: SearchFilter, documents: () async throws -> Set<Int>?) async rethrows -> RowSet? {
    if filter.isEmpty { return nil }
    if let known = filtered.withLock({ $0[filter] }) { return known }
    guard let documents = try await documents() else { return nil }
    let rows = rows(of: documents)
    filtered.withLock { filtered in
      if filtered.count >= 32 { filtered.removeAll() }
      filtered[filter] = rows
    }
    return rows
  }

  /// Row of each chunk; nil for one that cannot be found.
  func rows(ofChunks chunks: [Int]) -> [Int?] {
    chunkRows.rows(of: chunks, in: segments, count: count).map { row in
      guard let row else { return nil }
      let (segment, offset) = row.quotientAndRemainder(dividingBy: VectorSegment.capacity)
      return live?.contains(offset, of: segment) ?? true ? row : nil
    }
  }
}

/// Gives the vectors of rows of the table `embeddings`, as far as these still exist.
typealias VectorReader = @Sendable (_ embeddings: [Int]) async throws -> [Int: [Float]]
