import Dispatch
import SQLite
import Synchronization

/// Reads vectors in the order in which they lie in the corpus file.
struct VectorReading: Sendable {
  /// Row of the table `models`.
  let model: Int
  let dimensions: Int
  let chunks: ChunkVectors

  /// Visits the vectors in a range of the table `embeddings`, once for every chunk that needs it.
  func forEach(
    _ rows: ClosedRange<Int>, on connection: Connection,
    _ body: (_ chunk: ChunkVectors.Chunk, _ embedding: Int, _ vector: UnsafeRawBufferPointer) -> Void
  ) throws {
    let size = dimensions * MemoryLayout<Float>.stride
    // By row, not by the index on models and hashes, which would look up each row by itself.
    try connection.forEach(
      "SELECT id, hash, vector FROM embeddings NOT INDEXED WHERE id BETWEEN ? AND ? AND model_id = ?",
      [Value(rows.lowerBound), Value(rows.upperBound), Value(model)]
    ) { row in
      row.withBlob(1) { hash in
        chunks.forEach(hash) { chunk in
          row.withBlob(2) { vector in
            if vector.count == size { body(chunk, row.integer(0), vector) }
          }
        }
      }
    }
  }

  /// The rows of an index for a range of the table `embeddings`.
  func part(_ rows: ClosedRange<Int>, of builder: IndexBuilder, on connection: Connection) throws
    -> IndexBuilder.Part
  {
    let part = IndexBuilder.Part(of: builder)
    try forEach(rows, on: connection) { chunk, embedding, vector in
      part.append(chunk: chunk.id, document: chunk.document, embedding: embedding, vector: vector)
    }
    return part
  }

  /// The rows for two ranges, read by two threads with a connection each. Vectors never change, so it does not
  /// matter that the connections see the file at slightly different times: one that is gone by then is missing,
  /// one that has come is not asked for.
  func parts(_ ranges: [ClosedRange<Int>], of builder: IndexBuilder, path: String) throws
    -> [IndexBuilder.Part]
  {
    let results = Mutex<[Result<Box, any Error>?]>(Array(repeating: nil, count: ranges.count))
    DispatchQueue.concurrentPerform(iterations: ranges.count) { index in
      let result = Result { Box(part: try part(ranges[index], of: builder, on: .mapped(path))) }
      results.withLock { $0[index] = result }
    }
    return try results.withLock { $0 }.compactMap { try $0?.get().part }
  }

  /// Hands a part from the thread that has filled it to the one that waits for it; never used by both at once.
  private struct Box: @unchecked Sendable {
    var part: IndexBuilder.Part
  }
}

extension Connection {
  /// A connection for reading large parts of a file once: mapped, pages need not be copied.
  static func mapped(_ path: String) throws -> Connection {
    let connection = try Connection(path: path, mode: CorpusFile(path, access: .read).reading)
    try connection.forEach("PRAGMA mmap_size = 1099511627776") { _ in }
    return connection
  }
}
