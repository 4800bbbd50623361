/// The parts of a stored segment, in their order: head, rows of the chunks (Int64, rising), lengths (UInt16), runs
/// of chunks of one document (row of the document Int64, first chunk UInt32), starts of the dictionary's groups
/// (UInt32), dictionary, posting lists.
///
/// The dictionary holds the terms in order of their bytes in groups of 16. A group starts with the place of its
/// first list; each term is the number of bytes shared with the term before, the other bytes with their number
/// before them, the number of chunks that hold the term, and the size of its list.
struct SegmentFormat {
  static let magic: UInt32 = 0x3158_454C  // "LEX1"
  static let headSize = 64
  static let group = 16
  static let runSize = 12
  /// Bytes of the pieces that a segment is stored in.
  static let piece = 1 << 20

  var chunks = 0
  var runs = 0
  var terms = 0
  /// Sum of the chunks' lengths.
  var length = 0
  var dictionarySize = 0
  var postingsSize = 0

  var rows: Int { Self.headSize }
  var lengths: Int { rows + 8 * chunks }
  var runTable: Int { lengths + 2 * chunks }
  /// End of what says which chunks the segment holds.
  var directoryEnd: Int { runTable + Self.runSize * runs }
  var groups: Int { directoryEnd }
  var groupCount: Int { (terms + Self.group - 1) / Self.group }
  var dictionary: Int { groups + 4 * groupCount }
  var postings: Int { dictionary + dictionarySize }
  var size: Int { postings + postingsSize }

  var head: [UInt8] {
    var bytes: [UInt8] = []
    bytes.appendFixed(Self.magic)
    bytes.appendFixed(UInt32(LexicalOptions.revision))
    for number in [chunks, runs, terms, length, dictionarySize, postingsSize] {
      bytes.appendFixed(Int64(number))
    }
    bytes.append(contentsOf: repeatElement(0, count: Self.headSize - bytes.count))
    return bytes
  }

  init() {}

  /// Nil if `head` is no head of a segment.
  init?(head: UnsafeRawBufferPointer) {
    guard head.count >= Self.headSize, head.loadUnaligned(as: UInt32.self) == Self.magic else { return nil }
    func number(_ index: Int) -> Int? {
      let value = head.loadUnaligned(fromByteOffset: 8 + 8 * index, as: Int64.self)
      return value >= 0 && value < 1 << 40 ? Int(value) : nil
    }
    guard let chunks = number(0), let runs = number(1), let terms = number(2), let length = number(3),
      let dictionarySize = number(4), let postingsSize = number(5), chunks <= PostingFormat.mostChunks,
      runs <= chunks
    else { return nil }
    self.chunks = chunks
    self.runs = runs
    self.terms = terms
    self.length = length
    self.dictionarySize = dictionarySize
    self.postingsSize = postingsSize
  }

  /// The places of those of `rows`, rising, that a segment holds. `directory` is its first piece.
  static func places(of rows: [Int], in directory: UnsafeRawBufferPointer, chunks: Int) -> [Int] {
    guard chunks >= 0, directory.count >= headSize + 8 * chunks else { return [] }
    var places: [Int] = []
    var low = 0
    for row in rows {
      var high = chunks
      while low < high {
        let middle = (low + high) / 2
        let found = Int(directory.loadUnaligned(fromByteOffset: headSize + 8 * middle, as: Int64.self))
        if found < row { low = middle + 1 } else { high = middle }
      }
      guard low < chunks else { break }
      if Int(directory.loadUnaligned(fromByteOffset: headSize + 8 * low, as: Int64.self)) == row {
        places.append(low)
      }
    }
    return places
  }
}
