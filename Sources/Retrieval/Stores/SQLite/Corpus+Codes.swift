import Models
import SQLite

extension Corpus {
  /// Changes after which the codes in the file are made anew; an opened index follows as many in less time.
  private static let changesFollowed = 32_768

  /// Keeps the codes of a large corpus in its file, unless those that are there are nearly up to date.
  ///
  /// What was kept before stays in use until all is written. Takes a few seconds a million chunks, and as memory their
  /// hashes.
  func saveCodes(options: DenseIndex.Options = DenseIndex.Options()) throws {
    try reported {
      if try chunkCount < options.compactRows {
        // Looked for first: hardly ever is there anything, and a write lock would wait for other writers.
        let isThere = try connection.first("SELECT 1 FROM code_sets LIMIT 1") { _ in true } ?? false
        if isThere { try connection.transaction { try deleteCodes(where: "TRUE") } }
        return
      }
      guard let plan = try plan(options) else { return }
      let set = try connection.transaction {
        // What a run that was killed has left.
        try deleteCodes(where: "row_count IS NULL")
        try connection.run(
          "INSERT INTO code_sets (model_id, format, change, center) VALUES (?, ?, ?, ?)",
          Value(plan.reading.model), Value(CodePiece.format), Value(plan.change),
          .blob(plan.space.center.withUnsafeBytes { Array($0) }))
        return Int(connection.lastInsertedRow)
      }
      let count = try write(plan, to: set)
      // With vectors missing, the next run tries again.
      let isWhole = count == plan.reading.chunks.chunks.count
      try connection.transaction {
        if isWhole {
          try connection.run("UPDATE code_sets SET row_count = ? WHERE id = ?", Value(count), Value(set))
        }
        try deleteCodes(where: isWhole ? "id <> \(set)" : "id = \(set)")
      }
    }
  }

  /// The index whose codes the file keeps, as of when they were kept; nil if there are none that can be used.
  func savedIndex(of model: CorpusModel, options: DenseIndex.Options, pool: ScanPool) throws -> DenseIndex? {
    guard let saved = try savedCodes(of: model), saved.center.count == model.fingerprint.dimensions,
      CodeSpace.holds(dimensions: saved.center.count)
    else { return nil }
    let space = CodeSpace(center: saved.center, kernels: options.kernels)
    var rows = CodedRows(
      space: space, capacity: saved.rows, reservesVectors: options.vectors == .full)
    try connection.forEach(
      "SELECT number, checksum, data FROM code_pieces WHERE set_id = ? ORDER BY number", [Value(saved.set)]
    ) { row in
      row.withBlob(2) { bytes in
        if row.integer(1) == Int(bitPattern: UInt(Checksum.of(bytes))) {
          rows.append(bytes, number: row.integer(0))
        }
      }
    }
    guard rows.count == saved.rows else { return nil }
    return rows.index(
      at: CorpusPosition(generation: -1, model: model.id, change: saved.change), options: options, pool: pool
    ) { [self] in try await vectors($0) }
  }

  private struct Plan {
    var reading: VectorReading
    var space: CodeSpace
    /// Last row of `chunk_changes`.
    var change: Int
  }

  /// Nil if what is kept is good enough.
  private func plan(_ options: DenseIndex.Options) throws -> Plan? {
    try connection.transaction(immediate: false) {
      guard let model = try model(named: "model"),
        CodeSpace.holds(dimensions: model.fingerprint.dimensions)
      else { return nil }
      let change = try lastChange
      if let saved = try savedCodes(of: model),
        change - saved.change < min(Self.changesFollowed, options.compactRows)
      {
        return nil
      }
      let (size, chunks) = (model.fingerprint.dimensions, try chunkVectors())
      let center = CodeSpace.center(of: try sample(chunks.chunks.count, of: model.id), dimensions: size)
      return Plan(
        reading: VectorReading(model: model.id, dimensions: size, chunks: chunks),
        space: CodeSpace(center: center, kernels: options.kernels), change: change)
    }
  }

  /// Codes the vectors that chunks need, a piece a transaction.
  ///
  /// - Returns: the rows written.
  private func write(_ plan: Plan, to set: Int) throws -> Int {
    var writer = CodeWriter(space: plan.space)
    let ids = try embeddingRange
    for first in stride(from: ids.lowerBound, through: ids.upperBound, by: CodePiece.capacity) {
      try plan.reading.forEach(first...first + CodePiece.capacity - 1, on: connection) {
        writer.append(chunk: $0.id, document: $0.document, embedding: $1, vector: $2)
      }
      while let piece = writer.piece(isLast: false) { try insert(piece, into: set) }
    }
    if let piece = writer.piece(isLast: true) { try insert(piece, into: set) }
    return writer.count
  }

  private func insert(_ piece: (number: Int, bytes: [UInt8]), into set: Int) throws {
    try connection.run(
      "INSERT INTO code_pieces (set_id, number, checksum, data) VALUES (?, ?, ?, ?)", Value(set),
      Value(piece.number), Value(Int(bitPattern: UInt(piece.bytes.withUnsafeBytes(Checksum.of)))),
      .blob(piece.bytes))
  }

  private func deleteCodes(where condition: String) throws {
    try connection.run(
      "DELETE FROM code_pieces WHERE set_id IN (SELECT id FROM code_sets WHERE \(condition))")
    try connection.run("DELETE FROM code_sets WHERE \(condition)")
  }

  private func savedCodes(of model: CorpusModel) throws
    -> (set: Int, change: Int, rows: Int, center: [Float])?
  {
    try connection.first(
      """
      SELECT id, change, row_count, center FROM code_sets
      WHERE model_id = ? AND format = ? AND row_count IS NOT NULL ORDER BY id DESC
      """, Value(model.id), Value(CodePiece.format)
    ) { ($0.integer(0), $0.integer(1), $0.integer(2), $0.floats(3)) }
  }
}
