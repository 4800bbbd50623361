import Models

/// Finds the passages of one corpus that fit a question.
public protocol PassageIndex: Sendable {
  /// The candidates of every leg that `query.mode` takes: of one leg best first, of two in no particular order.
  ///
  /// - Parameters:
  ///   - depth: candidates that each leg gives.
  ///   - vector: the question's vector, which may still be on its way; not asked for by a lexical search.
  func candidates(
    for query: SearchQuery, depth: Int, vector: @escaping @Sendable () async throws -> ArraySlice<Float>
  ) async throws -> PassageCandidates

  /// Loads what the first search would otherwise wait for.
  func prepare() async throws

  /// What opens the page or the section that a passage stands in, without scores; nil where it has been removed or
  /// replaced meanwhile.
  ///
  /// - Parameter headings: the first ones of the passage's own heading path, down to the section's; none for the page.
  func opening(of passage: Passage, below headings: ArraySlice<String>) async throws -> Passage?

  /// A passage together with the chunk before or behind it, with the text between the two, and its own scores; nil where
  /// there is no such chunk, or where it has been removed or replaced meanwhile.
  ///
  /// - Parameter ordinal: position of the chunk in the passage's document.
  func joined(_ passage: Passage, to ordinal: Int) async throws -> Passage?

  /// The inverse document frequency of each of a question's `terms`, 0 for one that no chunk holds.
  func inverseDocumentFrequencies(of terms: [String]) async throws -> [Double]

  /// A question with words of the corpus in place of those that look mistyped; nil where there are none, or where the
  /// index cannot look at its words.
  ///
  /// - Parameter knows: whether a word is known to be written so.
  func corrected(_ question: String, knows: @escaping @Sendable (String) -> Bool) async throws -> String?
}

extension PassageIndex {
  public func prepare() async throws {}
}

/// What the legs of a search found.
public struct PassageCandidates: Sendable {
  /// A chunk with what the legs gave it.
  public struct Candidate: Sendable, Equatable {
    /// Row of the chunk in its corpus.
    public var chunk: Int
    /// Cosine of question and chunk; nil in a lexical search.
    public var dense: Double?
    /// BM25 with what phrases add; nil for a chunk that holds none of the words, and in a dense search.
    public var lexical: Double?
    /// Whether it is one of few chunks that hold every word of the question, where the index can tell.
    public var holdsAllWords = false
  }

  /// Each with all the scores that it has, whichever leg found it.
  public var scores: [Candidate]
  /// What the corpus says of the question in a search by words and meaning; nil where that is not known.
  public var statistics: QuestionStatistics?
  /// Reads the passages of chunks, in their order, without scores. A chunk that has been removed meanwhile is
  /// left out.
  public var passages: @Sendable (_ chunks: [Int]) async throws -> [Passage]
  /// Reads ranges of documents' stored texts, in their order; nil for what would take more than a moment, and of a
  /// document that has been replaced or removed meanwhile.
  public var texts: @Sendable (_ places: [TextPlace]) async throws -> [String?] = { $0.map { _ in nil } }
}

/// A range of code points of one document's stored text.
public struct TextPlace: Sendable, Hashable {
  public var document: Int
  public var range: Range<Int>
}

/// What a corpus says of a question before any passage is looked at.
public struct QuestionStatistics: Sendable, Hashable {
  /// Passages that the filter lets through; of a corpus on Qdrant all.
  public var passages: Int
  /// BM25 that no passage exceeds without phrases: that of one which holds all of the words very often.
  public var attainableLexicalScore: Double
  /// Part of the words, weighted by their rarity, that no passage holds, 0 to 1.
  public var unknownWords: Double
  /// Mean cosine of a passage of the corpus and the one that lies nearest to it.
  public var neighbourCosine: Double
  /// Standard deviation of the cosine of two passages of the corpus.
  public var cosineSpread: Double
  /// What these cosines mean.
  public var cosineScale = CosineScale()
  /// Part of `neighbourCosine` that is taken from other corpora and models, 0 to 1: more in small corpora.
  public var usualShare: Double

  /// `neighbourCosine` as a model with the usual range of cosines would give it.
  public var stretchedNeighbourCosine: Double {
    // What is not of this model is in the usual range already.
    let prior = usualShare * CosineSample.prior
    let own = neighbourCosine - prior
    return (own - (1 - usualShare) * cosineScale.unrelated) / (1 - cosineScale.unrelated) + prior
  }

  public init(
    passages: Int, attainableLexicalScore: Double, unknownWords: Double, neighbourCosine: Double,
    cosineSpread: Double, usualShare: Double = 0
  ) {
    self.passages = passages
    self.attainableLexicalScore = attainableLexicalScore
    self.unknownWords = unknownWords
    self.neighbourCosine = neighbourCosine
    self.cosineSpread = cosineSpread
    self.usualShare = usualShare
  }
}
