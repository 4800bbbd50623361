/// Writes a segment, term by term in order of their bytes.
struct SegmentWriter {
  private let rows: [Int]
  private let documents: [Int]
  let lengths: [UInt16]
  private var groups: [UInt32] = []
  private var dictionary: [UInt8] = []
  private var postings: [UInt8] = []
  private var terms = 0
  private var last: [UInt8] = []

  /// - Parameters:
  ///   - rows: the chunks' rows, rising.
  ///   - documents: the row of each chunk's document.
  init(rows: [Int], documents: [Int], lengths: [UInt16]) {
    self.rows = rows
    self.documents = documents
    self.lengths = lengths
  }

  /// Adds a term that some chunks hold, given by their places in `rows`, rising, with their frequencies.
  mutating func add(
    _ term: UnsafeRawBufferPointer, _ chunks: UnsafeBufferPointer<UInt32>,
    _ frequencies: UnsafeBufferPointer<UInt16>
  ) {
    let start = postings.count
    PostingFormat.append(chunks, frequencies, lengths: lengths, to: &postings)
    var shared = 0
    if terms % SegmentFormat.group == 0 {
      groups.append(UInt32(dictionary.count))
      dictionary.appendVariable(start)
    } else {
      let most = min(last.count, term.count)
      while shared < most, last[shared] == term[shared] { shared += 1 }
    }
    dictionary.appendVariable(shared)
    dictionary.appendVariable(term.count - shared)
    dictionary.append(contentsOf: UnsafeRawBufferPointer(rebasing: term[shared...]))
    dictionary.appendVariable(chunks.count)
    dictionary.appendVariable(postings.count - start)
    last.removeAll(keepingCapacity: true)
    last.append(contentsOf: term)
    terms += 1
  }

  consuming func finish() -> EncodedSegment {
    var format = SegmentFormat()
    format.chunks = rows.count
    format.terms = terms
    format.length = lengths.reduce(0) { $0 + Int($1) }
    format.dictionarySize = dictionary.count
    format.postingsSize = postings.count
    var runs: [UInt8] = []
    for (index, document) in documents.enumerated() where index == 0 || documents[index - 1] != document {
      runs.appendFixed(Int64(document))
      runs.appendFixed(UInt32(index))
      format.runs += 1
    }
    var directory = format.head
    directory.reserveCapacity(format.directoryEnd)
    for row in rows { directory.appendFixed(Int64(row)) }
    for length in lengths { directory.appendFixed(length) }
    directory += runs
    var index: [UInt8] = []
    for group in groups { index.appendFixed(group) }
    return EncodedSegment(
      format: format, first: rows.first ?? 0, last: rows.last ?? 0,
      sections: [directory, index, dictionary, postings])
  }
}

/// A segment as bytes, before it is stored.
struct EncodedSegment {
  var format: SegmentFormat
  /// First and last row of its chunks.
  var first: Int
  var last: Int
  /// What the segment consists of, one after the other. The first says which chunks it holds.
  var sections: [[UInt8]]

  /// The segment in memory.
  func loaded(id: Int) -> LexicalSegment? {
    LexicalSegment(id: id, size: format.size) { target in
      var offset = 0
      for section in sections {
        section.withUnsafeBytes {
          UnsafeMutableRawBufferPointer(rebasing: target[offset...]).copyMemory(from: $0)
        }
        offset += section.count
      }
      return offset
    }
  }

  /// Visits the segment in pieces of at most `size` bytes; the first section is a piece of its own.
  func forEachPiece(size: Int, _ body: ([UInt8]) throws -> Void) rethrows {
    guard let directory = sections.first else { return }
    try body(directory)
    var piece: [UInt8] = []
    for section in sections.dropFirst() {
      var rest = section[...]
      while !rest.isEmpty {
        let count = min(rest.count, size - piece.count)
        piece += rest.prefix(count)
        rest = rest.dropFirst(count)
        if piece.count == size {
          try body(piece)
          piece.removeAll(keepingCapacity: true)
        }
      }
    }
    if !piece.isEmpty { try body(piece) }
  }
}
