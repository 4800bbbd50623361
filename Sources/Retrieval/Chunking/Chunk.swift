/// A piece of a document that is embedded, indexed and cited as one.
public struct Chunk: Sendable, Equatable {
  /// Position in the document, from 0.
  public var ordinal: Int
  /// Where the chunk lies in the stored text, in Unicode code points: `text[range]` is `text`. This is what
  /// Python's `text[start:end]` and SQLite's `substr(text, start + 1, end - start)` count in.
  public var range: Range<Int>
  public var text: String
  /// Headings above the chunk, outermost first, the document's title left out.
  public var headingPath: [String]
  /// Title, heading path and, for a part of a table, the table's first row: what the text needs in order to be
  /// understood alone. Empty if there is none of them.
  public var header: String
  /// Page on which the chunk starts, from 1.
  public var page: Int?
  /// Fragment of the original that links to the chunk or to the section around it, without `#`.
  public var anchor: String?
  /// Tokens of header and text in the embedding model's own counting.
  public var tokens: Int

  /// What is embedded and indexed.
  public var embeddedText: String { Self.embeddedText(header: header, text: text) }

  /// The first row of the table that a text begins within, as its header has it; nil where it does not.
  static func tableHead(in header: String, title: String?, headingPath: [String]) -> String? {
    let hasHeading = !(title ?? "").isEmpty || !headingPath.isEmpty
    return header.split(separator: "\n").dropFirst(hasHeading ? 1 : 0).first { $0.contains(" | ") }
      .map(String.init)
  }

  static func embeddedText(header: String, text: String) -> String {
    header.isEmpty ? text : header + "\n" + text
  }
}
