import Retrieval

/// Where a sentence of an answer can be checked.
public struct Citation: Sendable, Codable, Equatable {
  /// Number in the answer, from 1.
  public var number: Int
  /// Short name of the document.
  public var document: String
  /// Identity of the document: absolute path or URL.
  public var source: String
  public var title: String?
  public var headingPath: [String]
  /// Page from 1, where the original has pages.
  public var page: Int?
  /// Fragment that links into the original, without `#`.
  public var anchor: String?
  /// Where the cited place is on the web; nil where the document is nowhere there.
  public var url: String?
  /// First code point of the quotation in the document's stored text.
  public var start: Int
  /// Code point after the last.
  public var end: Int
  /// The stored text from `start` to `end`, exactly.
  public var quote: String

  enum CodingKeys: String, CodingKey {
    case number, document, source, title, page, anchor, url, start, end, quote
    case headingPath = "heading_path"
  }

  /// A citation of the code points `range` of `passage`, counted from its start.
  init(number: Int, passage: Passage, range: Range<Int>, quote: String) {
    self.number = number
    document = passage.document
    source = passage.source
    title = passage.title
    headingPath = passage.headingPath
    page = passage.page
    anchor = passage.anchor
    url = passage.url
    start = passage.start + range.lowerBound
    end = passage.start + range.upperBound
    self.quote = quote
  }
}
