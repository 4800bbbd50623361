import SQLite

/// A part of a document's stored text.
public struct Excerpt: Sendable, Equatable, Codable {
  /// Short name of the document.
  public var document: String
  public var text: String
  /// First code point of `text` in the stored text.
  public var start: Int
  /// Code point after the last.
  public var end: Int
  /// Code points of the whole stored text.
  public var length: Int
}

extension Corpus {
  /// The code points `range` of a document's stored text, as far as there are so many; nil without such a document.
  ///
  /// - Parameter source: its source or its short name.
  public func excerpt(of source: String, _ range: Range<Int>) throws -> Excerpt? {
    let start = max(0, range.lowerBound)
    return try reported {
      try connection.first(
        """
        SELECT name, substr(text, ?2 + 1, ?3), length(text) FROM documents
        WHERE source = ?1 OR name = ?1 ORDER BY source = ?1 DESC LIMIT 1
        """, .text(source), Value(start), Value(max(0, range.upperBound - start))
      ) { row in
        let text = row.text(1)
        return Excerpt(
          document: row.text(0), text: text, start: min(start, row.integer(2)),
          end: min(start, row.integer(2)) + text.unicodeScalars.count, length: row.integer(2))
      }
    }
  }
}
