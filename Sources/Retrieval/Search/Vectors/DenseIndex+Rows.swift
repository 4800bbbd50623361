internal import CVectorKernels

extension DenseIndex {
  /// The rows of `documents` that can be found.
  func rows(of documents: Set<Int>) -> RowSet {
    RowSet(segments: segments.count) { words in
      // A bit a document, as far as their numbers lie close enough together.
      let last = documents.max() ?? 0
      let isDense = last < max(1 << 24, 64 * documents.count) && (documents.min() ?? 0) >= 0
      let limit = isDense ? last + 1 : 0
      var allowed = [UInt64](repeating: 0, count: isDense ? limit / 64 + 1 : 0)
      if isDense {
        for document in documents { allowed[document / 64] |= 1 << UInt64(document % 64) }
      }
      for (index, segment) in segments.enumerated() {
        let words = words + index * RowSet.wordsPerSegment
        let rows = rows(in: index)
        if isDense {
          vk_mark(segment.documents, rows, allowed, Int64(limit), words)
        } else {
          for row in 0..<rows where documents.contains(Int(segment.documents[row])) {
            words[row / 64] |= 1 << UInt64(row % 64)
          }
        }
        guard let live = live?.words(of: index) else { continue }
        for word in 0..<RowSet.wordsPerSegment { words[word] &= live[word] }
      }
    }
  }
}

/// A row that an index gains.
struct AddedVector: Sendable {
  var chunk: Int
  var document: Int
  /// Row of the table `embeddings`.
  var embedding: Int
  var vector: [Float]
}

extension DenseIndex {
  /// The index after `removed` chunks have gone and `added` rows have come. To be called once on an index, as the
  /// rows come after its own in memory that both share.
  func changed(
    to position: CorpusPosition, removed: Set<Int>, added: [AddedVector], missing: Set<Int> = []
  ) -> DenseIndex {
    let gone = rows(ofChunks: Array(removed)).compactMap { $0 }
    let count = count + added.count
    var segments = segments
    var row = self.count
    for item in added {
      let (index, offset) = row.quotientAndRemainder(dividingBy: VectorSegment.capacity)
      if index == segments.count {
        segments.append(VectorSegment(dimensions: dimensions, keepsVectors: residency.isPlanned))
      }
      let segment = segments[index]
      segment.chunks[offset] = Int64(item.chunk)
      segment.documents[offset] = Int64(item.document)
      segment.embeddings[offset] = Int64(item.embedding)
      if let vectors = segment.vectors {
        (vectors + offset * dimensions).update(from: item.vector, count: dimensions)
      }
      row += 1
    }
    var codes = codes
    if let last = codes {
      codes?.segments = Self.extended(last, segments: segments.count)
      for (index, item) in added.enumerated() {
        let (segment, offset) = (self.count + index).quotientAndRemainder(
          dividingBy: VectorSegment.capacity)
        codes?.segments[segment].encode(item.vector, count: 1, at: offset, in: last.space)
      }
    }
    if count >= options.codedRows, CodeSpace.holds(dimensions: dimensions),
      count >= 4 * (codes?.basis ?? 0), residency.isComplete
    {
      codes = Self.coded(segments, count: count, dimensions: dimensions, kernels: options.kernels)
    }
    chunkRows.insert(self.count..<count, in: segments)
    let live = live(without: gone, count: count, segments: segments.count)
    return DenseIndex(
      position: position, dimensions: dimensions, count: count, segments: segments, residency: residency,
      codes: codes, live: live,
      missing: missing, options: options, pool: pool, shelf: shelf, chunkRows: chunkRows, reader: reader)
  }

  private func live(without gone: [Int], count: Int, segments: Int) -> RowSet? {
    if gone.isEmpty, live == nil { return nil }
    return RowSet(segments: segments) { words in
      if let live {
        for segment in 0..<self.segments.count {
          (words + segment * RowSet.wordsPerSegment).update(
            from: live.words(of: segment), count: RowSet.wordsPerSegment)
        }
      }
      for row in (live == nil ? 0 : self.count)..<count { words[row / 64] |= 1 << UInt64(row % 64) }
      for row in gone { words[row / 64] &= ~(1 << UInt64(row % 64)) }
    }
  }

  private static func extended(_ codes: Codes, segments: Int) -> [CodeSegment] {
    codes.segments + (codes.segments.count..<segments).map { _ in CodeSegment(space: codes.space) }
  }

  /// Codes of rows in memory around their mean.
  static func coded(_ segments: [VectorSegment], count: Int, dimensions: Int, kernels: VectorKernels) -> Codes
  {
    var center = [Float](repeating: 0, count: dimensions)
    let sample = min(count, 2048)
    for index in 0..<sample {
      let (segment, row) = (index * count / sample).quotientAndRemainder(dividingBy: VectorSegment.capacity)
      guard let vectors = segments[segment].vectors else { continue }
      for column in 0..<dimensions { center[column] += vectors[row * dimensions + column] / Float(sample) }
    }
    let space = CodeSpace(center: center.map { $0.isFinite ? $0 : 0 }, kernels: kernels)
    let coded = segments.enumerated().map { index, segment in
      let codes = CodeSegment(space: space)
      let rows = min(VectorSegment.capacity, count - index * VectorSegment.capacity)
      if let vectors = segment.vectors { codes.encode(vectors, count: rows, at: 0, in: space) }
      return codes
    }
    return Codes(space: space, segments: coded, basis: count)
  }
}
