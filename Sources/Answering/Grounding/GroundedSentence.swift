/// A sentence of a written answer and how far the sources support it.
public struct GroundedSentence: Sendable, Hashable, Codable {
  /// First code point of the sentence in the answer.
  public var start: Int
  /// Code point after its last, the marks of its citations included.
  public var end: Int
  /// Probability that the sources say this, 0 to 1; nil for a sentence that says nothing to be looked up, or that could not
  /// be checked.
  public var support: Double?
  /// Whether it may stand unmarked: nothing speaks against it.
  public var isSupported: Bool
  /// Whether only its numbers and names were looked up, because the sources are in another language and the embedding
  /// model tells nothing across languages.
  public var isUnchecked: Bool
  /// Numbers of its citations, those that were added to it included.
  public var citations: [Int]
  /// What the sentence gives as a quotation and no source holds.
  public var misquoted: [String]

  enum CodingKeys: String, CodingKey {
    case start, end, support, citations, misquoted
    case isSupported = "supported"
    case isUnchecked = "unchecked"
  }

  public init(
    start: Int, end: Int, support: Double?, isSupported: Bool, isUnchecked: Bool = false,
    citations: [Int] = [],
    misquoted: [String] = []
  ) {
    self.start = start
    self.end = end
    self.support = support
    self.isSupported = isSupported
    self.isUnchecked = isUnchecked
    self.citations = citations
    self.misquoted = misquoted
  }

  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    start = try values.decode(Int.self, forKey: .start)
    end = try values.decode(Int.self, forKey: .end)
    support = try values.decodeIfPresent(Double.self, forKey: .support)
    isSupported = try values.decode(Bool.self, forKey: .isSupported)
    isUnchecked = try values.decodeIfPresent(Bool.self, forKey: .isUnchecked) ?? false
    citations = try values.decodeIfPresent([Int].self, forKey: .citations) ?? []
    misquoted = try values.decodeIfPresent([String].self, forKey: .misquoted) ?? []
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(start, forKey: .start)
    try values.encode(end, forKey: .end)
    try values.encode(support, forKey: .support)
    try values.encode(isSupported, forKey: .isSupported)
    if isUnchecked { try values.encode(isUnchecked, forKey: .isUnchecked) }
    try values.encode(citations, forKey: .citations)
    if !misquoted.isEmpty { try values.encode(misquoted, forKey: .misquoted) }
  }
}
