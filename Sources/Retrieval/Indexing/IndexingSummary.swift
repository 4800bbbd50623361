/// What one run of the indexer did.
public struct IndexingSummary: Sendable, Equatable, Codable {
  public struct Documents: Sendable, Equatable, Codable {
    public var added = 0
    public var changed = 0
    public var unchanged = 0
    public var removed = 0
    public var failed = 0

    public var isEmpty: Bool { self == Documents() }
  }

  /// A document that could not be taken in.
  public struct Failure: Sendable, Equatable, Codable {
    public var source: String
    public var error: String
  }

  /// A document of which text is missing.
  public struct Incomplete: Sendable, Equatable, Codable {
    public var source: String
    public var name: String
    /// What could not be had: "2 of 10 pages have no text".
    public var missing: [String]
  }

  public var documents = Documents()
  /// Chunks of the documents added and changed.
  public var chunks = 0
  /// Texts that the model embedded.
  public var embedded = 0
  /// Chunks whose vector was known already.
  public var cached = 0
  /// Tokens of the embedded texts in the model's own counting.
  public var tokens = 0
  /// What describing chunks has done; nil where nobody did.
  public var descriptions: DescriptionSummary?
  /// Wall time.
  public var seconds = 0.0
  public var failures: [Failure] = []
  /// Documents that were read in this run and of which text is missing; nil if none.
  public var incomplete: [Incomplete]?
  /// How many files of the folders are in formats that are not read, by their extension; nil if none.
  public var skipped: [String: Int]?
  /// How many files of the folders a website's generator made beside its pages, or a tool packed; nil if none.
  public var generated: Int?
  /// How many pages only lead to another and were passed over; nil if none.
  public var redirects: Int?
  /// Stopped before the end: what is counted was committed, the same command goes on from there.
  public var interrupted = false

  public init() {}

  /// Adds what another run or part of one did.
  public mutating func add(_ part: IndexingSummary) {
    documents.added += part.documents.added
    documents.changed += part.documents.changed
    documents.unchanged += part.documents.unchanged
    documents.removed += part.documents.removed
    documents.failed += part.documents.failed
    chunks += part.chunks
    embedded += part.embedded
    cached += part.cached
    tokens += part.tokens
    // A describer counts over all parts.
    descriptions = part.descriptions ?? descriptions
    seconds += part.seconds
    failures += part.failures
    if let documents = part.incomplete { incomplete = (incomplete ?? []) + documents }
    if let pages = part.redirects { redirects = (redirects ?? 0) + pages }
    interrupted = interrupted || part.interrupted
  }
}
