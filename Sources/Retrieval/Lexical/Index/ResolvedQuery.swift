/// The lists of a question's terms in an index, with what each term weighs.
struct ResolvedQuery {
  struct Term {
    /// One for each of the index's parts; nil where no chunk holds the term.
    var lists: [PostingList?]
    var weight: Float
  }

  var terms: [Term] = []
  let scale: BM25.Scale

  /// Terms that no chunk holds are left out. The lists point into the index, which must outlive them.
  init(_ query: [String], in index: LexicalIndex, _ function: BM25) {
    scale = function.scale(averageLength: index.averageLength)
    for term in query {
      var term = term
      let lists = term.withUTF8 { bytes in
        index.parts.map { $0.segment.list(of: UnsafeRawBufferPointer(bytes)) }
      }
      let frequency = zip(index.parts, lists).reduce(0) { sum, pair in
        sum + (pair.1.map { pair.0.frequency($0) } ?? 0)
      }
      guard frequency > 0 else { continue }
      terms.append(
        Term(lists: lists, weight: scale.weight(BM25.inverseFrequency(frequency, of: index.count))))
    }
  }

  /// Runs `body` with a cursor for each term that occurs in a part.
  func withCursors<Result>(
    _ number: Int, of index: LexicalIndex, _ body: (UnsafeMutableBufferPointer<PostingCursor>) -> Result
  ) -> Result {
    let segment = index.parts[number].segment
    let found = terms.compactMap { term in term.lists[number].map { (list: $0, weight: term.weight) } }
    let sizes = found.map { PostingCursor.memory(blocks: max(1, $0.list.blocks)) }
    return withExtendedLifetime(segment) {
      withUnsafeTemporaryAllocation(byteCount: sizes.reduce(16, +), alignment: 16) { memory in
        withUnsafeTemporaryAllocation(of: PostingCursor.self, capacity: found.count) { cursors in
          guard var free = memory.baseAddress else {
            preconditionFailure("16 bytes and more have an address")
          }
          for (place, item) in found.enumerated() {
            cursors.initializeElement(
              at: place,
              to: PostingCursor(
                item.list, in: segment, weight: item.weight, scale: scale, memory: free))
            free += sizes[place]
          }
          return body(cursors)
        }
      }
    }
  }
}
