/// Writes the chunks of several segments that are left into one.
enum SegmentMerger {
  static func merged(_ sources: [(segment: LexicalSegment, deletions: Deletions)]) -> EncodedSegment {
    var order: [(row: Int, document: Int, source: Int, chunk: Int)] = []
    for (number, source) in sources.enumerated() {
      source.segment.forEachRun { document, chunks in
        for chunk in chunks where !source.deletions.contains(chunk) {
          order.append((source.segment.row(chunk), document, number, chunk))
        }
      }
    }
    order.sort { $0.row < $1.row }
    // Where each chunk goes; those that are removed, nowhere.
    var places = sources.map { [UInt32](repeating: .max, count: $0.segment.count) }
    for (place, item) in order.enumerated() { places[item.source][item.chunk] = UInt32(place) }
    var writer = SegmentWriter(
      rows: order.map(\.row), documents: order.map(\.document),
      lengths: order.map { sources[$0.source].segment.lengths[$0.chunk] })
    mergeTerms(sources.map(\.segment), places, into: &writer)
    return writer.finish()
  }

  private static func mergeTerms(
    _ segments: [LexicalSegment], _ places: [[UInt32]], into writer: inout SegmentWriter
  ) {
    var iterators = segments.map(\.terms)
    var current = iterators.indices.filter { iterators[$0].next() }
    var postings: [(chunk: UInt32, frequency: UInt16)] = []
    while let first = current.min(by: { left, right in
      iterators[right].term.withUnsafeBytes { iterators[left].compare(with: $0) } < 0
    }) {
      let term = iterators[first].term
      let holders = current.filter { iterators[$0].term == term }
      postings.removeAll(keepingCapacity: true)
      for holder in holders {
        places[holder].withUnsafeBufferPointer { places in
          iterators[holder].list.forEach(limit: places.count) { chunk, frequency in
            let place = places[chunk]
            if place != .max { postings.append((place, UInt16(clamping: frequency))) }
          }
        }
      }
      if holders.count > 1, !isSorted(postings) { postings.sort { $0.chunk < $1.chunk } }
      if !postings.isEmpty {
        let chunks = postings.map(\.chunk)
        let frequencies = postings.map(\.frequency)
        term.withUnsafeBytes { term in
          chunks.withUnsafeBufferPointer { chunks in
            frequencies.withUnsafeBufferPointer { writer.add(term, chunks, $0) }
          }
        }
      }
      for holder in holders where !iterators[holder].next() { current.removeAll { $0 == holder } }
    }
  }

  /// Segments that were written one after the other need no sorting.
  private static func isSorted(_ postings: [(chunk: UInt32, frequency: UInt16)]) -> Bool {
    postings.indices.dropFirst().allSatisfy { postings[$0 - 1].chunk < postings[$0].chunk }
  }
}
