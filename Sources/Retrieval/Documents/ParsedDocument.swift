/// A document as it is stored and cited: readable plain text, and where its parts lie in that text.
public struct ParsedDocument: Sendable, Equatable {
  /// The document's own title (front matter, `<title>`, first heading), or nil if it has none.
  public var title: String?
  /// The stored text. Citations are ranges of it. Valid Unicode, `\n` line ends, no NUL.
  public var text: String
  /// The text's structure in reading order: ranges rise and do not overlap; what lies between two blocks
  /// is white space.
  public var blocks: [Block]
  /// What was repaired or left out while parsing, for the person who ingests: "read as Latin-1".
  public var notes: [String]
  /// Those of the notes that say what text could not be had: "2 of 10 pages have no text".
  public var missing: [String]

  public init(
    title: String? = nil, text: String, blocks: [Block], notes: [String] = [], missing: [String] = []
  ) {
    self.title = title
    self.text = text
    self.blocks = blocks
    self.notes = notes
    self.missing = missing
  }
}

/// A piece of a document that is kept together where it fits.
public struct Block: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// A heading of level 1 (the highest) to 6. Its range holds the heading's words, without markers.
    case heading(level: Int)
    case paragraph
    /// One item of a list with its marker, without nested items (these are blocks of their own).
    case listItem
    case quote
    /// A whole table, a row a line, cells separated by ` | `, its header row first.
    case table
    /// A block of code, verbatim, without its fence; within a text each line stands behind a tab (`CodeMargin`).
    case code
  }

  public var kind: Kind
  /// UTF-8 offsets into `ParsedDocument.text`, on character boundaries, never empty.
  public var range: Range<Int>
  /// Page of the original, from 1, where it has pages.
  public var page: Int?
  /// Fragment that links to this block in the original (an `id`, a heading's slug), without `#`.
  public var anchor: String?

  public init(kind: Kind, range: Range<Int>, page: Int? = nil, anchor: String? = nil) {
    self.kind = kind
    self.range = range
    self.page = page
    self.anchor = anchor
  }
}
