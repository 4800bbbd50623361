import Qdrant

/// Texts as sparse vectors whose products are BM25: a chunk's hold the part of the score that depends on term and chunk,
/// a question's hold ones, and Qdrant multiplies with the inverse document frequency (`modifier: idf`), whose formula
/// is the one of `BM25`.
///
/// Dimensions are hashes of terms. Of a million terms some hundred share theirs with another.
struct SparseText: Sendable {
  private let options: LexicalOptions
  private let tokenizer: LexicalTokenizer
  private let function = BM25()

  init(_ options: LexicalOptions = LexicalOptions()) {
    self.options = options
    tokenizer = LexicalTokenizer(stemming: options.stemming)
  }

  /// How often each term occurs in a chunk, and the chunk's length in words.
  struct Counts: Sendable {
    var frequencies: [UInt32: Int] = [:]
    var length = 0
  }

  func counts(header: String, text: String) -> Counts {
    var counts = Counts()
    func add(_ text: String, weight: Int) {
      tokenizer.forEachTerm(in: text) { bytes, kind in
        counts.frequencies[Self.dimension(bytes), default: 0] += weight
        if kind.isInSequence { counts.length += weight }
      }
    }
    if options.headerWeight > 0 { add(header, weight: options.headerWeight) }
    add(text, weight: 1)
    return counts
  }

  /// - Parameter averageLength: that of the corpus's chunks, in words.
  /// - Returns: nil for a chunk without a word.
  func vector(_ counts: Counts, averageLength: Double) -> SparseVector? {
    guard !counts.frequencies.isEmpty else { return nil }
    let scale = function.scale(averageLength: max(1, averageLength))
    let length = Float(UInt16(clamping: counts.length))
    let entries = counts.frequencies.sorted { $0.key < $1.key }
    return SparseVector(
      indices: entries.map(\.key),
      values: entries.map { entry in
        scale.score(
          weight: scale.saturation, frequency: Float(UInt16(clamping: entry.value)), length: length)
      })
  }

  /// Terms of a question; nil if there are none.
  func vector(terms: [String]) -> SparseVector? {
    let dimensions = Set(terms.map(Self.dimension)).sorted()
    guard !dimensions.isEmpty else { return nil }
    return SparseVector(indices: dimensions, values: Array(repeating: 1, count: dimensions.count))
  }

  static func dimension(_ term: String) -> UInt32 {
    var term = term
    return term.withUTF8 { dimension($0) }
  }

  /// FNV-1a of 64 bits, folded to 32 as its authors advise. Part of what is stored: never to be changed.
  private static func dimension(_ term: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = term.reduce(UInt64(0xcbf2_9ce4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    return UInt32(truncatingIfNeeded: hash >> 32 ^ hash)
  }
}
