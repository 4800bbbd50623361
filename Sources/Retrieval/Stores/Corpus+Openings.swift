import SQLite

/// How a chunk begins: what a reader sees of it at a glance.
public struct ChunkOpening: Sendable, Equatable {
  /// Short name of the document.
  public var document: String
  public var title: String?
  public var headingPath: [String]
  /// At most 300 characters.
  public var text: String

  public init(document: String, title: String?, headingPath: [String], text: String) {
    self.document = document
    self.title = title
    self.headingPath = headingPath
    self.text = text
  }
}

extension Corpus {
  /// Openings of `count` chunks spread evenly over the corpus, at a cost that does not grow with it.
  public func openings(_ count: Int) throws -> [ChunkOpening] {
    try read {
      let last = try connection.first("SELECT max(id) FROM chunks") { $0.optionalInteger(0) } ?? nil
      guard let last, count > 0 else { return [] }
      var seen: Set<Int> = []
      var openings: [ChunkOpening] = []
      for index in 0..<count {
        try connection.forEach(
          """
          SELECT chunks.id, name, title, heading_path, substr(chunks.text, 1, 300)
          FROM chunks JOIN documents ON documents.id = document_id WHERE chunks.id >= ? ORDER BY chunks.id LIMIT 1
          """, [Value(1 + index * last / count)]
        ) { row in
          guard seen.insert(row.integer(0)).inserted else { return }
          openings.append(
            ChunkOpening(
              document: row.text(1), title: row.optionalText(2),
              headingPath: HeadingPath.decoded(row.text(3)),
              text: row.text(4)))
        }
      }
      return openings
    }
  }
}
