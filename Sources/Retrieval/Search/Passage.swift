/// A chunk, or several neighbouring ones as one text, that a search found; best first in its list.
public struct Passage: Sendable, Hashable {
  /// Row of the chunk in its corpus; of the best one, where several were merged.
  public var chunk: Int
  /// Row of the document in its corpus.
  public var documentID: Int
  /// Short name of the document.
  public var document: String
  /// Identity of the document: absolute path or URL.
  public var source: String
  public var collection: String
  public var title: String?
  public var headingPath: [String]
  /// Page from 1, where the original has pages.
  public var page: Int?
  /// Fragment that links into the original, without `#`.
  public var anchor: String?
  /// Where the passage stands on the web; nil where the document is nowhere there.
  public var url: String?
  /// First code point in the document's stored text.
  public var start: Int
  /// Code point after the last.
  public var end: Int
  public var text: String
  /// Position of the chunk in its document, from 0.
  public var ordinal: Int
  /// What the list is ordered by, higher is better: cosine (dense), BM25 (lexical), or a fused score of 0 to 1,
  /// which a reranker replaces by its own.
  public var score: Double
  /// Cosine of question and passage, -1 to 1; nil if the question was not embedded.
  public var denseScore: Double?
  /// BM25, above 0, with what phrases add; nil if the passage holds no word of the question or none was looked for.
  public var lexicalScore: Double?
  /// The reranker's score, 0 to 1; nil if there was none or no time for it.
  public var rerankScore: Double?
  /// How many neighbouring chunks were merged; nil for a single one.
  public var chunks: Int?
  /// First row of the table that the text begins within; nil where it begins with no table, or with all of one.
  public var tableHead: String?
  /// Other documents that say the same in almost the same words and were left out for it; nil for none.
  public var duplicates: [Duplicate]?

  /// Where a text that was left out stands.
  public struct Duplicate: Sendable, Hashable, Codable {
    /// Short name of the document.
    public var document: String
    public var source: String
    /// First code point in the document's stored text.
    public var start: Int
    /// Code point after the last.
    public var end: Int
  }
}

extension Passage: Codable {
  enum CodingKeys: String, CodingKey {
    case document, source, collection, title, page, anchor, url, start, end, text, score
    case headingPath = "heading_path"
    case denseScore = "dense_score"
    case lexicalScore = "lexical_score"
    case chunk = "chunk_id"
    case documentID = "document_id"
    case rerankScore = "rerank_score"
    case ordinal, chunks, duplicates
  }
}
