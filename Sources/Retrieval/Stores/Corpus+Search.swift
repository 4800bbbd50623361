import FoundationEssentials
import Models
import SQLite

extension Corpus {
  /// The vectors of the corpus's model as of now.
  func denseIndex() throws -> DenseIndex {
    try read {
      let generation = try setting("generation").flatMap { Int($0) } ?? 0
      guard let model = try model(named: "model") else {
        return DenseIndex(generation: generation, dimensions: 1, capacity: 0) { _ in [] }
      }
      let dimensions = model.fingerprint.dimensions
      let capacity = try connection.first("SELECT count(*) FROM chunks") { $0.integer(0) } ?? 0
      return try DenseIndex(generation: generation, dimensions: dimensions, capacity: capacity) { matrix in
        var rows: [(chunk: Int, document: Int)] = []
        rows.reserveCapacity(capacity)
        try connection.forEach(
          """
          SELECT chunks.id, document_id, vector FROM chunks
          CROSS JOIN embeddings ON model_id = ? AND embeddings.hash = chunks.hash ORDER BY chunks.id
          """, [Value(model.id)]
        ) { row in
          row.withBlob(2) { vector in
            guard vector.count == dimensions * MemoryLayout<Float>.stride, rows.count < capacity else {
              return
            }
            UnsafeMutableRawBufferPointer(
              UnsafeMutableBufferPointer(rebasing: matrix[(rows.count * dimensions)...])
            )
            .copyMemory(from: vector)
            rows.append((row.integer(0), row.integer(1)))
          }
        }
        return rows
      }
    }
  }

  /// Rows of the documents that a filter lets through; nil for all.
  func documentIDs(_ filter: SearchFilter) throws -> Set<Int>? {
    if filter.isEmpty { return nil }
    let (condition, values) = filter.condition
    var ids: Set<Int> = []
    try reported {
      try connection.forEach("SELECT id FROM documents WHERE \(condition)", values) {
        ids.insert($0.integer(0))
      }
    }
    return ids
  }

  /// The passages of `chunks`, in their order, without scores. A chunk that has been removed meanwhile is left out.
  func passages(_ chunks: [Int]) throws -> [Passage] {
    try read {
      try chunks.compactMap { chunk in
        try connection.first(
          """
          SELECT chunks.id, document_id, name, source, collection, title, heading_path, page, anchor, start, "end",
            chunks.text, ordinal
          FROM chunks JOIN documents ON documents.id = document_id WHERE chunks.id = ?
          """, Value(chunk)
        ) { row in
          Passage(
            chunk: row.integer(0), documentID: row.integer(1), document: row.text(2), source: row.text(3),
            collection: row.text(4), title: row.optionalText(5),
            headingPath: HeadingPath.decoded(row.text(6)),
            page: row.optionalInteger(7), anchor: row.optionalText(8), start: row.integer(9),
            end: row.integer(10), text: row.text(11), ordinal: row.integer(12), score: 0)
        }
      }
    }
  }
}
