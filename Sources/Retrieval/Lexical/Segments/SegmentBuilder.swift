/// Gathers chunks into a new segment.
struct SegmentBuilder {
  private let tokenizer: LexicalTokenizer
  private let options: LexicalOptions
  private var vocabulary = Vocabulary()
  private var rows: [Int] = []
  private var documents: [Int] = []
  private var lengths: [UInt16] = []
  /// Terms of the chunks, chunk by chunk.
  private var postings: [(term: UInt32, chunk: UInt32, frequency: UInt16)] = []
  /// Frequencies of the terms of the chunk being added.
  private var frequencies: [UInt32] = []
  private var touched: [Int] = []

  init(_ options: LexicalOptions) {
    self.options = options
    tokenizer = LexicalTokenizer(stemming: options.stemming)
  }

  /// Chunks added so far.
  var count: Int { rows.count }

  /// Adds a chunk; rows must rise.
  mutating func add(row: Int, document: Int, header: String, text: String) {
    precondition(rows.last.map { $0 < row } ?? true, "chunks are added in the order of their rows")
    var length = 0
    if options.headerWeight > 0 { length += count(header, weight: options.headerWeight) }
    length += count(text, weight: 1)
    let chunk = UInt32(rows.count)
    rows.append(row)
    documents.append(document)
    lengths.append(UInt16(clamping: length))
    for term in touched {
      postings.append((UInt32(term), chunk, UInt16(clamping: frequencies[term])))
      frequencies[term] = 0
    }
    touched.removeAll(keepingCapacity: true)
  }

  /// Counts the terms of `text` and gives its length.
  private mutating func count(_ text: String, weight: Int) -> Int {
    var length = 0
    tokenizer.forEachTerm(in: text) { bytes, kind in
      let term = vocabulary.number(of: UnsafeRawBufferPointer(bytes))
      if term == frequencies.count { frequencies.append(0) }
      if frequencies[term] == 0 { touched.append(term) }
      frequencies[term] += UInt32(weight)
      if kind.isInSequence { length += weight }
    }
    return length
  }

  consuming func finish() -> EncodedSegment {
    var writer = SegmentWriter(rows: rows, documents: documents, lengths: lengths)
    // A counting sort by term keeps the chunks of each in their order.
    var ends = [Int](repeating: 0, count: vocabulary.count)
    for posting in postings { ends[Int(posting.term)] += 1 }
    var total = 0
    for term in ends.indices {
      total += ends[term]
      ends[term] = total - ends[term]
    }
    var chunks = [UInt32](repeating: 0, count: postings.count)
    var counts = [UInt16](repeating: 0, count: postings.count)
    for posting in postings {
      let place = ends[Int(posting.term)]
      chunks[place] = posting.chunk
      counts[place] = posting.frequency
      ends[Int(posting.term)] += 1
    }
    chunks.withUnsafeBufferPointer { chunks in
      counts.withUnsafeBufferPointer { counts in
        vocabulary.forEachInOrder { number, term in
          let range = (number == 0 ? 0 : ends[number - 1])..<ends[number]
          writer.add(
            term, UnsafeBufferPointer(rebasing: chunks[range]), UnsafeBufferPointer(rebasing: counts[range]))
        }
      }
    }
    return writer.finish()
  }
}
